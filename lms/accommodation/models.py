"""Attempts that are not to count: as one person proposed it, and what a second decided."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, UtcDateTime, db


class AttemptVoid(AppendOnly, db.Model):
    """A proposal that an attempt does not count, and whether its chance is given back.

    Signed "proposed" by whoever made it; nothing has changed yet. The attempt and its answers stay.
    """

    __tablename__ = "attempt_void"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    category: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    gives_back: Mapped[bool]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoidDecision(AppendOnly, db.Model):
    """What became of a proposal: a second person voided the attempt, or somebody declined; once."""

    __tablename__ = "void_decision"

    void_id: Mapped[str] = mapped_column(ForeignKey("attempt_void.id"), unique=True)
    decision: Mapped[str] = mapped_column(String(20))
    note: Mapped[str]
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
