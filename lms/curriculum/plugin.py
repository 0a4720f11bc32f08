"""How curriculum comes in: modules and lessons, the approval desk, the commands."""

from collections.abc import Iterable, Iterator

import click
from flask import Blueprint, url_for

from lms import clock
from lms.actor import Actor
from lms.curriculum import subjects
from lms.curriculum.commands import curriculum
from lms.curriculum.routes import desk, modules
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the modules' pages and the approval desk."""
    return [modules.blueprint, desk.blueprint]


@impl
def navigation(user: Actor) -> Iterator[Entry]:
    """Give the desk to those who judge versions."""
    if user.has("reviewer", "owner"):
        yield Entry(N_("Content"), url_for("content.desk"), order=40)


@impl
def home(user: Actor) -> Iterator[Card]:
    """Give reviewers and owners what waits for their signature."""
    if user.has("reviewer", "owner"):
        roles = {role.name for role in user.roles}
        stored = subjects.subjects(subjects.versions(), clock.today())
        waiting = [one for one in stored if subjects.waiting_for(roles, user.id, one)]
        yield Card("curriculum/card.html", {"waiting": waiting}, order=6)


@impl
def commands() -> Iterable[click.Command]:
    """Give `curriculum check` and `curriculum sync`."""
    return [curriculum]
