"""Evidence that an assessor attests for a programme's clause, and what a second says. Appended."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, UtcDateTime, db


class Attestation(AppendOnly, db.Model):
    """What an assessor attests of a learner: one revision of a piece of evidence.

    `series` names the piece: of its revisions the highest stands (the laboratory's result, a
    correction, its withdrawal). `clause` is the key of the clause that it shows, `facts` are typed
    by `kind`; `whole`: no laboratory has still to read it. `independent`: the assessor declares
    not to be the only one who trained this learner for it. `assessors`: how many sign it, as found
    when it was signed.
    """

    __tablename__ = "attestation"
    __table_args__ = (UniqueConstraint("series", "revision"),)

    once: Mapped[str] = mapped_column(String(26), unique=True)
    series: Mapped[str] = mapped_column(String(26))
    revision: Mapped[int]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    kind: Mapped[str] = mapped_column(String(8))
    clause: Mapped[str] = mapped_column(String(40), index=True)
    done_on: Mapped[date] = mapped_column(Date)
    facts: Mapped[Any] = mapped_column(Canonical)
    whole: Mapped[bool]
    independent: Mapped[bool]
    assessors: Mapped[int]
    withdrawn: Mapped[bool]
    reason: Mapped[str]
    attested_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    attested_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondOpinion(AppendOnly, db.Model):
    """What a second assessor says to a revision: it was so, or something was different."""

    __tablename__ = "second_opinion"

    attestation_id: Mapped[str] = mapped_column(ForeignKey("attestation.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    agrees: Mapped[bool]
    independent: Mapped[bool]
    note: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
