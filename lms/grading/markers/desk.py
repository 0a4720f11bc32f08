"""Read what coordinators see of markers at work: what lies before whom, and how long marks took."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import Select, exists, func, select

from lms.actor import Actor
from lms.assessment.models import Attempt, AttemptItem
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db
from lms.errors import NotFound
from lms.grading.models import Mark, Turn, Unblinding
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Person

MOST = 5000  # marks, the newest, that times are taken of


@dataclass(frozen=True)
class Held:
    """What lies before one marker of one question: how many answers, since when, until when."""

    marker: Person
    version: ModuleVersion
    question: Question
    count: int
    since: datetime | None
    until: datetime


@dataclass(frozen=True)
class Pace:
    """How long one marker's decisions on one question took: how many, the median in seconds."""

    marker: Person
    version: ModuleVersion
    question: Question
    decisions: int
    seconds: float


def _items(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Question, Question.id == AttemptItem.question_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    )


def held(by: Actor, now: datetime) -> list[Held]:
    """Return what lies before markers whom `by` coordinates, the longest first: one query."""
    statement = (
        _items(
            Person, ModuleVersion, Question,
            func.count(), func.min(Turn.since), func.max(Turn.until),
        )
        .select_from(AttemptItem)
        .join(Turn, Turn.item_id == AttemptItem.id)
        .join(Person, Person.id == Turn.marker_id)
        .where(Turn.until > now)
        .group_by(Person.id, ModuleVersion.id, Question.id)
        .order_by(func.min(Turn.since), Person.id, Question.id)
    )  # fmt: skip
    rows = db.session.execute(seen_by(statement, by.only("coordinator")))
    return [Held(*row) for row in rows]


def turns_of(marker_id: str, question_id: str, by: Actor, now: datetime) -> list[Turn]:
    """Return the answers to a question that lie before a marker, of what `by` coordinates."""
    statement = (
        _items(Turn)
        .select_from(AttemptItem)
        .join(Turn, Turn.item_id == AttemptItem.id)
        .where(Turn.until > now, Turn.marker_id == marker_id, Question.id == question_id)
    )
    return list(db.session.scalars(seen_by(statement, by.only("coordinator"))))


def paces(by: Actor) -> list[Pace]:
    """Return how long decisions took, by question and marker, in one query.

    A coordinator sees all markers of what they see, an instructor themselves alone. Of several
    alike answers that were marked in one decision the decision is counted once.
    """
    statement = (
        _items(Person, ModuleVersion, Question, Mark.seconds)
        .select_from(AttemptItem)
        .join(Mark, Mark.item_id == AttemptItem.id)
        .join(Person, Person.id == Mark.marker_id)
        .where(Mark.seconds.is_not(None))
        .order_by(Mark.marked_at.desc(), Mark.id)
        .limit(MOST)
    )
    if not by.has("coordinator"):
        statement = statement.where(Mark.marker_id == by.id)
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in db.session.execute(seen_by(statement, by.only("instructor", "coordinator"))):
        found[row[2].id, row[0].id].append(row)
    paces = [
        Pace(rows[0][0], rows[0][1], rows[0][2], len(rows), float(median(row[3] for row in rows)))
        for rows in found.values()
    ]
    return sorted(paces, key=lambda one: (one.version.code, one.question.code, one.marker.name))


def seen_item(item_id: str, by: Actor) -> AttemptItem:
    """Return an answer of what `by` coordinates. Raises NotFound."""
    statement = _items(AttemptItem).where(AttemptItem.id == item_id)
    item = db.session.scalars(seen_by(statement, by.only("coordinator"))).first()
    if item is None:
        raise NotFound()
    return item


def has_unblinded(item_id: str, response_id: str, by: Actor) -> bool:
    """Tell whether `by` gave a reason to open this file as it was sent."""
    found = exists().where(
        Unblinding.item_id == item_id,
        Unblinding.response_id == response_id,
        Unblinding.opened_by == by.id,
    )
    return bool(db.session.scalar(select(found)))
