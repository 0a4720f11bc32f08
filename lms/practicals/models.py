"""Sheets of observed practicals: what was tapped, who signed, what it came to. All appended."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, UtcDateTime, db


class Sheet(AppendOnly, db.Model):
    """One observation of a learner at a practical, by the instructor who opened it."""

    __tablename__ = "sheet"
    __table_args__ = (UniqueConstraint("enrolment_id", "practical_id", "number"),)

    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    practical_id: Mapped[str] = mapped_column(ForeignKey("practical.id"), index=True)
    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    opened_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Whether the content was effective on the day of the opening: if not, it is practice.
    practice: Mapped[bool]


class Tap(AppendOnly, db.Model):
    """Something noted on a sheet, with the time at which it was tapped, as the device says.

    `subject` is "step:" and a step's id, or rating, room, equipment, lot, help, note, stop.
    `sequence` is the client's own count, `number` the server's within the sheet. The observer's
    signature is the last that counts (standing "closing"): it takes a number too, so that no tap
    can come in beside it unseen; later ones are kept as "late".
    """

    __tablename__ = "tap"
    __table_args__ = (
        UniqueConstraint("sheet_id", "client", "sequence"),
        UniqueConstraint("sheet_id", "number"),
    )

    sheet_id: Mapped[str] = mapped_column(ForeignKey("sheet.id"))
    client: Mapped[str] = mapped_column(String(40))
    sequence: Mapped[int]
    number: Mapped[int]
    subject: Mapped[str] = mapped_column(String(100))
    value: Mapped[str]
    standing: Mapped[str] = mapped_column(String(12))
    tapped_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    epoch: Mapped[int]


class SignOff(AppendOnly, db.Model):
    """What one of the people of a sheet says to it; the signature names this row.

    `taps_digest` binds it to everything that counts on the sheet. `independent`: the assessor
    declares not to have trained this learner for this practical. `assessors`: how many assessors'
    signatures the sheet needs, as found when the observer signed.
    """

    __tablename__ = "sign_off"
    __table_args__ = (UniqueConstraint("sheet_id", "part"),)

    sheet_id: Mapped[str] = mapped_column(ForeignKey("sheet.id"))
    part: Mapped[str] = mapped_column(String(12))  # observer | second | learner
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    agrees: Mapped[bool]
    independent: Mapped[bool]
    assessors: Mapped[int]
    note: Mapped[str]
    taps_digest: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PracticalResult(AppendOnly, db.Model):
    """What a sheet came to once everybody has signed it, or why it came to nothing."""

    __tablename__ = "practical_result"

    sheet_id: Mapped[str] = mapped_column(ForeignKey("sheet.id"), unique=True)
    passed: Mapped[bool]
    outcome: Mapped[Any] = mapped_column(Canonical)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
