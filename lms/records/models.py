"""Audit events and electronic signatures: facts about facts, appended and never rewritten."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, Id, UtcDateTime, db


class Event(AppendOnly, db.Model):
    """One act: who, when, what, old → new, why, with the digest of the row it left behind.

    `content` is the canonical bytes of all of it; the audit log's leaf is made of those bytes.
    """

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject_table", "subject_id", "at"),)

    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[str] = mapped_column(Id, index=True)
    kind: Mapped[str] = mapped_column(String(60))
    subject_table: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(Id)
    # The number of this event among its subject's, so that the newest needs no clock.
    ordinal: Mapped[int]
    subject_digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Signature(AppendOnly, db.Model):
    """An electronic signature: printed name, time, meaning, and a digest of what was signed."""

    __tablename__ = "signature"

    person_id: Mapped[str] = mapped_column(Id, index=True)
    printed_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    meaning: Mapped[str] = mapped_column(String(40))
    subject_table: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(Id, index=True)
    subject_digest: Mapped[str] = mapped_column(String(64))
    method: Mapped[str] = mapped_column(String(40))
    proved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Epoch(AppendOnly, db.Model):
    """A life of this database: a restore begins a new one, so that clients send again."""

    __tablename__ = "epoch"

    number: Mapped[int] = mapped_column(unique=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(200))
    origin: Mapped[Any] = mapped_column(Canonical)


class Refusal(AppendOnly, db.Model):
    """Somebody tried what their role does not allow."""

    __tablename__ = "refusal"

    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    method: Mapped[str] = mapped_column(String(8))
    endpoint: Mapped[str] = mapped_column(String(100))
    said: Mapped[str] = mapped_column(String(300))
    refused_at: Mapped[datetime] = mapped_column(UtcDateTime)
