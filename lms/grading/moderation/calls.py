"""Calls for a second marker when the first marks of an attempt are all signed."""

from collections.abc import Iterable
from fractions import Fraction

from sqlalchemy import func, select

from lms import clock
from lms.actor import Actor
from lms.assessment.models import Attempt, AttemptItem
from lms.assessment.rules import ESSAY
from lms.curriculum.models import ModuleVersion
from lms.db import db, insert_once
from lms.grading import queries
from lms.grading.models import Mark, SecondCall
from lms.grading.moderation.rules.calling import OFF, Written, is_drawn, why_called, written
from lms.grading.moderation.standing import plan
from lms.people.queries import hold_person
from lms.records.actions import record
from lms.records.models import Signature
from lms.settings import setting


def call_second_markers(attempts: Iterable[tuple[Attempt, ModuleVersion]], *, by: Actor) -> None:
    """Say of each answer of these attempts whether a second person marks it, once for all.

    An attempt with a mark or a signature missing is passed over: its turn comes with the last one.
    """
    if plan() == OFF:
        return
    found = {attempt.id: (attempt, version) for attempt, version in attempts}
    for person_id in sorted({attempt.person_id for attempt, _version in found.values()}):
        hold_person(person_id)  # two who sign the last two marks at once must see each other's
    for attempt, version in found.values():
        if queries.has_unsigned(attempt.id):
            continue
        outcome = queries.outcome_before_release(attempt, version)
        if outcome is None:
            continue
        part = written(outcome, Fraction(version.manifest["pass"].get("essay", ESSAY)))
        for item_id in queries.marks_of(attempt.id):
            _call(item_id, part, by)


def _call(item_id: str, part: Written, by: Actor) -> None:
    item = db.session.get_one(AttemptItem, item_id)
    drawn = is_drawn(item_id, _signed_answers(item.question_id), plan(), setting("SECRET_KEY"))
    if why := why_called(part, drawn=drawn):
        call_second_marker(item_id, why, by=by)


def call_second_marker(item_id: str, why: str, *, by: Actor) -> None:
    """Say that an answer needs a second marker; a second time changes nothing."""
    row, created = insert_once(
        SecondCall, ("item_id",), item_id=item_id, why=why, called_at=clock.now()
    )
    if created:
        record("answer.second-marker-called", row, by=by)


def _signed_answers(question_id: str) -> int:
    statement = (
        select(func.count(Mark.item_id.distinct()))
        .join(AttemptItem, AttemptItem.id == Mark.item_id)
        .join(Signature, (Signature.subject_id == Mark.id) & (Signature.meaning == "graded"))
        .where(AttemptItem.question_id == question_id)
    )
    return db.session.scalar(statement) or 0
