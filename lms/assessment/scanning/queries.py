"""Read which files wait for a scan, what was said of a file, and where malware was found."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment.models import Attempt, AttemptItem, Response, Submission
from lms.assessment.queries import kinds
from lms.assessment.scanning.models import FileScan
from lms.db import db
from lms.errors import Conflict
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.store import scanner

UNSCANNED, CLEAN, INFECTED, FAILED = "unscanned", "clean", "infected", "failed"
MOST_TRIES = 3  # of a file that the scanner cannot read; somebody looks at it then
_MOST_CARDS = 20


def pending(limit: int) -> list[str]:
    """Return the responses with a file that no scan has settled, the oldest first.

    Nothing waits while the hub has no scanner.
    """
    if not scanner.is_set():
        return []
    names = [kind.name for kind in kinds().values() if kind.takes_files]
    settled = exists().where(
        FileScan.response_id == Response.id,
        sa.or_(FileScan.state.in_((CLEAN, INFECTED)), FileScan.number >= MOST_TRIES),
    )
    statement = (
        select(Response.id)
        .join(AttemptItem, AttemptItem.id == Response.item_id)
        .where(AttemptItem.kind.in_(names), Response.given.is_not(None), ~settled)
        .order_by(Response.received_at, Response.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def scans_of(response_id: str) -> list[FileScan]:
    """Return the scans of a response's file, the last one last."""
    statement = (
        select(FileScan).where(FileScan.response_id == response_id).order_by(FileScan.number)
    )
    return list(db.session.scalars(statement))


def state_of(digest: str) -> tuple[str, str]:
    """Return how a file of this digest stands, and what was said of it: one indexed read.

    Malware once found counts for whoever sent the same bytes; else the last scan stands.
    """
    statement = (
        select(FileScan.state, FileScan.said)
        .where(FileScan.digest == digest)
        .order_by((FileScan.state == INFECTED).desc(), FileScan.scanned_at.desc())
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return (row[0], row[1]) if row else (UNSCANNED, "")


def check_given_out(digest: str) -> None:
    """Refuse to hand a file out that may hold malware.

    Without a scanner files are handed out (pages say so); malware that was ever found never is.

    Raises:
        Conflict: with what is the matter, and what to do.
    """
    state, said = state_of(digest)
    if state == INFECTED:
        raise Conflict(scanner.INFECTED, found=said)
    if scanner.is_set() and state == UNSCANNED:
        raise Conflict(scanner.WAITING)
    if scanner.is_set() and state == FAILED:
        raise Conflict(scanner.UNREADABLE)


@dataclass(frozen=True)
class Infected:
    """An answer whose file holds malware, and still counts."""

    attempt_id: str
    position: int
    said: str
    open: bool


def _infected() -> sa.Select[str, int, str, str | None]:
    later = aliased(Response)
    return (
        select(Attempt.id, AttemptItem.position, func.max(FileScan.said), Submission.id)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(Response, Response.item_id == AttemptItem.id)
        .join(FileScan, FileScan.response_id == Response.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .where(
            FileScan.state == INFECTED,
            ~exists().where(later.item_id == AttemptItem.id, later.number > Response.number),
        )
        .group_by(Attempt.id, AttemptItem.position, Submission.id)
        .order_by(Attempt.id, AttemptItem.position)
        .limit(_MOST_CARDS)
    )


def own_infected(by: Actor) -> list[Infected]:
    """Return the actor's own answers whose file holds malware: one query."""
    return _found(_infected().where(Attempt.person_id == by.id))


def seen_infected(by: Actor) -> list[Infected]:
    """Return the handed-in answers with malware that the actor may see as an instructor."""
    if not by.has("instructor"):
        return []
    statement = seen_by(_infected(), by).where(
        Attempt.person_id != by.id, Submission.id.is_not(None)
    )
    return _found(statement)


def _found(statement: sa.Select[str, int, str, str | None]) -> list[Infected]:
    rows = db.session.execute(statement)
    return [Infected(attempt, place, said, handed is None) for attempt, place, said, handed in rows]
