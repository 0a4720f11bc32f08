"""Read whose attempts are used up; an instructor sees what their organisations deliver."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from lms import clock
from lms.actor import Actor
from lms.assessment import results
from lms.assessment.chances import Chance, chance, chances
from lms.assessment.models import Attempt, RemediationPlan, Result, Submission
from lms.assessment.queries import Earlier, attempts_of, attempts_of_many
from lms.assessment.retakes import USED_UP
from lms.curriculum.models import ModuleVersion
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Person


@dataclass(frozen=True)
class Learner:
    """A learner of a module: their attempts, first to last, and what stands before the next."""

    enrolment: Enrolment
    version: ModuleVersion
    person: Person
    attempts: list[Earlier]
    chance: Chance

    @property
    def result(self) -> Result | None:
        """Return the newest result that is out."""
        return next((result for *_rest, result in reversed(self.attempts) if result), None)


def used_up(by: Actor, limit: int = 200) -> list[Learner]:
    """Return learners whose attempts are used up and who have no plan yet, the oldest first.

    Constant queries: those who failed last and have no plan since, then all their attempts and
    what the rules say of them. Nobody plans for themselves.
    """
    other = aliased(Attempt)
    newest = (
        select(func.max(other.number))
        .where(other.enrolment_id == Enrolment.id)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    planned = exists().where(
        RemediationPlan.enrolment_id == Enrolment.id,
        RemediationPlan.recorded_at > Submission.submitted_at,
    )
    statement = (
        select(Enrolment, ModuleVersion, Person)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.module_version_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Attempt, (Attempt.enrolment_id == Enrolment.id) & (Attempt.number == newest))
        .join(Submission, Submission.attempt_id == Attempt.id)
        .join(Result, results.of_attempt())
        .where(
            ~Result.passed,
            ~planned,
            Enrolment.ended_at.is_(None),
            Enrolment.person_id != by.id,
        )
        # Who tried most comes first: a first failure seldom uses attempts up.
        .order_by(Attempt.number.desc(), Result.released_at)
        .limit(limit)
    )
    rows = db.session.execute(seen_by(statement, by.only("instructor"))).all()
    return _who_need_a_plan([(row[0], row[1], row[2]) for row in rows])


def _who_need_a_plan(
    rows: Collection[tuple[Enrolment, ModuleVersion, Person]],
) -> list[Learner]:
    attempts = attempts_of_many([enrolment.id for enrolment, _version, _person in rows])
    known = {enrolment.id: (version, attempts[enrolment.id]) for enrolment, version, _ in rows}
    found = chances(known, clock.now())
    return [
        Learner(enrolment, version, person, attempts[enrolment.id], found[enrolment.id])
        for enrolment, version, person in rows
        if found[enrolment.id].following.state == USED_UP
    ]


def learner(enrolment_id: str, by: Actor) -> Learner:
    """Return a learner for whom `by` may record a plan.

    Raises:
        NotFound: no such enrolment, ended, one's own, or not theirs to see.
    """
    statement = (
        select(Enrolment, ModuleVersion, Person)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.module_version_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.id == enrolment_id,
            Enrolment.ended_at.is_(None),
            Enrolment.person_id != by.id,
        )
    )
    row = db.session.execute(seen_by(statement, by.only("instructor"))).first()
    if row is None:
        raise NotFound()
    attempts = attempts_of(enrolment_id)
    next_one = chance(enrolment_id, row[1], attempts, clock.now())
    return Learner(row[0], row[1], row[2], attempts, next_one)
