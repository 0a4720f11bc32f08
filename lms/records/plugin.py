"""How records come in: the audit trail's page, its command, the sequencer."""

from collections.abc import Iterable

import click
from flask import Blueprint, url_for

from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.jobs.rules import Work
from lms.records.commands import records
from lms.records.routes import blueprint
from lms.records.work import SEQUENCE
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the audit trail's page."""
    return [blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give administrators and content owners of the whole hub the audit trail."""
    if user.at_root("administrator", "owner"):
        return [Entry(N_("Audit trail"), url_for("records.trail"), order=90)]
    return []


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give administrators of the whole hub the way to the audit trail."""
    if not user.at_root("administrator"):
        return []
    return [Card("records/card.html", order=80)]


@impl
def commands() -> Iterable[click.Command]:
    """Give `records verify`."""
    return [records]


@impl
def background_work() -> Iterable[Work]:
    """Give the sequencer."""
    return [SEQUENCE]
