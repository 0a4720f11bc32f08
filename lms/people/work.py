"""Purge what is no record and no longer needed: old tries to sign in, sessions that have ended."""

import sqlalchemy as sa

from lms import clock
from lms.db import db, transaction
from lms.jobs.rules import Work
from lms.people.models import SessionHeld, SignInTry
from lms.people.rules import KEPT_AFTER_END, LONGEST_SESSION, WINDOW


def _old(item: str) -> tuple[type[SignInTry] | type[SessionHeld], sa.ColumnElement[bool]]:
    now = clock.now()
    if item == "tries":
        return SignInTry, SignInTry.at < now - WINDOW
    ended = SessionHeld.ended_at < now - KEPT_AFTER_END
    return SessionHeld, ended | (SessionHeld.begun_at < now - LONGEST_SESSION)


def _pending(limit: int) -> list[str]:
    def is_there(item: str) -> bool:
        model, old = _old(item)
        return bool(db.session.scalar(sa.select(sa.exists(sa.select(model.id).where(old)))))

    return [item for item in ("tries", "sessions") if is_there(item)][:limit]


def _purge(item: str) -> None:
    model, old = _old(item)
    with transaction():
        db.session.execute(sa.delete(model).where(old))


PURGE = Work("people.purge", _pending, _purge)
