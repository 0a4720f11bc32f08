"""Read the marking queue and marks; an instructor sees what their organisations deliver."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from lms.actor import Actor
from lms.assessment.models import Attempt, AttemptItem, Response, Result, Submission
from lms.assessment.queries import kinds
from lms.assessment.standing import COUNTS
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.db import db
from lms.errors import NotFound
from lms.grading.models import Mark
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by


@dataclass(frozen=True)
class Waiting:
    """An answer in the queue: what to mark, since when, and whether it has a mark already."""

    item: AttemptItem
    attempt: Attempt
    submission: Submission
    version: ModuleVersion
    question: Question
    mark: Mark | None


def _person_kinds() -> list[str]:
    return [kind.name for kind in kinds().values() if kind.marked_by == "person"]


def _newest_mark() -> Any:
    newest = (
        select(Mark.item_id, func.max(Mark.number).label("number"))
        .group_by(Mark.item_id)
        .subquery()
    )
    return newest


def _answers(by: Actor) -> Select[*tuple[Any, ...]]:
    newest = _newest_mark()
    statement = (
        select(AttemptItem, Attempt, Submission, ModuleVersion, Question, Mark)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(Submission, Submission.attempt_id == Attempt.id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Question, Question.id == AttemptItem.question_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .outerjoin(Result, Result.attempt_id == Attempt.id)
        .outerjoin(newest, newest.c.item_id == AttemptItem.id)
        .outerjoin(Mark, (Mark.item_id == AttemptItem.id) & (Mark.number == newest.c.number))
        .where(
            Result.id.is_(None),
            AttemptItem.kind.in_(_person_kinds()),
            Attempt.person_id != by.id,
        )
        .order_by(Submission.submitted_at, AttemptItem.position)
    )
    return seen_by(statement, by.only("instructor"))


def queue(by: Actor, limit: int = 200) -> list[Waiting]:
    """Return answers of submitted, unreleased attempts that `by` may mark, oldest first.

    Nobody marks their own; coordinators and learners see no queue.
    """
    return [Waiting(*row) for row in db.session.execute(_answers(by).limit(limit))]


def answer(item_id: str, by: Actor) -> Waiting:
    """Return one answer that `by` may mark.

    Raises:
        NotFound: no such answer, or not theirs to mark.
    """
    row = db.session.execute(_answers(by).where(AttemptItem.id == item_id)).first()
    if row is None:
        raise NotFound()
    return Waiting(*row)


def response_of(item_id: str) -> Response | None:
    """Return the response of an item that counts."""
    statement = (
        select(Response)
        .where(Response.item_id == item_id, Response.standing == COUNTS)
        .order_by(Response.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def rubric_of(question_id: str) -> QuestionKey:
    """Return the newest key of a question; it holds the rubric."""
    statement = (
        select(QuestionKey)
        .where(QuestionKey.question_id == question_id)
        .order_by(QuestionKey.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one()


def last_number(item_id: str) -> int:
    """Return the number of an item's newest mark, 0 when it has none."""
    statement = select(func.max(Mark.number)).where(Mark.item_id == item_id)
    return db.session.scalar(statement) or 0


def marks_of(attempt_id: str) -> dict[str, Mark]:
    """Return for each item of an attempt its newest mark."""
    statement = (
        select(Mark)
        .join(AttemptItem, AttemptItem.id == Mark.item_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(Mark.number)
    )
    return {mark.item_id: mark for mark in db.session.scalars(statement)}


def to_release(by: Actor) -> list[tuple[Attempt, Submission, ModuleVersion, int, int]]:
    """Return submitted attempts without a result, with how many answers a person marks of each
    and how many of these have a mark; one query."""
    marked = select(Mark.item_id).distinct().subquery()
    person = AttemptItem.kind.in_(_person_kinds())
    statement = (
        select(
            Attempt,
            Submission,
            ModuleVersion,
            func.count(AttemptItem.id),
            func.count(marked.c.item_id),
        )
        .join(Submission, Submission.attempt_id == Attempt.id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .outerjoin(AttemptItem, (AttemptItem.attempt_id == Attempt.id) & person)
        .outerjoin(marked, marked.c.item_id == AttemptItem.id)
        .outerjoin(Result, Result.attempt_id == Attempt.id)
        .where(Result.id.is_(None), Attempt.person_id != by.id)
        .group_by(Attempt.id, Submission.id, ModuleVersion.id)
        .order_by(Submission.submitted_at)
    )
    rows = db.session.execute(seen_by(statement, by.only("instructor")))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def markable_attempt(attempt_id: str, by: Actor) -> tuple[Attempt, ModuleVersion]:
    """Return a submitted attempt that `by` may release.

    Raises:
        NotFound: no such attempt, or not theirs.
    """
    statement = (
        select(Attempt, ModuleVersion)
        .join(Submission, Submission.attempt_id == Attempt.id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.id == attempt_id, Attempt.person_id != by.id)
    )
    row = db.session.execute(seen_by(statement, by.only("instructor"))).first()
    if row is None:
        raise NotFound()
    return row[0], row[1]
