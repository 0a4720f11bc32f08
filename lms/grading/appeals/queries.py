"""Read appeals: a learner's own, and those that wait for somebody who had no part in the result."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment.models import Attempt, AttemptItem, Response, Result
from lms.assessment.queries import effective, items_of
from lms.assessment.results import of_attempt, results_of
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.db import db
from lms.errors import NotFound
from lms.grading.models import Appeal, AppealDecision, Mark, SecondMark
from lms.grading.queries import marks_of, rubric_of
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Person


@dataclass(frozen=True)
class Appealed:
    """An appeal with what it is about; `decision` and `decider` once somebody decided."""

    row: Appeal
    attempt: Attempt
    version: ModuleVersion
    result: Result
    decision: AppealDecision | None
    decider: str | None


@dataclass(frozen=True)
class Written:
    """An answer that a person marked: question, rubric, what was given, the mark that stands."""

    item: AttemptItem
    question: Question
    key: QuestionKey
    response: Response | None
    mark: Mark


def _appeals() -> Select[*tuple[Any, ...]]:
    decider = aliased(Person)
    return (
        select(Appeal, Attempt, ModuleVersion, Result, AppealDecision, decider.name)
        .join(Attempt, Attempt.id == Appeal.attempt_id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Result, of_attempt())
        .outerjoin(AppealDecision, AppealDecision.appeal_id == Appeal.id)
        .outerjoin(decider, decider.id == AppealDecision.decided_by)
        .order_by(Appeal.appealed_at)
    )


def of_own_attempt(attempt_id: str, by: Actor) -> list[Appealed]:
    """Return a learner's own appeals about one attempt, first to last."""
    statement = _appeals().where(Attempt.id == attempt_id, Attempt.person_id == by.id)
    return [Appealed(*row) for row in db.session.execute(statement)]


def _decidable(by: Actor) -> Select[*tuple[Any, ...]]:
    statement = _appeals().where(Attempt.person_id != by.id, ~_took_part(by))
    return seen_by(statement, by.only("instructor"))


def _took_part(by: Actor) -> ColumnElement[bool]:
    item, own = aliased(AttemptItem), aliased(Result)
    marked = exists().where(
        Mark.item_id == item.id, item.attempt_id == Attempt.id, Mark.marker_id == by.id
    )
    again = exists().where(
        SecondMark.item_id == item.id, item.attempt_id == Attempt.id, SecondMark.marker_id == by.id
    )
    released = exists().where(own.attempt_id == Attempt.id, own.released_by == by.id)
    return marked | again | released


def waiting(by: Actor, limit: int = 200) -> list[Appealed]:
    """Return the appeals that `by` may decide, the oldest first."""
    statement = _decidable(by).where(AppealDecision.id.is_(None)).limit(limit)
    return [Appealed(*row) for row in db.session.execute(statement)]


def count_waiting(by: Actor) -> int:
    """Return how many appeals wait for `by`."""
    ids = _decidable(by).where(AppealDecision.id.is_(None)).order_by(None)
    found = ids.with_only_columns(Appeal.id).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def appeal(appeal_id: str, by: Actor) -> Appealed:
    """Return an appeal that `by` may decide, or decided.

    Raises:
        NotFound: no such appeal, one's own, not theirs to see, or they had a part in the result.
    """
    own = _appeals().where(Appeal.id == appeal_id, AppealDecision.decided_by == by.id)
    row = (
        db.session.execute(_decidable(by).where(Appeal.id == appeal_id)).first()
        or db.session.execute(own).first()
    )
    if row is None:
        raise NotFound()
    return Appealed(*row)


def written(attempt_id: str) -> list[Written]:
    """Return the answers of an attempt that people marked, in the order of its paper."""
    marks, given = marks_of(attempt_id), effective(attempt_id)
    return [
        Written(
            item,
            db.session.get_one(Question, item.question_id),
            rubric_of(item.question_id),
            given.get(item.id),
            marks[item.id],
        )
        for item in items_of(attempt_id)
        if item.id in marks
    ]


def involved(attempt_id: str) -> set[str]:
    """Return everybody who marked an answer of an attempt, first or second, or released it."""
    markers = (
        select(table.marker_id)
        .join(AttemptItem, AttemptItem.id == table.item_id)
        .where(AttemptItem.attempt_id == attempt_id)
        for table in (Mark, SecondMark)
    )
    released = {result.released_by for result in results_of(attempt_id)}
    return {one for statement in markers for one in db.session.scalars(statement)} | released
