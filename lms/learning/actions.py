"""Enrol a person in a module; note that a lesson was read."""

from lms import clock
from lms.actor import Actor
from lms.curriculum.models import Lesson, ModuleVersion
from lms.db import insert_once
from lms.errors import N_, NotAllowed, NotFound
from lms.learning.models import Enrolment, LessonRead
from lms.people.models import Organisation, Person
from lms.records.actions import record


def enrol(
    *,
    person: Person,
    version: ModuleVersion,
    programme_code: str | None,
    sending: Organisation,
    delivering: Organisation,
    by: Actor,
) -> Enrolment:
    """Enrol a person in a version of a module; a second time gives the first enrolment back.

    Raises:
        NotAllowed: `by` is neither the system nor a coordinator above one of the organisations.
    """
    covered = by.covers(sending.path, "coordinator") or by.covers(delivering.path, "coordinator")
    if by.id != "system" and not covered:
        raise NotAllowed(N_("Only a coordinator of one of the organisations may enrol people."))
    enrolment, created = insert_once(
        Enrolment,
        ("person_id", "module_version_id"),
        person_id=person.id,
        module_version_id=version.id,
        programme_code=programme_code,
        sending_id=sending.id,
        delivering_id=delivering.id,
        enrolled_at=clock.now(),
        ended_at=None,
    )
    if created:
        record("enrolment.created", enrolment, by=by)
    return enrolment


def read_lesson(*, enrolment: Enrolment, lesson: Lesson, by: Actor) -> LessonRead:
    """Note that the learner says to have read a lesson; saying it twice is saying it once.

    Raises:
        NotFound: the enrolment is somebody else's, or the lesson is of another version.
    """
    if enrolment.person_id != by.id or lesson.module_version_id != enrolment.module_version_id:
        raise NotFound()
    row, created = insert_once(
        LessonRead,
        ("enrolment_id", "lesson_code"),
        enrolment_id=enrolment.id,
        lesson_code=lesson.code,
        read_at=clock.now(),
    )
    if created:
        record("lesson.read", row, by=by)
    return row
