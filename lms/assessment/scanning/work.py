"""Scans files that learners sent, where the hub has a scanner; talks to it between transactions."""

from lms.assessment.models import Response
from lms.assessment.scanning import actions, queries
from lms.db import db, transaction
from lms.jobs.rules import Work
from lms.store import actions as store
from lms.store import scanner


def _scan(response_id: str) -> None:
    with transaction(write=False):
        digest, number = _next(response_id)
    if digest is None:
        return
    scanned = scanner.scan(store.get(digest))  # raises ScannerAway: it stays pending
    with transaction():
        response = db.session.get_one(Response, response_id)
        actions.note_scan(response=response, number=number, scanned=scanned)


def _next(response_id: str) -> tuple[str | None, int]:
    """Return which file is to be scanned, None if none is, and the number of its next scan."""
    response, scans = db.session.get(Response, response_id), queries.scans_of(response_id)
    file = response.given.get("file") if response and response.given else None
    if file is None or actions.is_settled(scans):
        return None, 0
    return str(file["digest"]), len(scans) + 1


SCAN = Work("assessment.scan", queries.pending, _scan)
