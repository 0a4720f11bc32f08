"""Enrol a person in a module, end it, enrol again; note that a lesson was read."""

from lms import clock
from lms.actor import Actor
from lms.curriculum.models import Lesson, ModuleVersion
from lms.db import insert_once
from lms.errors import N_, NotAllowed, NotFound, RuleBroken
from lms.learning.models import Enrolment, LessonRead
from lms.people.models import Organisation, Person
from lms.people.queries import hold_person
from lms.plugins import plugins
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

    One person and version are one enrolment for ever: where it had ended it runs again, under the
    organisations named now; where it stood for no programme it stands for this one from now on.
    What it said before stays in the audit trail.

    Raises:
        NotAllowed: `by` is neither the system nor a coordinator above one of the organisations.
    """
    _check_coordinates(by, sending, delivering)
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
    elif enrolment.ended_at is not None:
        _begin_again(enrolment, programme_code, sending, delivering, by=by)
    elif programme_code and enrolment.programme_code is None:
        enrolment.programme_code = programme_code
        record(
            "enrolment.changed",
            enrolment,
            by=by,
            old={"programme_code": None},
            reason="Enrolled for a programme",
        )
    else:
        return enrolment
    hold_person(person.id)
    plugins().announce("enrolment_begun", record=enrolment)
    return enrolment


def _check_coordinates(by: Actor, sending: Organisation, delivering: Organisation) -> None:
    covered = by.covers(sending.path, "coordinator") or by.covers(delivering.path, "coordinator")
    if by.id != "system" and not covered:
        raise NotAllowed(N_("Only a coordinator of one of the organisations may enrol people."))


def _begin_again(
    enrolment: Enrolment,
    programme_code: str | None,
    sending: Organisation,
    delivering: Organisation,
    *,
    by: Actor,
) -> None:
    values = {
        "programme_code": programme_code,
        "sending_id": sending.id,
        "delivering_id": delivering.id,
        "enrolled_at": clock.now(),
        "ended_at": None,
    }
    old = {name: getattr(enrolment, name) for name in values}
    for name, value in values.items():
        setattr(enrolment, name, value)
    changed = {name: was for name, was in old.items() if was != values[name]}
    record("enrolment.reopened", enrolment, by=by, old=changed, reason="Enrolled again")


def end_enrolment(
    *,
    enrolment: Enrolment,
    sending: Organisation,
    delivering: Organisation,
    reason: str,
    by: Actor,
) -> Enrolment:
    """End an enrolment: nothing more can be begun in it, everything done in it stays.

    Args:
        sending, delivering: the enrolment's organisations.
        reason: why, at most 500 characters; kept in the audit trail.

    Raises:
        NotAllowed: `by` coordinates neither organisation.
        RuleBroken: it has ended already, or no reason is given.
    """
    _check_coordinates(by, sending, delivering)
    if enrolment.ended_at is not None:
        raise RuleBroken(N_("This enrolment has ended already."))
    enrolment.ended_at = clock.now()
    record("enrolment.ended", enrolment, by=by, old={"ended_at": None}, reason=reason)
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
