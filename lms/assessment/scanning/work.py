"""Scans files that learners sent, where the hub has a scanner; talks to it between transactions."""

from lms.assessment.models import Response
from lms.assessment.scanning import actions, queries
from lms.db import db, transaction
from lms.jobs.rules import Work
from lms.store import actions as store
from lms.store import scanner


def _scan(response_id: str) -> None:
    with transaction(write=False):
        response = db.session.get(Response, response_id)
        scans = queries.scans_of(response_id)
        file = response.given.get("file") if response and response.given else None
    if response is None or file is None or actions.is_settled(scans):
        return
    scanned = scanner.scan(store.get(file["digest"]))  # raises ScannerAway: it stays pending
    with transaction():
        again = db.session.get(Response, response_id)
        assert again is not None, "responses are never removed"
        actions.note_scan(response=again, number=len(scans) + 1, scanned=scanned)


SCAN = Work("assessment.scan", queries.pending, _scan)
