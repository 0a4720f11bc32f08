"""Write down which hooks and which items of work failed, and that a worker lives; forget it again.

What is told here is a help for the operator: where it cannot be written, work goes on without.
"""

import logging
import os
import socket
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from lms import clock
from lms.columns import new_id
from lms.db import db, insert_once, transaction
from lms.jobs.models import Fault, WorkerSeen
from lms.plugins import plugins

log = logging.getLogger(__name__)
_LONGEST = 200
BEAT = timedelta(seconds=60)  # how often a worker says that it lives
_GONE = timedelta(days=1)
_KEPT = timedelta(days=30)


def init_faults(app: Any) -> None:
    """Write down after each request which hooks failed in it."""
    app.teardown_request(lambda _error: tell())


def tell() -> None:
    """Write down the hooks that failed in this process and were not told yet."""
    known = plugins()
    if not known.untold:
        return
    told, known.untold = known.untold, set()
    db.session.rollback()  # what an error page still read
    for place in told:
        fault = known.faults[place]
        _write(place, "", fault.said, fault.reference)


def note(work: str, item: str, error: Exception) -> str:
    """Write down that an item of work failed; returns the number to find it by in the log."""
    reference = new_id()[:10]
    _write(work, item, f"{type(error).__name__}: {error}", reference)
    return reference


def _write(place: str, item: str, said: str, reference: str) -> None:
    now = clock.now()
    try:
        with transaction():
            row, new = insert_once(
                Fault, ("place", "item"), place=place[:120], item=item[:80], said=said[:_LONGEST],
                reference=reference, times=1, first_at=now, last_at=now,
            )  # fmt: skip
            if not new:
                row.times, row.last_at = row.times + 1, now
                row.said, row.reference = said[:_LONGEST], reference
    except Exception:
        log.exception("the fault of %s could not be written down", place)


def items_of(work: str) -> set[str]:
    """Return the items of a kind of work that failed, in the open transaction."""
    return set(db.session.scalars(sa.select(Fault.item).where(Fault.place == work)))


def forget(work: str, items: Collection[str]) -> None:
    """Remove what was written down of items that wait no longer."""
    with transaction():
        db.session.execute(sa.delete(Fault).where(Fault.place == work, Fault.item.in_(items)))


def beat(begun_at: datetime, last: datetime | None) -> datetime | None:
    """Say that this worker lives, unless it did a moment ago; returns when it was said last."""
    now = clock.now()
    if last is not None and now - last < BEAT:
        return last
    try:
        with transaction():
            name = f"{socket.gethostname()}:{os.getpid()}"
            row, new = insert_once(
                WorkerSeen, ("name",), name=name[:120], begun_at=begun_at, seen_at=now
            )
            if not new:
                row.begun_at, row.seen_at = begun_at, now
            db.session.execute(sa.delete(WorkerSeen).where(WorkerSeen.seen_at < now - _GONE))
            db.session.execute(sa.delete(Fault).where(Fault.last_at < now - _KEPT))
    except Exception:
        log.exception("the worker could not say that it lives")
    return now
