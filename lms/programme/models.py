"""Programmes that people completed; certificates rest on these rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, Id, UtcDateTime, db


class Completion(AppendOnly, db.Model):
    """A person met every requirement of a programme on a day.

    `basis` holds, for each competency, the level and dates it was met with. One achievement is
    one row: the same basis completes a programme once.
    """

    __tablename__ = "completion"
    __table_args__ = (UniqueConstraint("person_id", "programme_code", "basis_digest"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    programme_code: Mapped[str] = mapped_column(String(20))
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    practice: Mapped[bool]
    sending_id: Mapped[str] = mapped_column(Id)
    delivering_id: Mapped[str] = mapped_column(Id)
    completed_on: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    basis: Mapped[Any] = mapped_column(Canonical)
    basis_digest: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
