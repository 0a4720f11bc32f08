"""Extra time and a proposed void for each person of the two sites; their doors are in timed.py."""

from lms import clock
from lms.accommodation.models import AttemptVoid
from lms.actor import SYSTEM
from lms.assessment.models import Attempt
from lms.assessment.timing.models import Accommodation
from lms.columns import new_id
from lms.db import db
from lms.records.actions import record


def void_of(attempt: Attempt, secret: str) -> str:
    """Propose that an attempt does not count, in words of its learner's; returns the proposal.

    Its learner has had extra time too, with a remark that nobody else is to read.
    """
    row = AttemptVoid(
        attempt_id=attempt.id,
        number=1,
        category="illness",
        reason=secret,
        gives_back=True,
        proposed_by=attempt.person_id,
        proposed_at=clock.now(),
    )
    act = Accommodation(
        once=new_id(),
        person_id=attempt.person_id,
        number=1,
        percent=25,
        category="access",
        note=secret,
        valid_from=clock.today(),
        valid_until=None,
        granted_by=attempt.person_id,
        granted_at=clock.now(),
    )
    db.session.add_all([row, act])
    record("attempt.void-proposed", row, by=SYSTEM)
    record("accommodation.granted", act, by=SYSTEM)
    return row.id
