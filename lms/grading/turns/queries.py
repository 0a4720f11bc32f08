"""Read what waits by question, and which answers are free for a marker."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment.models import AttemptItem, Submission
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db
from lms.grading.calibration.standing import is_closed
from lms.grading.models import Escalation, Mark, Turn, TurnRelease
from lms.grading.queries import Waiting, answers, unmarked
from lms.grading.turns.rules import in_order

MOST = 5000  # answers to one question that are put in order at once


@dataclass(frozen=True)
class Pile:
    """The answers to one question that wait for a marker: how many, since when the oldest."""

    question: Question
    version: ModuleVersion
    count: int
    oldest: datetime


@dataclass(frozen=True)
class Passed:
    """An answer that another marker passed on, and why."""

    waiting: Waiting
    reason: str


def piles(by: Actor) -> list[Pile]:
    """Return what waits for a mark by `by`, a pile for each question, the oldest first: one query.

    What `by` passed on to others is not theirs any more.
    """
    return piled(answers(by).where(unmarked(), ~_passed_on_by(by)))


def piled(waiting: Select[*tuple[Any, ...]]) -> list[Pile]:
    """Return a statement's answers as a pile for each question, the oldest first: one query."""
    found = (
        waiting.order_by(None)
        .with_only_columns(
            Question.id.label("question"),
            ModuleVersion.id.label("version"),
            Submission.submitted_at.label("at"),
        )
        .subquery()
    )
    statement = (
        select(Question, ModuleVersion, func.count(), func.min(found.c.at))
        .join(found, found.c.question == Question.id)
        .join(ModuleVersion, ModuleVersion.id == found.c.version)
        .group_by(Question.id, ModuleVersion.id)
        .order_by(func.min(found.c.at), Question.id)
    )
    return [Pile(*row) for row in db.session.execute(statement)]


def free(question_id: str, by: Actor, now: datetime) -> list[str]:
    """Return the answers to a question that lie before nobody else, in the order of `by`."""
    if is_closed(question_id, by):
        return []
    elsewhere = exists().where(
        Turn.item_id == AttemptItem.id, Turn.marker_id != by.id, Turn.until > now
    )
    statement = (
        answers(by)
        .where(Question.id == question_id, unmarked(), ~_passed_on_by(by), ~elsewhere)
        .with_only_columns(AttemptItem.id)
        .limit(MOST)
    )
    return in_order(by.id, db.session.scalars(statement))


def turn_of(item_id: str) -> Turn | None:
    """Return how an answer lies, or lay, before a marker."""
    return db.session.scalars(select(Turn).where(Turn.item_id == item_id)).first()


def held(question_id: str, by: Actor, now: datetime) -> list[Turn]:
    """Return what of a question lies before `by`."""
    statement = (
        select(Turn)
        .join(AttemptItem, AttemptItem.id == Turn.item_id)
        .where(AttemptItem.question_id == question_id, Turn.marker_id == by.id, Turn.until > now)
        .order_by(Turn.item_id)
    )
    return list(db.session.scalars(statement))


def is_released(turn: Turn) -> bool:
    """Tell whether a coordinator ended this turn."""
    found = exists().where(
        TurnRelease.item_id == turn.item_id,
        TurnRelease.marker_id == turn.marker_id,
        TurnRelease.released_at >= turn.until,
    )
    return bool(db.session.scalar(select(found)))


def decided_with(mark: Mark) -> list[Mark]:
    """Return the marks that were given in one decision with `mark` and still stand, itself too."""
    if mark.decision is None:
        return [mark]
    newer = aliased(Mark)
    superseded = exists().where(newer.item_id == Mark.item_id, newer.number > Mark.number)
    statement = (
        select(Mark).where(Mark.decision == mark.decision, ~superseded).order_by(Mark.item_id)
    )
    return list(db.session.scalars(statement))


def _passed_on_by(by: Actor) -> ColumnElement[bool]:
    own = aliased(Escalation)
    return exists().where(own.item_id == AttemptItem.id, own.marker_id == by.id)


def passed_on(by: Actor, limit: int = 200) -> list[Passed]:
    """Return the unmarked answers that others passed on, the oldest first."""
    statement = (
        answers(by)
        .join(Escalation, Escalation.item_id == AttemptItem.id)
        .add_columns(Escalation.reason)
        .where(unmarked(), ~_passed_on_by(by))
        .limit(limit)
    )
    return [Passed(Waiting(*row[:6]), row[6]) for row in db.session.execute(statement)]


def reasons(item_id: str) -> list[str]:
    """Return why an answer was passed on, first to last."""
    statement = select(Escalation.reason).where(Escalation.item_id == item_id)
    return list(db.session.scalars(statement.order_by(Escalation.number)))


def comments(question_id: str, by: Actor, limit: int = 30) -> list[tuple[str, int]]:
    """Return the comments that `by` gave to answers of a question, the most used first."""
    used = func.count()
    statement = (
        select(Mark.comment, used)
        .join(AttemptItem, AttemptItem.id == Mark.item_id)
        .where(AttemptItem.question_id == question_id, Mark.marker_id == by.id, Mark.comment != "")
        .group_by(Mark.comment)
        .order_by(used.desc(), Mark.comment)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]
