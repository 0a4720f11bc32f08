"""What waits for an instructor: sheets without a result, learners still to be observed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.curriculum import rules as authority
from lms.curriculum.models import ModuleVersion, Practical
from lms.curriculum.queries import acts_of
from lms.db import db
from lms.learning.models import Enrolment
from lms.people.models import Person
from lms.practicals.models import PracticalResult, Sheet
from lms.practicals.queries import Seen, seen, sheets, taught_by

LIST_LIMIT = 100  # rows of each list of the desk; a search by name finds the others


def undecided(by: Actor, name: str = "", limit: int = LIST_LIMIT) -> list[Seen]:
    """Return sheets without a result of learners whom `by` may observe, oldest first."""
    statement = sheets().where(PracticalResult.id.is_(None), _named(name))
    statement = taught_by(statement, by).order_by(Sheet.opened_at).limit(limit)
    return [seen(row) for row in db.session.execute(statement)]


def _named(name: str) -> ColumnElement[bool]:
    words = name.split()
    return and_(
        true(),
        *(
            or_(
                Person.name.icontains(word, autoescape=True),
                Person.native_name.icontains(word, autoescape=True),
            )
            for word in words
        ),
    )


@dataclass(frozen=True)
class Due:
    """A practical that a learner has still to be observed at, and how the last sheet ended."""

    enrolment: Enrolment
    learner: Person
    version: ModuleVersion
    practical: Practical
    last: PracticalResult | None


def due(by: Actor, on: date, name: str = "", limit: int = LIST_LIMIT) -> list[Due]:
    """Return what learners are still to be observed at, the oldest enrolment first."""
    newest = aliased(Sheet)
    last = (
        select(func.max(newest.number))
        .where(newest.enrolment_id == Enrolment.id, newest.practical_id == Practical.id)
        .correlate(Enrolment, Practical)
        .scalar_subquery()
    )
    statement = (
        _due(by, on)
        .outerjoin(
            Sheet,
            and_(
                Sheet.enrolment_id == Enrolment.id,
                Sheet.practical_id == Practical.id,
                Sheet.number == last,
            ),
        )
        .outerjoin(PracticalResult, PracticalResult.sheet_id == Sheet.id)
        .add_columns(PracticalResult)
        .where(_named(name))
        .order_by(Enrolment.enrolled_at, Enrolment.id, Practical.position)
        .limit(limit)
    )
    return [Due(*row) for row in db.session.execute(statement)]


def count_due(by: Actor, on: date) -> int:
    """Return how many practicals `by` may still observe."""
    pairs = _due(by, on).with_only_columns(Enrolment.id).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(pairs)) or 0


def _due(by: Actor, on: date) -> Select[*tuple[Any, ...]]:
    """Return enrolment, learner, version and practical where no sheet is open or passed."""
    other, done = aliased(Sheet), aliased(PracticalResult)
    settled = or_(
        done.id.is_(None),
        and_(done.passed, or_(~other.practice, other.module_version_id.not_in(_effective(on)))),
    )
    kept_from = (
        select(other.id)
        .outerjoin(done, done.sheet_id == other.id)
        .where(other.enrolment_id == Enrolment.id, other.practical_id == Practical.id, settled)
    )
    statement = (
        select(Enrolment, Person, ModuleVersion, Practical)
        .join(Practical, Practical.module_version_id == Enrolment.module_version_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.module_version_id)
        .where(Enrolment.ended_at.is_(None), ~exists(kept_from))
    )
    return taught_by(statement, by)


def _effective(on: date) -> list[str]:
    """Return the ids of the versions with practicals that certify on a day."""
    ids = list(db.session.scalars(select(Practical.module_version_id).distinct()))
    return [id for id, acts in acts_of(ids).items() if authority.is_effective(acts, on)]
