"""Extra time of learners, what of it an attempt was begun with, minutes given to it, what is
written on paper. Appended."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, UtcDateTime, db


class Accommodation(AppendOnly, db.Model):
    """An act about a learner's extra time; it supersedes the earlier ones from its first day.

    `percent` of a paper's own time on top of it, 0: none any more. `category` says why in a word,
    `note` in few; no diagnosis belongs there, and only those who may grant read it.
    """

    __tablename__ = "accommodation"
    __table_args__ = (UniqueConstraint("person_id", "number"),)

    once: Mapped[str] = mapped_column(String(26), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    percent: Mapped[int]
    category: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    granted_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Allowance(AppendOnly, db.Model):
    """What extra time an attempt was begun with, and by which act; no later act alters it."""

    __tablename__ = "attempt_allowance"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), unique=True)
    accommodation_id: Mapped[str] = mapped_column(ForeignKey("accommodation.id"))
    percent: Mapped[int]
    paper_minutes: Mapped[int]
    extra_minutes: Mapped[int]


class Extension(AppendOnly, db.Model):
    """More minutes for a running attempt, with the reason; `ends_at` is when it ends by that."""

    __tablename__ = "attempt_extension"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    once: Mapped[str] = mapped_column(String(26), unique=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    minutes: Mapped[int]
    category: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(300))
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OnPaper(AppendOnly, db.Model):
    """An attempt is written on paper from here on, with the reason: the clock does not close it,
    and no page answers it; what stands on the sheet is taken over later."""

    __tablename__ = "attempt_on_paper"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(300))
    taken_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
