"""Whether a programme's exam was passed in a sitting that its invigilator signed; when the result
of an exam may not be released yet; how one stands in one's own exams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from lms import clock
from lms.actor import Actor
from lms.assessment import results
from lms.assessment.chances import Chance, chances
from lms.assessment.models import Attempt, Result
from lms.assessment.queries import Earlier, attempts_of_person
from lms.curriculum.exams import exam_code, is_exam
from lms.curriculum.kind import Said
from lms.curriculum.models import Definition, ModuleVersion
from lms.curriculum.queries import catalogue
from lms.curriculum.register import definitions
from lms.db import db
from lms.errors import N_
from lms.examination import rules
from lms.examination.models import IdentityCheck, Seat, SittingReport
from lms.learning.queries import enrolments_of
from lms.programme.opening import recorded, taught
from lms.programme.openness import Openness, openness


def has_passed(person_id: str, content: Mapping[str, Any]) -> bool:
    """Tell whether a person has shown a programme's exam, in earnest or as far as it practises."""
    newer = aliased(IdentityCheck)
    statement = (
        select(Attempt.practice)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Result, results.of_attempt())
        .join(Seat, Seat.attempt_id == Attempt.id)
        .join(SittingReport, SittingReport.sitting_id == Seat.sitting_id)
        .join(
            IdentityCheck,
            (IdentityCheck.sitting_id == Seat.sitting_id)
            & (IdentityCheck.person_id == Seat.person_id),
        )
        .where(
            Attempt.person_id == person_id,
            ModuleVersion.code == exam_code(content["id"]),
            Result.passed,
            IdentityCheck.agrees,
            ~exists().where(
                newer.sitting_id == IdentityCheck.sitting_id,
                newer.person_id == IdentityCheck.person_id,
                newer.number > IdentityCheck.number,
            ),
        )
    )
    passed = [rules.Passed(practice) for practice in db.session.scalars(statement)]
    in_earnest = any(not one.practice for one in passed)
    if in_earnest or not passed:
        return in_earnest
    found = openness(content, taught(catalogue(clock.today())), recorded())
    return rules.counts(passed, is_open=found.is_open)


def holds(attempt: Attempt) -> list[Said]:
    """Return why the result of an attempt may not be released yet: its sitting is not signed."""
    signed = exists().where(SittingReport.sitting_id == Seat.sitting_id)
    statement = select(Seat.id).where(Seat.attempt_id == attempt.id, ~signed)
    if db.session.scalar(statement) is None:
        return []
    return [(N_("The invigilator has not signed the sitting of this exam yet."), {})]


@dataclass(frozen=True)
class Sat:
    """The attempts of somebody at an exam, first to last, and what stands before the next."""

    version: ModuleVersion
    attempts: Sequence[Earlier]
    chance: Chance


@dataclass(frozen=True)
class Own:
    """A programme's exam as one of its learners stands in it; `sat` is None before the first."""

    definition: Definition
    openness: Openness
    sat: Sat | None


def sat(by: Actor) -> list[Sat]:
    """Return the exams that the actor began, the last begun first: a query more than none."""
    tried = {id: one for id, one in attempts_of_person(by).items() if is_exam(one[0])}
    next_ones = chances(tried, clock.now())
    return [Sat(version, all_, next_ones[id]) for id, (version, all_) in tried.items()]


def own_exams(by: Actor) -> list[Own]:
    """Return the exams of the programmes that the actor is enrolled for: a few queries in all."""
    codes = {one.programme_code for one in enrolments_of(by.id)}
    mine = [one for one in definitions("programme") if one.code in codes]
    mine = [one for one in mine if one.content.get("exam")]
    if not mine:
        return []
    modules, kinds = taught(catalogue(clock.today())), recorded()
    last: dict[str, Sat] = {}
    for one in sat(by):  # of several versions of an exam the one begun last
        last.setdefault(one.version.code, one)
    return [
        Own(one, openness(one.content, modules, kinds), last.get(exam_code(one.code)))
        for one in mine
    ]
