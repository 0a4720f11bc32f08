"""Copy into an attempt, at its start, the extra time that its learner has."""

from lms.actor import Actor
from lms.assessment.models import Attempt
from lms.assessment.timing.models import Allowance
from lms.assessment.timing.queries import Allowed
from lms.db import db
from lms.records.actions import record


def keep_allowance(attempt: Attempt, allowed: Allowed, *, by: Actor) -> Allowance:
    """Append to an attempt that was just begun what extra time it was given, and by which act."""
    row = Allowance(
        attempt_id=attempt.id,
        accommodation_id=allowed.act.id,
        percent=allowed.act.percent,
        paper_minutes=allowed.paper_minutes,
        extra_minutes=allowed.extra_minutes,
    )
    db.session.add(row)
    record("attempt.time-allowed", row, by=by)
    return row
