"""The acts of a sitting, each by the person who does it, in transactions of their own."""

from dataclasses import dataclass, replace
from datetime import timedelta

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt
from lms.columns import digest, new_id
from lms.curriculum.exams import questions_by_id
from lms.curriculum.models import Definition
from lms.curriculum.storing import store_row
from lms.db import db, transaction
from lms.examination import actions, queries, reporting
from lms.examination.evidence import has_passed
from lms.learning.actions import enrol
from lms.people.models import Organisation, Person
from tests import walk
from tests.factories import actor_for

DOMAINS = [
    {"title": "What and why", "modules": ["FND101"]},
    {"title": "Numbers and rooms", "modules": ["FND103", "FND104"]},
]
CONTENT = {
    "id": "X02", "title": "An exam over three modules", "version": "1.0.0", "summary": "X",
    "modules": ["FND101", "FND103", "FND104"], "validity_months": 24, "approval": "rule",
    "requires": [{"competency": "FND-02", "level": 1}],
    "exam": {"items": 12, "overall": "0.75", "each_domain": "0.60", "critical_all_right": True,
             "domain": DOMAINS},
}  # fmt: skip


@dataclass(frozen=True)
class Room:
    """Who takes part: a learner enrolled for X02, their invigilator, one of another site."""

    hub: walk.Hub
    enrolment: str
    learner: Actor
    invigilator: Actor
    stranger: Actor


def store_programme() -> None:
    """Store X02, in the open transaction."""
    row = Definition(
        kind="programme", code="X02", number=1, version="1.0.0", title=str(CONTENT["title"]),
        content=CONTENT, content_digest=digest(CONTENT), stored_at=clock.now(),
    )  # fmt: skip
    store_row("definition.stored", row, SYSTEM)


def enrolled(room: Room, person_id: str) -> Room:
    """Enrol somebody else for X02; returns the room with them in the learner's place."""
    with transaction():
        id = enrol(
            person=db.session.get_one(Person, person_id),
            version=walk.current_version(),
            programme_code="X02",
            sending=db.session.get_one(Organisation, room.hub.sending),
            delivering=db.session.get_one(Organisation, room.hub.delivering),
            by=SYSTEM,
        ).id
    return replace(room, enrolment=id, learner=actor_for(person_id))


def open_sitting(room: Room) -> str:
    """Open a sitting of X02; returns it."""
    with transaction():
        return actions.open_sitting(
            once=new_id(), programme="X02", place_id=room.hub.delivering, room="Room 1",
            by=room.invigilator,
        ).id  # fmt: skip


def look(room: Room, sitting: str, *, agrees: bool = True, number: int = 0, note: str = "") -> None:
    """Compare the learner with a passport."""
    with transaction():
        actions.check_identity(
            sitting_id=sitting, person_id=room.learner.id, document="passport", agrees=agrees,
            note=note, read_number=number, by=room.invigilator,
        )  # fmt: skip


def code_of(room: Room, sitting: str) -> str:
    """Return the code of a sitting's room."""
    with transaction(write=False):
        return queries.sitting(sitting, room.invigilator).row.code


def begin(room: Room, code: str) -> str:
    """Let the learner begin; returns the attempt."""
    with transaction():
        return actions.enter_exam(
            code=code, locale="en", checked=walk.checked(room.learner), by=room.learner
        ).id


def answer(attempt_id: str, learner: Actor, *, right: bool = True) -> None:
    """Answer everything rightly (or nothing), and hand in."""
    with transaction():
        attempt = db.session.get_one(Attempt, attempt_id)
        items = attempts.items_of(attempt_id)
        pairs = questions_by_id({item.question_id for item in items})
        for item in items if right else ():
            question, key = pairs[item.question_id]
            given = walk.RIGHT[item.kind](key.key | {"shown": question.shown}, item.variant)
            walk.save(attempt.id, item.id, given, learner)
        assessment.submit_attempt(attempt_id=attempt_id, by=learner)


def sign(room: Room, sitting: str) -> str:
    """Sign a sitting as its page shows it; returns the report."""
    with transaction(write=False):
        held = queries.sitting(sitting, room.invigilator)
        read = digest(reporting.statement(held))
    with transaction():
        return actions.sign_sitting(
            sitting_id=sitting, read=read, checked=walk.checked(room.invigilator),
            by=room.invigilator,
        ).id  # fmt: skip


def passed(room: Room) -> bool:
    """Tell whether the learner has shown the exam of X02."""
    with transaction(write=False):
        return has_passed(room.learner.id, CONTENT)


def later(hours: int) -> None:
    """Let the clock tell a later time."""
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(hours=hours))
