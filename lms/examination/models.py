"""Sittings of exams: opened by an invigilator, identity seen, seats taken, incidents noted, signed.
All appended; what is answered in a sitting stands with the attempts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, UtcDateTime, db


class Sitting(AppendOnly, db.Model):
    """A room in which people take a programme's exam together; its code lets them begin.

    `place_id` is the organisation that delivers it, `room` says where in words.
    """

    __tablename__ = "sitting"

    once: Mapped[str] = mapped_column(String(26), unique=True)
    programme_code: Mapped[str] = mapped_column(String(20), index=True)
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    place_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    room: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(12))
    opened_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IdentityCheck(AppendOnly, db.Model):
    """Somebody compared a candidate with a paper that shows who they are; the newest counts.

    Which kind of paper it was is kept, never its number. `enrolment_id` is the candidate's
    enrolment in the exam, which the first check that agrees begins.
    """

    __tablename__ = "identity_check"
    __table_args__ = (UniqueConstraint("sitting_id", "person_id", "number"),)

    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    enrolment_id: Mapped[str | None] = mapped_column(ForeignKey("enrolment.id"))
    document: Mapped[str] = mapped_column(String(20))
    agrees: Mapped[bool]
    note: Mapped[str]
    checked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Seat(AppendOnly, db.Model):
    """A candidate began an attempt in a sitting, with its code and the own password again."""

    __tablename__ = "seat"

    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id"), index=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    check_id: Mapped[str] = mapped_column(ForeignKey("identity_check.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Incident(AppendOnly, db.Model):
    """Something that happened in a sitting, to one candidate or (None) to all."""

    __tablename__ = "incident"

    once: Mapped[str] = mapped_column(String(26), unique=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    noted_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SittingReport(AppendOnly, db.Model):
    """What the invigilator signed of a sitting: candidates, identity, times, incidents. It closes
    the sitting; the signature is the row in `signature` that names this one."""

    __tablename__ = "sitting_report"

    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id"), unique=True)
    statement: Mapped[Any] = mapped_column(Canonical)
    signed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
