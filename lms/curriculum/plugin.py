"""How curriculum comes in: catalogue and lessons, the approval desk, the commands."""

from collections.abc import Iterable, Iterator

import click
from flask import Blueprint, url_for

from lms.actor import Actor
from lms.curriculum.commands import curriculum
from lms.curriculum.routes import desk, modules
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the modules' pages and the approval desk."""
    return [modules.blueprint, desk.blueprint]


@impl
def navigation(user: Actor) -> Iterator[Entry]:
    """Give everybody the modules, and the desk to those who judge them."""
    yield Entry(N_("Modules"), url_for("curriculum.catalogue"), order=10)
    if user.has("reviewer", "owner"):
        yield Entry(N_("Content"), url_for("content.desk"), order=40)


@impl
def commands() -> Iterable[click.Command]:
    """Give `curriculum check` and `curriculum sync`."""
    return [curriculum]
