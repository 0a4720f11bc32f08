"""Read slips, and the sessions in which somebody is signed in."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from lms.account.models import Slip, SlipUse
from lms.account.rules import is_good
from lms.db import db
from lms.errors import NotFound
from lms.people.models import Password, Person, SessionHeld


def newest_slip(person_id: str) -> tuple[Slip | None, bool]:
    """Return a person's newest slip and whether it was used."""
    row = db.session.execute(
        select(Slip, SlipUse.id)
        .outerjoin(SlipUse, SlipUse.slip_id == Slip.id)
        .where(Slip.person_id == person_id)
        .order_by(Slip.number.desc())
        .limit(1)
    ).first()
    return (row[0], row[1] is not None) if row else (None, False)


def good_slip(person_id: str, now: datetime) -> Slip | None:
    """Return the slip with which a person could set a password now."""
    slip, used = newest_slip(person_id)
    if slip and is_good(written_at=slip.written_at, used=used, newer=False, now=now):
        return slip
    return None


def was_written(person_ids: Collection[str], batch: str) -> bool:
    """Tell whether the page `batch` has already written a slip for one of some people."""
    statement = select(Slip.id).where(Slip.person_id.in_(person_ids), Slip.batch == batch)
    return db.session.scalars(statement.limit(1)).first() is not None


def has_password(person_id: str) -> bool:
    """Tell whether a person ever set a password."""
    statement = select(Password.id).where(Password.person_id == person_id).limit(1)
    return db.session.scalar(statement) is not None


def sessions_of(person_id: str) -> Sequence[SessionHeld]:
    """Return the sessions of a person that nobody ended, newest first."""
    statement = (
        select(SessionHeld)
        .where(SessionHeld.person_id == person_id, SessionHeld.ended_at.is_(None))
        .order_by(SessionHeld.begun_at.desc())
    )
    return db.session.scalars(statement.limit(50)).all()


def own_session(session_id: str, person_id: str) -> SessionHeld:
    """Return one of a person's own sessions that nobody ended.

    Raises:
        NotFound: there is none of this id, or it is somebody else's.
    """
    statement = select(SessionHeld).where(
        SessionHeld.id == session_id,
        SessionHeld.person_id == person_id,
        SessionHeld.ended_at.is_(None),
    )
    session = db.session.scalars(statement).first()
    if session is None:
        raise NotFound()
    return session


def own_person(person_id: str) -> Person:
    """Return the person who is signed in."""
    return db.session.get_one(Person, person_id)


def next_number(person_id: str) -> int:
    """Return the number that a person's next slip has (from 1)."""
    return (
        db.session.scalar(select(func.max(Slip.number)).where(Slip.person_id == person_id)) or 0
    ) + 1
