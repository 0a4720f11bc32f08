"""Read what waits for a second marker or a moderator; the first mark is in no row of the second's.

Everything starts at `lms.grading.queries.answers`: an instructor meets what their organisations
deliver, never their own, and nothing that is released.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment.models import Attempt, AttemptItem, Submission
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db
from lms.errors import NotFound
from lms.grading.models import Comparison, Mark, SecondMark, SecondTurn
from lms.grading.moderation.standing import is_apart, is_called
from lms.grading.queries import answers, is_mark, is_signed
from lms.grading.turns.queries import MOST, Pile, piled
from lms.grading.turns.rules import in_order


@dataclass(frozen=True)
class Second:
    """An answer before its second marker, with their own mark so far."""

    item: AttemptItem
    attempt: Attempt
    submission: Submission
    version: ModuleVersion
    question: Question
    own: SecondMark | None


@dataclass(frozen=True)
class Apart:
    """An answer whose two marks differ too far, for whoever moderates."""

    item: AttemptItem
    attempt: Attempt
    submission: Submission
    version: ModuleVersion
    question: Question
    first: Mark
    second: SecondMark


def _marked_by(by: Actor, table: type[Mark] | type[SecondMark]) -> ColumnElement[bool]:
    own = aliased(table)
    return exists().where(own.item_id == AttemptItem.id, own.marker_id == by.id)


def _newest_second() -> ColumnElement[bool]:
    newer = aliased(SecondMark)
    return ~exists().where(newer.item_id == SecondMark.item_id, newer.number > SecondMark.number)


def _seconds(by: Actor, now: datetime) -> Select[*tuple[Any, ...]]:
    """Select what `by` may mark as the second: signed by another, and before nobody else."""
    elsewhere = exists().where(
        SecondTurn.item_id == AttemptItem.id, SecondTurn.marker_id != by.id, SecondTurn.until > now
    )
    own = sa.and_(
        SecondMark.item_id == AttemptItem.id, SecondMark.marker_id == by.id, _newest_second()
    )
    return (
        answers(by)
        .outerjoin(SecondMark, own)
        .where(is_called(), is_mark(), is_signed(), ~_marked_by(by, Mark), ~elsewhere)
    )


def piles(by: Actor, now: datetime) -> list[Pile]:
    """Return what waits for `by` as the second marker, a pile for each question: one query."""
    return piled(_seconds(by, now).where(SecondMark.id.is_(None)))


def free(question_id: str, by: Actor, now: datetime) -> list[str]:
    """Return the answers to a question that wait for `by` as the second, in the order of `by`."""
    statement = (
        _seconds(by, now)
        .where(Question.id == question_id, SecondMark.id.is_(None))
        .with_only_columns(AttemptItem.id)
        .limit(MOST)
    )
    return in_order(by.id, db.session.scalars(statement))


def second(item_id: str, by: Actor, now: datetime) -> Second:
    """Return one answer for its second marker, without its first mark.

    Raises:
        NotFound: it waits for nobody, or not for `by`.
    """
    statement = _seconds(by, now).add_columns(SecondMark).where(AttemptItem.id == item_id)
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return Second(row[0], row[1], row[2], row[3], row[4], row[6])


def is_for(item_id: str, by: Actor, now: datetime) -> bool:
    """Tell whether an answer still waits for `by` as its second marker."""
    statement = _seconds(by, now).where(AttemptItem.id == item_id).order_by(None)
    return db.session.scalar(statement.with_only_columns(AttemptItem.id)) is not None


def unsigned(by: Actor, now: datetime, limit: int = 500) -> list[Second]:
    """Return the answers that `by` marked as the second and has not signed yet."""
    statement = _seconds(by, now).add_columns(SecondMark).where(SecondMark.id.is_not(None))
    rows = db.session.execute(statement.limit(limit))
    return [Second(row[0], row[1], row[2], row[3], row[4], row[6]) for row in rows]


def last_number(item_id: str) -> int:
    """Return the number of an answer's newest second mark, 0 when it has none."""
    statement = select(func.max(SecondMark.number)).where(SecondMark.item_id == item_id)
    return db.session.scalar(statement) or 0


def first_mark(item_id: str) -> Mark:
    """Return the mark that a second one is held against: the newest there is."""
    statement = select(Mark).where(Mark.item_id == item_id).order_by(Mark.number.desc()).limit(1)
    return db.session.scalars(statement).one()


def _apart(by: Actor) -> Select[*tuple[Any, ...]]:
    return (
        answers(by)
        .join(Comparison, Comparison.item_id == AttemptItem.id)
        .join(SecondMark, SecondMark.id == Comparison.second_id)
        .add_columns(SecondMark)
        .where(is_apart(), ~_marked_by(by, Mark), ~_marked_by(by, SecondMark))
    )


def to_moderate(by: Actor, limit: int = 200) -> list[Apart]:
    """Return the answers whose marks differ too far and that `by` marked neither time, oldest
    first."""
    rows = db.session.execute(_apart(by).limit(limit))
    return [Apart(*row) for row in rows]


def apart(item_id: str, by: Actor) -> Apart:
    """Return one answer for its moderator, with both marks.

    Raises:
        NotFound: nothing is to be moderated, or `by` gave one of the marks.
    """
    row = db.session.execute(_apart(by).where(AttemptItem.id == item_id)).first()
    if row is None:
        raise NotFound()
    return Apart(*row)


def either(item_id: str, by: Actor, now: datetime) -> Second | Apart:
    """Return one answer for its second marker, or for its moderator.

    Raises:
        NotFound: `by` is neither.
    """
    try:
        return second(item_id, by, now)
    except NotFound:
        return apart(item_id, by)


def count_waiting(by: Actor, now: datetime) -> int:
    """Return how many answers wait for `by` as the second marker or the moderator."""
    first = _seconds(by, now).order_by(None).with_only_columns(AttemptItem.id)
    other = _apart(by).order_by(None).with_only_columns(AttemptItem.id)
    found = sa.union(first, other).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0
