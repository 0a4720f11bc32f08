"""How people come in: the first page, the sign-in, their commands, what is purged."""

from collections.abc import Iterable

import click
from flask import Blueprint, url_for

from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.jobs.rules import Work
from lms.people.commands import people
from lms.people.routes import blueprint
from lms.people.work import PURGE
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


@impl
def background_work() -> Iterable[Work]:
    """Give the purge of old tries and sessions."""
    return [PURGE]
