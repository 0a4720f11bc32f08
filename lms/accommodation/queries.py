"""Read learners' extra time, attempts that run, and what is not to count, as their staff may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from lms.accommodation.models import AttemptVoid, VoidDecision
from lms.accommodation.rules import GRANTERS, VOIDED
from lms.actor import Actor
from lms.assessment.models import Attempt, Submission
from lms.assessment.timing.models import Accommodation
from lms.assessment.timing.queries import deadlines_of
from lms.assessment.timing.rules import standing
from lms.curriculum.models import ModuleVersion
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Organisation, Person

MOST_ACTS = 5_000  # about extra time, read at once
LONGEST_LIST = 100  # running attempts, and learners of a name
_granter, _proposer, _decider = aliased(Person), aliased(Person), aliased(Person)


# --- learners and their extra time ----------------------------------------------------------


@dataclass(frozen=True)
class Granted:
    """An act about extra time with the names that belong to it; `stands`: in force on the day."""

    act: Accommodation
    learner: Person
    place: str
    granter: str
    stands: bool = False


def _taught(by: Actor) -> Select[Any]:
    """Select the ids of learners whose enrolments run and whom `by` may give extra time."""
    statement = select(Enrolment.person_id).where(
        Enrolment.ended_at.is_(None), Enrolment.person_id != by.id
    )
    return seen_by(statement, by.only(*GRANTERS))


def learner(person_id: str, by: Actor) -> Person:
    """Return a learner to whom `by` may give extra time.

    Raises:
        NotFound: no such person, not enrolled, oneself, or not theirs to see.
    """
    statement = select(Person).where(Person.id == person_id, Person.id.in_(_taught(by)))
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound()
    return found


def learners(name: str, by: Actor) -> Sequence[Person]:
    """Return the learners of a name, or of parts of one, to whom `by` may give extra time."""
    parts = (
        or_(
            Person.name.icontains(word, autoescape=True),
            Person.native_name.icontains(word, autoescape=True),
        )
        for word in name.split()
    )
    statement = (
        select(Person)
        .where(Person.id.in_(_taught(by)), *parts)
        .order_by(Person.name, Person.id)
        .limit(LONGEST_LIST)
    )
    return db.session.scalars(statement).all()


def _granted() -> Select[*tuple[Any, ...]]:
    return (
        select(Accommodation, Person, Organisation.name, _granter.name)
        .join(Person, Person.id == Accommodation.person_id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .join(_granter, _granter.id == Accommodation.granted_by)
    )


def granted(by: Actor, today: date) -> list[Granted]:
    """Return every act about extra time that `by` may know, by learner, first to last: one query.

    Those that are in force on the day, or begin later, say so by `stands`.
    """
    statement = (
        _granted()
        .where(Accommodation.person_id.in_(_taught(by)))
        .order_by(Person.name, Person.id, Accommodation.number)
        .limit(MOST_ACTS)
    )
    return _standing([tuple(row) for row in db.session.execute(statement)], today)


def granted_to(person_id: str, today: date) -> list[Granted]:
    """Return the acts about one learner's extra time, first to last.

    Whoever asks has found out that they may know.
    """
    statement = _granted().where(Accommodation.person_id == person_id)
    rows = db.session.execute(statement.order_by(Accommodation.number))
    return _standing([tuple(row) for row in rows], today)


def _standing(rows: Sequence[tuple[Any, ...]], today: date) -> list[Granted]:
    found = []
    for _person, own in groupby(rows, key=lambda row: row[0].person_id):
        known = list(own)
        stand = standing([row[0] for row in known], today)
        found += [Granted(row[0], row[1], row[2], row[3], row[0] in stand) for row in known]
    return found


# --- attempts -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sat:
    """An attempt with its module and learner; `ends_at`: its deadline, extensions included."""

    attempt: Attempt
    version: ModuleVersion
    learner: Person
    submission: Submission | None
    ends_at: datetime


def _attempts(by: Actor) -> Select[*tuple[Any, ...]]:
    """Select the attempts of others that `by` may time or void."""
    statement = (
        select(Attempt, ModuleVersion, Person, Submission)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .where(Attempt.person_id != by.id)
    )
    return seen_by(statement, by.only(*GRANTERS))


def _sat(rows: Sequence[Any]) -> list[Sat]:
    ends = deadlines_of([row[0] for row in rows])
    return [Sat(row[0], row[1], row[2], row[3], ends[row[0].id]) for row in rows]


def attempt(attempt_id: str, by: Actor) -> Sat:
    """Return an attempt that `by` may time or void.

    Raises:
        NotFound: no such attempt, one's own, or not theirs to see.
    """
    rows = db.session.execute(_attempts(by).where(Attempt.id == attempt_id)).all()
    if not rows:
        raise NotFound()
    return _sat(rows)[0]


def running(by: Actor) -> list[Sat]:
    """Return the attempts that run, the one that was begun first first: two queries."""
    statement = _attempts(by).where(Submission.id.is_(None)).order_by(Attempt.deadline, Attempt.id)
    return _sat(db.session.execute(statement.limit(LONGEST_LIST)).all())


# --- what is not to count -------------------------------------------------------------------


@dataclass(frozen=True)
class Void:
    """A proposal to void an attempt, who made it, and what was decided by whom, if anything."""

    row: AttemptVoid
    proposer: str
    decision: VoidDecision | None
    decider: str | None

    @property
    def carried_out(self) -> bool:
        """Tell whether the attempt is void by it."""
        return self.decision is not None and self.decision.decision == VOIDED


def _voids() -> Select[*tuple[Any, ...]]:
    return (
        select(AttemptVoid, _proposer.name, VoidDecision, _decider.name)
        .join(_proposer, _proposer.id == AttemptVoid.proposed_by)
        .outerjoin(VoidDecision, VoidDecision.void_id == AttemptVoid.id)
        .outerjoin(_decider, _decider.id == VoidDecision.decided_by)
    )


def voids_of(attempt_id: str) -> list[Void]:
    """Return the proposals to void an attempt, first to last.

    Whoever asks has found out that they may know.
    """
    statement = _voids().where(AttemptVoid.attempt_id == attempt_id).order_by(AttemptVoid.number)
    return [Void(*row) for row in db.session.execute(statement)]


def void(void_id: str, by: Actor) -> tuple[Void, Sat]:
    """Return a proposal with its attempt.

    Raises:
        NotFound: there is none of this id, or the attempt is one's own or not theirs to see.
    """
    row = db.session.execute(_voids().where(AttemptVoid.id == void_id)).first()
    if row is None:
        raise NotFound()
    return Void(*row), attempt(row[0].attempt_id, by)


def _waiting(by: Actor) -> Select[*tuple[Any, ...]]:
    decided = exists().where(VoidDecision.void_id == AttemptVoid.id)
    return _attempts(by).join(AttemptVoid, AttemptVoid.attempt_id == Attempt.id).where(~decided)


def waiting(by: Actor) -> list[tuple[AttemptVoid, Sat]]:
    """Return what waits for a second signature, the oldest first: two queries."""
    statement = _waiting(by).add_columns(AttemptVoid).order_by(AttemptVoid.proposed_at)
    rows = db.session.execute(statement.limit(LONGEST_LIST)).all()
    return list(zip([row[4] for row in rows], _sat(rows), strict=True))


def count_waiting(by: Actor) -> int:
    """Return how many proposals of others wait for the signature of `by`."""
    ids = _waiting(by).where(AttemptVoid.proposed_by != by.id).with_only_columns(AttemptVoid.id)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def is_voided(*, given_back: bool = False) -> ColumnElement[bool]:
    """Return the condition on Attempt that two people voided it.

    Args:
        given_back: only where its chance was given back, so that it stands in nobody's way.
    """
    carried_out = and_(
        VoidDecision.void_id == AttemptVoid.id,
        VoidDecision.decision == VOIDED,
        AttemptVoid.attempt_id == Attempt.id,
    )
    return exists().where(carried_out, *([AttemptVoid.gives_back] if given_back else []))
