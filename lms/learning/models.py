"""Enrolments and what was read."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Recorded, UtcDateTime, db


class Enrolment(Recorded, db.Model):
    """A person learns a module, sent by one organisation and taught by another.

    It names the version that is learnt, and the programme it counts for, if any.
    """

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("person_id", "module_version_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"), index=True)
    programme_code: Mapped[str | None] = mapped_column(String(20), index=True)
    sending_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    delivering_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LessonRead(AppendOnly, db.Model):
    """A learner said of a lesson: I have read this."""

    __tablename__ = "lesson_read"
    __table_args__ = (UniqueConstraint("enrolment_id", "lesson_code"),)

    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), index=True)
    lesson_code: Mapped[str] = mapped_column(String(60))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
