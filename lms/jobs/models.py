"""What the operator's page tells of background work: workers seen, and faults; no training records.

Rows of the machine, not of the hub: they are left out of backups and go away when all is well.
"""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Row, UtcDateTime, db


class WorkerSeen(Row, db.Model):
    """A worker process, and when it last said that it lives."""

    __tablename__ = "worker_seen"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Fault(Row, db.Model):
    """A hook or an item of work that failed, how often, and the number to find it by in the log.

    `place` is "plugin.hook" or the kind of work; `item` the id of what it failed on, "" for a hook.
    """

    __tablename__ = "fault"
    __table_args__ = (UniqueConstraint("place", "item"),)

    place: Mapped[str] = mapped_column(String(120))
    item: Mapped[str] = mapped_column(String(80))
    said: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(10))
    times: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
