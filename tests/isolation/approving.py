"""Makes an approval to mark; its door is in marking.py."""

from lms import clock
from lms.actor import Actor
from lms.db import db
from lms.grading.models import MarkerApproval
from lms.records.actions import record


def approved_marker(person_id: str, reason: str, by: Actor) -> str:
    """Approve somebody for a module that no walk marks; return the approval."""
    row = MarkerApproval(
        person_id=person_id,
        module_code="FND999",
        reason=reason,
        approved_by=by.id,
        approved_at=clock.now(),
    )
    db.session.add(row)
    record("marker.approved", row, by=by, reason=reason)
    return row.id
