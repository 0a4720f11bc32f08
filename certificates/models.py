"""Certificates: reserved once for an achievement, acted upon, sealed once. All appended."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.api.data import AppendOnly, Canonical, Id, UtcDateTime, added, db


class Certificate(AppendOnly, db.Model):
    """A number reserved for one achievement, with the facts as they were frozen then."""

    __tablename__ = "certificate"

    number: Mapped[str] = mapped_column(String(24), unique=True)
    completion_id: Mapped[str] = mapped_column(ForeignKey("completion.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    sending_id: Mapped[str] = mapped_column(Id, index=True)
    delivering_id: Mapped[str] = mapped_column(Id, index=True)
    practice: Mapped[bool]
    expires_on: Mapped[date | None] = mapped_column(Date)
    facts: Mapped[Any] = mapped_column(Canonical)
    facts_digest: Mapped[str] = mapped_column(String(64))
    reserved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CertificateAct(AppendOnly, db.Model):
    """What was done to a certificate: approved, sealed, suspended …; all of them give its state.

    `reason` is a translatable message with `params`; what a person writes is its parameter.
    """

    __tablename__ = "certificate_act"
    __table_args__ = (UniqueConstraint("certificate_id", "number"),)

    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificate.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str]
    params: Mapped[Any] = mapped_column(Canonical)
    acted_by: Mapped[str] = mapped_column(Id)
    acted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    counts_from: Mapped[date | None] = added(None, Date)


class SealedFile(AppendOnly, db.Model):
    """The one file of a certificate: its bytes stay in the store under this digest for ever."""

    __tablename__ = "sealed_file"

    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificate.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
