"""How exams come in: their pages, the evidence they are, cards, what holds a result."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms import clock
from lms.actor import Actor
from lms.assessment.models import Attempt
from lms.curriculum.evidence import EXAM, EvidenceKind
from lms.curriculum.kind import Said
from lms.errors import N_
from lms.examination import queries
from lms.examination.evidence import has_passed, holds, sat
from lms.examination.routes.onpaper import blueprint as onpaper
from lms.examination.routes.sittings import blueprint
from lms.hookspecs import impl
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages of sittings and of what is written on paper in them."""
    return [blueprint, onpaper]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give instructors the sittings."""
    if user.has("instructor"):
        return [Entry(N_("Exams"), url_for("examination.sittings"), order=34)]
    return []


@impl
def evidence_kinds() -> Iterable[EvidenceKind]:
    """Give the programme's exam."""
    return [EvidenceKind(EXAM, has_passed)]


@impl
def release_holds(attempt: Attempt) -> Iterable[Said]:
    """Give that the sitting of an exam is not signed yet."""
    return holds(attempt)


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give a candidate the sitting that waits, and results; an invigilator what is not signed."""
    now = clock.now()
    for sitting, _check, definition in queries.waiting_for(user, now):
        values = {"sitting": sitting, "definition": definition}
        yield Card("examination/cards/waiting.html", values, order=2)
    for one in sat(user):
        if one.attempts[-1][2] is not None:
            yield Card("examination/cards/result.html", {"sat": one}, order=16)
    if user.has("instructor"):
        unsigned = [one for one in queries.sittings(user) if one.report is None]
        if unsigned:
            yield Card("examination/cards/unsigned.html", {"sittings": unsigned}, order=6)
