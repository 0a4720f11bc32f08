"""Read enrolments and progress, narrowed to what the asker may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import defer

from lms.actor import Actor
from lms.curriculum.exams import is_module
from lms.curriculum.models import Lesson, ModuleVersion
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment, LessonRead
from lms.people.queries import visible


def enrolments_of(person_id: str) -> Sequence[Enrolment]:
    """Return a person's enrolments that have not ended, oldest first."""
    statement = (
        select(Enrolment)
        .where(Enrolment.person_id == person_id, Enrolment.ended_at.is_(None))
        .order_by(Enrolment.enrolled_at)
    )
    return db.session.scalars(statement).all()


def seen_by(statement: sa.Select[*tuple[Any, ...]], by: Actor) -> sa.Select[*tuple[Any, ...]]:
    """Narrow a statement that has Enrolment in it to what `by` may see."""
    return visible(
        statement,
        by,
        person=Enrolment.person_id,
        sending=Enrolment.sending_id,
        delivering=Enrolment.delivering_id,
    )


def own_enrolment(code: str, by: Actor) -> tuple[Enrolment, ModuleVersion] | None:
    """Return the actor's newest enrolment in a module, with the version it names."""
    statement = (
        select(Enrolment, ModuleVersion)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.module_version_id)
        .where(
            Enrolment.person_id == by.id,
            Enrolment.ended_at.is_(None),
            ModuleVersion.code == code,
        )
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return (row[0], row[1]) if row else None


def own_enrolment_by_id(enrolment_id: str, by: Actor) -> Enrolment:
    """Return one of the actor's own enrolments.

    Raises:
        NotFound: there is none of this id, or it is somebody else's.
    """
    statement = select(Enrolment).where(
        Enrolment.id == enrolment_id, Enrolment.person_id == by.id, Enrolment.ended_at.is_(None)
    )
    enrolment = db.session.scalars(statement).first()
    if enrolment is None:
        raise NotFound()
    return enrolment


def lessons_read(enrolment_id: str) -> set[str]:
    """Return the codes of the lessons that were said to be read."""
    statement = select(LessonRead.lesson_code).where(LessonRead.enrolment_id == enrolment_id)
    return set(db.session.scalars(statement))


def versions_learnt(person_id: str, code: str) -> list[str]:
    """Return the id of the version of a module that a person is enrolled in: the newest."""
    statement = (
        select(ModuleVersion.id)
        .join(Enrolment, Enrolment.module_version_id == ModuleVersion.id)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.ended_at.is_(None),
            ModuleVersion.code == code,
        )
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )
    return list(db.session.scalars(statement))


def versions_of(by: Actor) -> Sequence[ModuleVersion]:
    """Return the versions that the actor is enrolled in, of each module the newest last."""
    statement = (
        select(ModuleVersion)
        .join(Enrolment, Enrolment.module_version_id == ModuleVersion.id)
        .where(Enrolment.person_id == by.id, Enrolment.ended_at.is_(None), is_module())
        .order_by(ModuleVersion.code, ModuleVersion.number)
    )
    return db.session.scalars(statement).all()


def reading(version_id: str, lesson: str, by: Actor) -> tuple[str, datetime | None] | None:
    """Return the actor's enrolment in a version and when the lesson was said to be read."""
    statement = (
        select(Enrolment.id, LessonRead.read_at)
        .outerjoin(
            LessonRead,
            (LessonRead.enrolment_id == Enrolment.id) & (LessonRead.lesson_code == lesson),
        )
        .where(
            Enrolment.module_version_id == version_id,
            Enrolment.person_id == by.id,
            Enrolment.ended_at.is_(None),
        )
    )
    row = db.session.execute(statement).first()
    return (row[0], row[1]) if row else None


def progress_of(by: Actor) -> list[tuple[Enrolment, ModuleVersion, list[tuple[Lesson, bool]]]]:
    """Return the actor's running enrolments, each with its lessons and whether they were read.

    One query, whatever the number of enrolments.
    """
    statement = (
        select(Enrolment, ModuleVersion, Lesson, LessonRead.id)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.module_version_id)
        .join(Lesson, Lesson.module_version_id == ModuleVersion.id)
        .outerjoin(
            LessonRead,
            (LessonRead.enrolment_id == Enrolment.id) & (LessonRead.lesson_code == Lesson.code),
        )
        .where(Enrolment.person_id == by.id, Enrolment.ended_at.is_(None))
        .order_by(Enrolment.enrolled_at, Lesson.position)
        .options(defer(Lesson.html), defer(Lesson.source))
    )
    found: dict[str, tuple[Enrolment, ModuleVersion, list[tuple[Lesson, bool]]]] = {}
    for enrolment, version, lesson, read in db.session.execute(statement):
        entry = found.setdefault(enrolment.id, (enrolment, version, []))
        if not any(other.code == lesson.code for other, _read in entry[2]):  # another language
            entry[2].append((lesson, read is not None))
    return list(found.values())
