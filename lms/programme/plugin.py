"""How programmes come in: pages, levels and enrolments heard, a sweep for what nobody announced."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, url_for

from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.jobs.rules import Work
from lms.programme.actions import complete_programmes, note_completions
from lms.programme.routes import blueprint
from lms.programme.work import COMPLETE
from lms.web.navigation import Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages of programmes."""
    return [blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give everybody the programmes."""
    return [Entry(N_("Programmes"), url_for("programmes.listing"), order=12)]


@impl
def competency_changed(record: Any) -> None:
    """Append what this level completes, in the same transaction."""
    note_completions(record)


@impl
def enrolment_begun(record: Any) -> None:
    """Append what the levels held before complete, in the same transaction."""
    if record.programme_code:
        complete_programmes(record.person_id)


@impl
def background_work() -> Iterable[Work]:
    """Give the completing of programmes that are met and that nobody noted."""
    return [COMPLETE]
