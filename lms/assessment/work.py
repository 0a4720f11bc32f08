"""Closes attempts whose time is over."""

from lms import clock
from lms.assessment import actions, queries
from lms.db import transaction
from lms.jobs.rules import Work


def _pending(limit: int) -> list[str]:
    return queries.overdue(clock.now(), limit)


def _close(attempt_id: str) -> None:
    with transaction():
        actions.close_overdue(attempt_id)


CLOSE = Work("assessment.close", _pending, _close)
