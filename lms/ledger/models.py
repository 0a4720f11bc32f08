"""The named logs, their leaves and their signed checkpoints; never what the leaves stand for."""

from datetime import datetime

from sqlalchemy import LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, Row, UtcDateTime, db


class Log(Row, db.Model):
    """A named log and the public key it is signed with; its row is what sequencers lock.

    It is no append-only fact: PostgreSQL locks a row only for a role that may update it.
    """

    __tablename__ = "log"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    verifier_key: Mapped[str] = mapped_column(Text)


class Leaf(AppendOnly, db.Model):
    """The place of one entry in a log, and the hash of the bytes it had when it got there."""

    __tablename__ = "leaf"
    __table_args__ = (UniqueConstraint("log", "position"), UniqueConstraint("log", "entry_id"))

    log: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]  # from 0, without gaps
    entry_id: Mapped[str] = mapped_column(String(80))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Checkpoint(AppendOnly, db.Model):
    """A signed statement that a log had this root at this size; the note is what goes outside."""

    __tablename__ = "checkpoint"
    __table_args__ = (UniqueConstraint("log", "size"),)

    log: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]  # leaves
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    frontier: Mapped[list[str]] = mapped_column(Canonical)  # hex, largest subtree first
    note: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
