"""Read how far people are: a page of the matrix, lists to export, what needs attention."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from lms import clock
from lms.actor import Actor
from lms.assessment.models import Attempt, Result, Submission
from lms.assessment.retakes import Tried
from lms.cohort import rules
from lms.cohort.progress import narrowing
from lms.cohort.queries import Listed, Wanted, listed, narrowed
from lms.curriculum.models import ModuleVersion, Practical
from lms.db import db
from lms.learning.models import Enrolment, LessonRead
from lms.learning.queries import seen_by
from lms.people.models import Person
from lms.practicals.models import PracticalResult, Sheet

PAGE = 25


@dataclass(frozen=True)
class Cell:
    """An enrolment and how it stands."""

    listed: Listed
    facts: rules.Facts
    standing: rules.Standing


@dataclass(frozen=True)
class Line:
    """A person and their cells by module code."""

    person: Person
    cells: dict[str, Cell] = field(default_factory=dict)


def lines(by: Actor, wanted: Wanted, page: int = 1) -> tuple[list[Line], bool]:
    """Return a page of people with all their modules in the choice, by name, and whether more come.

    The state chosen picks the people; each is shown with all that is chosen otherwise.
    """
    people = (
        _chosen(by, wanted)
        .with_only_columns(Person.id, Person.name)
        .distinct()
        .order_by(Person.name, Person.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    ids = [row[0] for row in db.session.execute(people)]
    shown = ids[:PAGE]
    every = Wanted(what=wanted.what, place=wanted.place)
    # Who learns two versions of a module: the newer one comes later and is shown.
    rows = (
        _chosen(by, every)
        .where(Enrolment.person_id.in_(shown))
        .order_by(ModuleVersion.code, ModuleVersion.number)
    )
    found: dict[str, Line] = {}
    for cell in cells([Listed(*row) for row in db.session.execute(rows)]):
        person = cell.listed.person
        line = found.setdefault(person.id, Line(person, {}))
        line.cells[cell.listed.version.code] = cell
    return [found[id] for id in shown if id in found], len(ids) > PAGE


def exported(by: Actor, wanted: Wanted, limit: int) -> list[Cell]:
    """Return every enrolment in the choice with how it stands, by name, at most `limit`."""
    statement = _chosen(by, wanted).order_by(Person.name, Person.id).limit(limit)
    found = [Listed(*row) for row in db.session.execute(statement)]
    parts = [found[start : start + 500] for start in range(0, len(found), 500)]
    return [cell for part in parts for cell in cells(part)]


def _chosen(by: Actor, wanted: Wanted) -> sa.Select[Any]:
    statement = listed().where(Enrolment.ended_at.is_(None))
    statement = narrowed(seen_by(statement, by), wanted)
    if wanted.state in narrowing.STATES:
        statement = statement.where(narrowing.stands(wanted.state, clock.now()))
    return statement


def cells(found: Sequence[Listed]) -> list[Cell]:
    """Return how each of some enrolments stands: five queries, whatever their number."""
    now = clock.now()
    ids = [one.enrolment.id for one in found]
    versions = {one.version.id for one in found}
    effective = narrowing.effective_versions(now.date())
    read = _counts(
        select(LessonRead.enrolment_id, func.count())
        .where(LessonRead.enrolment_id.in_(ids))
        .group_by(LessonRead.enrolment_id)
    )
    tried = _tried(ids, effective)
    practicals = _counts(
        select(Practical.module_version_id, func.count())
        .where(Practical.module_version_id.in_(versions))
        .group_by(Practical.module_version_id)
    )
    shown = _counts(
        select(Sheet.enrolment_id, func.count(sa.distinct(Sheet.practical_id)))
        .join(PracticalResult, PracticalResult.sheet_id == Sheet.id)
        .where(
            Sheet.enrolment_id.in_(ids),
            PracticalResult.passed,
            narrowing.counts(Sheet, effective),
        )
        .group_by(Sheet.enrolment_id)
    )
    made = []
    for one in found:
        attempts = tried.get(one.enrolment.id, [])
        facts = rules.Facts(
            lessons=len(one.version.manifest["lessons"]),
            read=read.get(one.enrolment.id, 0),
            tried=[attempt for attempt, _practice in attempts],
            practice=all(practice for attempt, practice in attempts if attempt.passed),
            rule=one.version.manifest["pass"],
            practicals=practicals.get(one.version.id, 0),
            shown=shown.get(one.enrolment.id, 0),
        )
        made.append(Cell(one, facts, rules.standing(facts, now)))
    return made


def _counts(statement: sa.Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _tried(ids: Collection[str], effective: Collection[str]) -> dict[str, list[tuple[Tried, bool]]]:
    """Return the attempts that count of each enrolment, first to last, and whether for practice."""
    rows = db.session.execute(
        select(Attempt.enrolment_id, Attempt.practice, Submission.submitted_at, Result.passed)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .outerjoin(Result, Result.attempt_id == Attempt.id)
        .where(Attempt.enrolment_id.in_(ids), narrowing.counts(Attempt, effective))
        .order_by(Attempt.enrolment_id, Attempt.number)
    )
    found: dict[str, list[tuple[Tried, bool]]] = {}
    for enrolment_id, practice, submitted_at, passed in rows:
        found.setdefault(enrolment_id, []).append((Tried(submitted_at, passed), practice))
    return found
