"""Read one enrolment in full: lessons, attempts, results, practicals, levels; no answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.actor import Actor
from lms.assessment.queries import attempts_of
from lms.assessment.timing.queries import deadlines_of
from lms.cohort import queries
from lms.cohort.progress.matrix import Cell, cells
from lms.competency.models import LevelHeld
from lms.competency.queries import levels_of
from lms.curriculum.models import Lesson, Practical
from lms.curriculum.queries import lessons_of
from lms.curriculum.register import competency_titles
from lms.db import db
from lms.learning.models import LessonRead
from lms.practicals.models import PracticalResult, Sheet
from lms.programme.models import Completion
from lms.programme.queries import completions_of


@dataclass(frozen=True)
class Observed:
    """A practical of the version and the sheets on which the learner was observed."""

    practical: Practical
    sheets: Sequence[tuple[Sheet, PracticalResult | None]]


@dataclass(frozen=True)
class Detail:
    """Everything about an enrolment that its learner, coordinators and instructors may know."""

    cell: Cell
    lessons: Sequence[tuple[Lesson, datetime | None]]
    attempts: Sequence[Any]
    ends: Mapping[str, datetime]  # when the attempts that run end
    practicals: Sequence[Observed]
    levels: Sequence[tuple[LevelHeld, str]]
    completions: Sequence[Completion]


def detail(enrolment_id: str, by: Actor) -> Detail:
    """Return an enrolment that `by` may see, in full.

    Levels belong to the person, not to the enrolment: once it has ended its organisations no
    longer see how the person goes on.

    Raises:
        NotFound: there is none of this id, or it is not theirs to see.
    """
    listed = queries.enrolment(enrolment_id, by)
    person, version = listed.person, listed.version
    present = listed.ended_at is None or person.id == by.id
    shown = {one["id"] for one in version.manifest["competency"]}
    levels = levels_of(person.id, practice=False) if present else {}
    titles = competency_titles() if levels else {}
    attempts = attempts_of(enrolment_id)
    done = completions_of(person.id) if present and listed.enrolment.programme_code else ()
    return Detail(
        cell=cells([listed])[0],
        lessons=_lessons(listed),
        attempts=attempts,
        ends=deadlines_of([one for one, closed, _result in attempts if closed is None]),
        practicals=_practicals(listed),
        levels=[(row, titles.get(id, "")) for id, row in levels.items() if id in shown],
        completions=[c for c in done if c.programme_code == listed.enrolment.programme_code],
    )


def _lessons(listed: queries.Listed) -> list[tuple[Lesson, datetime | None]]:
    rows = db.session.execute(
        select(LessonRead.lesson_code, LessonRead.read_at).where(
            LessonRead.enrolment_id == listed.enrolment.id
        )
    )
    read = {row[0]: row[1] for row in rows}
    by_code = {one.code: one for one in lessons_of(listed.version.id)}  # one of each language
    return [(one, read.get(one.code)) for one in by_code.values()]


def _practicals(listed: queries.Listed) -> list[Observed]:
    rows = db.session.execute(
        select(Practical, Sheet, PracticalResult)
        .outerjoin(
            Sheet,
            (Sheet.practical_id == Practical.id) & (Sheet.enrolment_id == listed.enrolment.id),
        )
        .outerjoin(PracticalResult, PracticalResult.sheet_id == Sheet.id)
        .where(Practical.module_version_id == listed.version.id)
        .order_by(Practical.position, Sheet.number)
    )
    found: dict[str, Observed] = {}
    for practical, sheet, result in rows:
        one = found.setdefault(practical.id, Observed(practical, []))
        if sheet is not None:
            one.sheets.append((sheet, result))  # type: ignore[attr-defined]
    return list(found.values())
