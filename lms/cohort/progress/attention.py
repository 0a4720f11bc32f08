"""Read who needs attention: not begun, attempts used up, levels that end soon or have ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager

from lms import clock
from lms.actor import Actor
from lms.cohort import rules
from lms.cohort.hub import like
from lms.cohort.progress import narrowing
from lms.competency.models import LevelHeld
from lms.db import db
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Organisation, Person

PAGE = 50
KEPT = 90  # days for which a level that has ended stays on the list


@dataclass(frozen=True)
class Attention:
    """How many people have not begun or have no attempt left, how many levels end by when."""

    idle: int
    used_up: int
    expiring: dict[int, int]

    @property
    def nothing(self) -> bool:
        """Tell whether nobody needs anything."""
        return not (self.idle or self.used_up or any(self.expiring.values()))


def attention(by: Actor) -> Attention:
    """Return what a coordinator's people need; a constant number of queries."""
    return Attention(
        idle=_count(by, rules.IDLE),
        used_up=_count(by, rules.USED_UP),
        expiring=_expiring_by(by),
    )


def _coordinated(by: Actor) -> sa.Select[Any]:
    statement = select(Enrolment.person_id).where(Enrolment.ended_at.is_(None))
    return seen_by(statement, by.only("coordinator"))


def _count(by: Actor, state: str) -> int:
    found = _coordinated(by).where(narrowing.stands(state, clock.now())).subquery()
    return db.session.scalar(select(func.count(found.c.person_id.distinct()))) or 0


def _held(by: Actor, last: date) -> sa.Select[Any]:
    """Return the newest levels of a coordinator's people that end by a day, lately ended too."""
    later = aliased(LevelHeld)
    newer = select(later.id).where(
        later.person_id == LevelHeld.person_id,
        later.competency == LevelHeld.competency,
        later.practice == LevelHeld.practice,
        later.number > LevelHeld.number,
    )
    first = clock.today() - timedelta(days=KEPT)
    return select(LevelHeld).where(
        ~LevelHeld.practice,
        LevelHeld.level > 0,
        LevelHeld.expires_on.between(first, last),
        LevelHeld.person_id.in_(_coordinated(by)),
        ~newer.exists(),
    )


def _expiring_by(by: Actor) -> dict[int, int]:
    today = clock.today()
    days = {within: today + timedelta(days=within) for within in rules.EXPIRY_DAYS}
    counted = [
        func.count(sa.case((LevelHeld.expires_on <= last, LevelHeld.id))) for last in days.values()
    ]
    statement = _held(by, max(days.values())).where(LevelHeld.expires_on >= today)
    row = db.session.execute(statement.with_only_columns(*counted)).one()
    return dict(zip(days, row, strict=True))


@dataclass(frozen=True)
class Ending:
    """A level that ends or has ended, whose it is, and for how many days it still counts."""

    level: LevelHeld
    person: Person
    left: int


def endings(
    by: Actor, within: int, words: str = "", page: int = 1, limit: int = PAGE
) -> Sequence[Ending]:
    """Return a page of levels that end within so many days or ended lately, the first to end first.

    One more than `limit` shows that there is more.
    """
    today = clock.today()
    statement = (
        _held(by, today + timedelta(days=within))
        .join(Person, Person.id == LevelHeld.person_id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .add_columns(Person)
        .options(contains_eager(Person.organisation))
        .order_by(LevelHeld.expires_on, Person.name, LevelHeld.competency)
        .limit(limit + 1)
        .offset((page - 1) * limit)
    )
    if words:
        statement = statement.where(like(words))
    return [
        Ending(level, person, (level.expires_on - today).days)
        for level, person in db.session.execute(statement)
    ]
