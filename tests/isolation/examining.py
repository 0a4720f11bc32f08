"""A sitting, and a sheet of paper in it, for each person; their doors are in examined.py."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from lms import clock
from lms.actor import SYSTEM
from lms.assessment.models import Attempt, AttemptItem
from lms.assessment.timing.models import OnPaper
from lms.columns import new_id
from lms.db import Recorded, db
from lms.examination.models import IdentityCheck, Seat, Sitting
from lms.examination.onpaper.models import PaperEntry, PaperTimes
from lms.learning.models import Enrolment
from lms.people.models import Organisation, Person
from lms.records.actions import record
from tests.factories import make_person
from tests.isolation.attesting import any_definition

READER = "Nobody who reads sheets"


def sheet_of(own: Attempt, item_id: str, sitting: str) -> tuple[str, str]:
    """Append an attempt on paper beside one's own, written and entered by two who differ.

    Returns:
        The attempt, and its only question.
    """
    now, person = clock.now(), own.person_id
    attempt = _kept(_like(own, Attempt, number=0))
    item = db.session.get_one(AttemptItem, item_id)
    question = _kept(_like(item, AttemptItem, attempt_id=attempt.id, position=1))
    check = _kept(
        IdentityCheck(
            sitting_id=sitting, person_id=person, number=1, enrolment_id=own.enrolment_id,
            document="passport", agrees=True, note="", checked_by=person, checked_at=now,
        )
    )  # fmt: skip
    _kept(
        Seat(
            sitting_id=sitting, attempt_id=attempt.id, person_id=person, check_id=check.id,
            taken_at=now,
        )
    )  # fmt: skip
    _kept(OnPaper(attempt_id=attempt.id, reason="No power", taken_by=person, taken_at=now))
    _kept(
        PaperTimes(
            attempt_id=attempt.id, number=1, began_at=now, ended_at=now + timedelta(minutes=9),
            noted_by=person, noted_at=now,
        )
    )  # fmt: skip
    for number, (by, text) in enumerate(((person, "1"), (_reader(person), "2")), 1):
        answers = {question.id: {"text": text, "unit": ""}}
        _kept(
            PaperEntry(
                attempt_id=attempt.id, number=number, answers=answers, entered_by=by,
                entered_at=now,
            )
        )  # fmt: skip
    return attempt.id, question.id


def _reader(person: str) -> str:
    """Return somebody else: a person of no role, made when the first asks."""
    found = db.session.scalars(select(Person.id).where(Person.name == READER)).first()
    if found is None:
        place = db.session.get_one(Organisation, db.session.get_one(Person, person).organisation_id)
        found = make_person(place, name=READER).id
    return found


def _like(row: Any, model: Any, **other: Any) -> Any:
    columns = [column.key for column in model.__table__.columns if column.key != "id"]
    return model(**{name: getattr(row, name) for name in columns} | other)


def _kept(row: Recorded) -> Any:
    db.session.add(row)
    record("sheet.made", row, by=SYSTEM)
    return row


def sitting_of(enrolment: Enrolment, room: str) -> str:
    """Append a sitting where somebody is taught, opened by them, in a room of theirs."""
    row = Sitting(
        once=new_id(),
        programme_code=enrolment.programme_code,
        definition_id=any_definition(),
        place_id=enrolment.delivering_id,
        room=room,
        code="AAAAAA",
        opened_by=enrolment.person_id,
        opened_at=clock.now(),
    )
    db.session.add(row)
    record("sitting.opened", row, by=SYSTEM)
    return row.id
