"""Append what a scanner said of the file of a response."""

from lms import clock
from lms.actor import SYSTEM
from lms.assessment.models import Response
from lms.assessment.scanning import queries
from lms.assessment.scanning.models import FileScan
from lms.db import insert_once
from lms.records.actions import record
from lms.store.scanner import Scanned


def note_scan(*, response: Response, number: int, scanned: Scanned) -> FileScan:
    """Append the `number`-th scan of a response's file; the same number again changes nothing."""
    row, created = insert_once(
        FileScan,
        ("response_id", "number"),
        response_id=response.id,
        number=number,
        digest=str(response.given["file"]["digest"]),
        state=scanned.state,
        said=scanned.said,
        scanned_at=clock.now(),
    )
    if created:
        record("file.scanned", row, by=SYSTEM)
    return row


def is_settled(scans: list[FileScan]) -> bool:
    """Tell whether a file needs no further scan."""
    settled = any(one.state in (queries.CLEAN, queries.INFECTED) for one in scans)
    return settled or len(scans) >= queries.MOST_TRIES
