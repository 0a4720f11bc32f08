"""A sitting for each person of the two sites; its doors are in examined.py."""

from lms import clock
from lms.actor import SYSTEM
from lms.columns import new_id
from lms.db import db
from lms.examination.models import Sitting
from lms.learning.models import Enrolment
from lms.records.actions import record
from tests.isolation.attesting import any_definition


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
