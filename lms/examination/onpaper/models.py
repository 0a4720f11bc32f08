"""Sheets of exams written on paper: when they were written, who read what on them, which reading
stands where two differ. All appended; that an attempt is on paper stands with the attempts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, UtcDateTime, db


class PaperTimes(AppendOnly, db.Model):
    """When a candidate wrote on paper, as the invigilator noted it; the newest counts."""

    __tablename__ = "paper_times"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperEntry(AppendOnly, db.Model):
    """What one person read on a sheet: by item what was given, blanks left out.

    Two of them for an attempt, `number` 1 and 2, by two people.
    """

    __tablename__ = "paper_entry"
    __table_args__ = (
        UniqueConstraint("attempt_id", "number"),
        UniqueConstraint("attempt_id", "entered_by"),
    )

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    answers: Mapped[Any] = mapped_column(Canonical)
    entered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperChoice(AppendOnly, db.Model):
    """Which of two entries shows what stands on the sheet for an item; the newest counts."""

    __tablename__ = "paper_choice"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"))
    number: Mapped[int]
    entry_id: Mapped[str] = mapped_column(ForeignKey("paper_entry.id"))
    reason: Mapped[str] = mapped_column(String(300))
    chosen_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
