"""Read the marking queue and marks; an instructor sees what their organisations deliver."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment import results
from lms.assessment.models import Attempt, AttemptItem, Result, Score, Submission
from lms.assessment.paper import outcome_of
from lms.assessment.queries import kinds
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.db import db
from lms.errors import NotFound, RuleBroken
from lms.grading.models import Mark
from lms.grading.moderation.standing import is_open
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.records.models import Signature


@dataclass(frozen=True)
class Waiting:
    """An answer in the queue: what to mark, since when, and whether it has a mark already."""

    item: AttemptItem
    attempt: Attempt
    submission: Submission
    version: ModuleVersion
    question: Question
    mark: Mark | None


# The order of the queue; the last part makes it one that pages can go on from.
_OLDEST = (Submission.submitted_at, AttemptItem.position, AttemptItem.id)


def _by_person() -> ColumnElement[bool]:
    """Return the condition that a person marks an answer of a submitted attempt: its kind says
    so, or no machine could score it; and no regrade has decided it for everybody."""
    names = [kind.name for kind in kinds().values() if kind.marked_by != "machine"]
    scored = exists().where(Score.item_id == AttemptItem.id)
    return sa.and_(AttemptItem.kind.in_(names), ~scored)


def answers(by: Actor) -> Select[*tuple[Any, ...]]:
    """Select what `by` may mark of submitted attempts without a result, as `Waiting` has it."""
    statement = (
        select(AttemptItem, Attempt, Submission, ModuleVersion, Question, Mark)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(Submission, Submission.attempt_id == Attempt.id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Question, Question.id == AttemptItem.question_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .outerjoin(Result, results.of_attempt())
        .outerjoin(Mark, (Mark.item_id == AttemptItem.id) & _newest())
        .where(
            Result.id.is_(None),
            _by_person(),
            Attempt.person_id != by.id,
        )
        .order_by(*_OLDEST)
    )
    return seen_by(statement, by.only("instructor"))


def queue(by: Actor, limit: int = 200, after: Waiting | None = None) -> list[Waiting]:
    """Return answers without a mark that `by` may mark, of submitted attempts, oldest first.

    Nobody marks their own; coordinators and learners see no queue.

    Args:
        after: only what stands behind this answer in the queue.
    """
    # What is marked and not yet released must not fill the page before what waits.
    statement = answers(by).where(unmarked()).limit(limit)
    if after is not None:
        statement = statement.where(_behind(after))
    return [Waiting(*row) for row in db.session.execute(statement)]


def unmarked() -> ColumnElement[bool]:
    """Return the condition that an answer has no mark, or that its newest was taken back."""
    return sa.or_(Mark.id.is_(None), ~is_mark())


def is_mark() -> ColumnElement[bool]:
    """Return the condition that a mark gives levels and takes none back."""
    return Mark.levels != {}


def _behind(after: Waiting) -> ColumnElement[bool]:
    when, position = after.submission.submitted_at, after.item.position
    later_in_paper = sa.or_(
        AttemptItem.position > position,
        sa.and_(AttemptItem.position == position, AttemptItem.id > after.item.id),
    )
    return sa.or_(
        Submission.submitted_at > when,
        sa.and_(Submission.submitted_at == when, later_in_paper),
    )


def unsigned(by: Actor, limit: int = 500) -> list[Waiting]:
    """Return the answers that `by` has marked and not signed yet, in the order of the queue."""
    statement = answers(by).where(Mark.marker_id == by.id, is_mark(), ~is_signed()).limit(limit)
    return [Waiting(*row) for row in db.session.execute(statement)]


def count_unsigned(by: Actor) -> int:
    """Return how many marks of `by` wait for their signature."""
    rows = answers(by).where(Mark.marker_id == by.id, is_mark(), ~is_signed()).order_by(None)
    ids = rows.with_only_columns(AttemptItem.id).subquery()
    return db.session.scalar(select(func.count()).select_from(ids)) or 0


def has_unsigned(attempt_id: str) -> bool:
    """Tell whether the newest mark of an answer of this attempt is not signed."""
    statement = (
        select(Mark.id)
        .join(AttemptItem, AttemptItem.id == Mark.item_id)
        .where(AttemptItem.attempt_id == attempt_id, _newest(), ~is_signed())
    )
    return bool(db.session.scalar(select(statement.exists())))


def is_signed() -> ColumnElement[bool]:
    """Return the condition that a mark bears its marker's signature."""
    return exists().where(Signature.subject_id == Mark.id, Signature.meaning == "graded")


def _newest() -> ColumnElement[bool]:
    """Return the condition that no later mark of its answer takes a mark's place."""
    newer = aliased(Mark)
    return ~exists().where(newer.item_id == Mark.item_id, newer.number > Mark.number)


def count_queue(by: Actor) -> int:
    """Return how many answers wait for a mark by `by`."""
    waiting = answers(by).where(unmarked()).order_by(None)
    ids = waiting.with_only_columns(AttemptItem.id).subquery()
    return db.session.scalar(select(func.count()).select_from(ids)) or 0


def answer(item_id: str, by: Actor) -> Waiting:
    """Return one answer that `by` may mark.

    What waits for a second marker shows its first mark to nobody but whoever gave it.

    Raises:
        NotFound: no such answer, or not theirs to mark.
    """
    shown = sa.or_(unmarked(), Mark.marker_id == by.id, ~is_open())
    row = db.session.execute(answers(by).where(AttemptItem.id == item_id, shown)).first()
    if row is None:
        raise NotFound()
    return Waiting(*row)


def rubric_of(question_id: str) -> QuestionKey:
    """Return the newest key of a question; it holds the rubric."""
    statement = (
        select(QuestionKey)
        .where(QuestionKey.question_id == question_id)
        .order_by(QuestionKey.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one()


def rubrics_of(question_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the criteria of the newest key of each question, in the order of the rubric."""
    statement = (
        select(QuestionKey)
        .where(QuestionKey.question_id.in_(question_ids))
        .order_by(QuestionKey.number)
    )
    return {key.question_id: key.key["criteria"] for key in db.session.scalars(statement)}


def last_number(item_id: str) -> int:
    """Return the number of an item's newest mark, 0 when it has none."""
    statement = select(func.max(Mark.number)).where(Mark.item_id == item_id)
    return db.session.scalar(statement) or 0


def marks_of(attempt_id: str) -> dict[str, Mark]:
    """Return for each item of an attempt its newest mark, unless that was taken back."""
    statement = (
        select(Mark)
        .join(AttemptItem, AttemptItem.id == Mark.item_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(Mark.number)
    )
    newest = {mark.item_id: mark for mark in db.session.scalars(statement)}
    return {item_id: mark for item_id, mark in newest.items() if mark.levels}


def _person_items(*marked: Any) -> Any:
    """Return how many answers of an attempt a person marks, of those that meet conditions."""
    return (
        select(func.count(AttemptItem.id))
        .where(AttemptItem.attempt_id == Attempt.id, _by_person(), *marked)
        .correlate(Attempt)
        .scalar_subquery()
    )


def _unreleased(by: Actor) -> tuple[Select[*tuple[Any, ...]], ColumnElement[bool]]:
    """Return the statement of what has no result yet, and the condition that all is marked."""
    needed = _person_items()
    signed = exists().where(Mark.item_id == AttemptItem.id, _newest(), is_signed())
    marked, waits = _person_items(signed), _person_items(is_open())
    statement = (
        select(Attempt, Submission, ModuleVersion, needed, marked, waits)
        .join(Submission, Submission.attempt_id == Attempt.id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .outerjoin(Result, results.of_attempt())
        .where(Result.id.is_(None), Attempt.person_id != by.id)
    )
    return seen_by(statement, by.only("instructor")), (needed == marked) & (waits == 0)


def to_release(
    by: Actor, limit: int = 200
) -> list[tuple[Attempt, Submission, ModuleVersion, int, int, int]]:
    """Return submitted attempts without a result, those first that are marked, then the oldest.

    Each with how many answers a person marks of it, how many of these have a signed mark, and how
    many wait for a second marker or a moderator; one query.
    """
    statement, ready = _unreleased(by)
    statement = statement.order_by(ready.desc(), Submission.submitted_at).limit(limit)
    rows = db.session.execute(statement)
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]


def is_ready(row: tuple[Attempt, Submission, ModuleVersion, int, int, int]) -> bool:
    """Tell of a row of `to_release` whether all is marked and nothing waits any more."""
    return row[3] == row[4] and row[5] == 0


def count_ready(by: Actor) -> int:
    """Return how many attempts are marked and wait for their release by `by`."""
    statement, ready = _unreleased(by)
    ids = statement.where(ready).with_only_columns(Attempt.id).subquery()
    return db.session.scalar(select(func.count()).select_from(ids)) or 0


def outcome_before_release(attempt: Attempt, version: ModuleVersion) -> dict[str, Any] | None:
    """Return what an attempt comes to if it is released now; None while a mark is missing."""
    try:
        return outcome_of(attempt, version, {i: m.levels for i, m in marks_of(attempt.id).items()})
    except RuleBroken:
        return None


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
