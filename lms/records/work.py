"""The sequencer: puts committed events into the audit log's tree."""

from lms.db import transaction
from lms.jobs.rules import Work
from lms.records import actions, queries


def _pending(limit: int) -> list[str]:
    return ["audit"] if queries.unsequenced(1) else []


def _sequence(_item: str) -> None:
    with transaction():
        actions.sequence_events()


SEQUENCE = Work("records.sequence", _pending, _sequence, queries.waiting)
