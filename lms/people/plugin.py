"""How people come in: their pages and commands."""

from collections.abc import Iterable

import click
from flask import Blueprint, url_for

from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.people.commands import people
from lms.people.routes import blueprint
from lms.web.navigation import Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the first page and the sign-in."""
    return [blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give everybody the way home."""
    return [Entry(N_("Home"), url_for("people.home"), order=0)]


@impl
def commands() -> Iterable[click.Command]:
    """Give `people add`."""
    return [people]
