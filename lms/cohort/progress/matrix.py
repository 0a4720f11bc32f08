"""Read how far people are: a page of the matrix, lists to export, what needs attention."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from lms import clock
from lms.actor import Actor
from lms.assessment import results
from lms.assessment.models import Attempt, RemediationPlan, Result, Submission
from lms.assessment.retakes import Tried, counts_until
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
    """Return how each of some enrolments stands: a constant number of queries."""
    now = clock.now()
    ids = [one.enrolment.id for one in found]
    versions = {one.version.id: one.version.manifest for one in found}
    effective = narrowing.effective_versions(now.date())
    read, practicals = _read(ids), _practicals(versions)
    shown, planned = _shown(ids, effective), _planned(ids)
    months = {id: manifest.get("requalify_months") for id, manifest in versions.items()}
    tried = _tried(ids, effective, months)
    made = []
    for one in found:
        id, attempts = one.enrolment.id, tried.get(one.enrolment.id, [])
        facts = rules.Facts(
            lessons=len(one.version.manifest["lessons"]),
            read=read.get(id, 0),
            tried=[attempt for attempt, _practice in attempts],
            practice=all(practice for attempt, practice in attempts if attempt.passed),
            rule=one.version.manifest["pass"],
            practicals=practicals.get(one.version.id, 0),
            shown=shown.get(id, 0),
            planned_at=planned.get(id),
        )
        made.append(Cell(one, facts, rules.standing(facts, now)))
    return made


def _read(ids: Collection[str]) -> dict[str, int]:
    return _counts(
        select(LessonRead.enrolment_id, func.count())
        .where(LessonRead.enrolment_id.in_(ids))
        .group_by(LessonRead.enrolment_id)
    )


def _practicals(version_ids: Collection[str]) -> dict[str, int]:
    return _counts(
        select(Practical.module_version_id, func.count())
        .where(Practical.module_version_id.in_(version_ids))
        .group_by(Practical.module_version_id)
    )


def _shown(ids: Collection[str], effective: Collection[str]) -> dict[str, int]:
    """Return how many different practicals were passed in each enrolment."""
    return _counts(
        select(Sheet.enrolment_id, func.count(sa.distinct(Sheet.practical_id)))
        .join(PracticalResult, PracticalResult.sheet_id == Sheet.id)
        .where(
            Sheet.enrolment_id.in_(ids),
            PracticalResult.passed,
            narrowing.counts(Sheet, effective),
        )
        .group_by(Sheet.enrolment_id)
    )


def _counts(statement: sa.Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _planned(ids: Collection[str]) -> dict[str, datetime]:
    """Return when an instructor last recorded what to learn again, where one did."""
    rows = db.session.execute(
        select(RemediationPlan.enrolment_id, RemediationPlan.recorded_at)
        .where(RemediationPlan.enrolment_id.in_(ids))
        .order_by(RemediationPlan.number)
    )
    return {row[0]: row[1] for row in rows}


def _tried(
    ids: Collection[str], effective: Collection[str], months: Mapping[str, int | None]
) -> dict[str, list[tuple[Tried, bool]]]:
    """Return the attempts that count of each enrolment, first to last, and whether for practice."""
    rows = db.session.execute(
        select(Attempt, Submission.submitted_at, Result)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .outerjoin(Result, results.of_attempt())
        .where(Attempt.enrolment_id.in_(ids), narrowing.counts(Attempt, effective))
        .order_by(Attempt.enrolment_id, Attempt.number)
    )
    found: dict[str, list[tuple[Tried, bool]]] = {}
    for attempt, submitted_at, result in rows:
        if results.gives_back(result):
            continue
        passed = result.passed if result else None
        until = counts_until(result.shown_on, months[attempt.module_version_id]) if passed else None
        one = Tried(submitted_at, passed, until), attempt.practice
        found.setdefault(attempt.enrolment_id, []).append(one)
    return found
