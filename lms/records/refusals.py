"""Records refused access in a transaction of its own, opened after the request's has ended."""

from flask import request

from lms import clock
from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.errors import DomainError
from lms.records.actions import record
from lms.records.models import Refusal
from lms.web.access import maybe_actor


def record_refusal(error: DomainError) -> None:
    """Append that the one signed in tried what they may not."""
    actor = maybe_actor()
    with transaction():
        row = Refusal(
            person_id=actor.id if actor else None,
            method=request.method,
            endpoint=request.endpoint or "",
            said=str(error)[:300],
            refused_at=clock.now(),
        )
        db.session.add(row)
        record("access.refused", row, by=actor or SYSTEM)
