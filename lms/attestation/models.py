"""Evidence for a programme's clause: attested, from a blinded panel, logged at work. Appended."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.columns import ExactDecimal, Id
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


class SecondMarks(AppendOnly, db.Model):
    """What a second assessor found alone, before the first's was shown (an essay's points)."""

    __tablename__ = "second_marks"

    opinion_id: Mapped[str] = mapped_column(ForeignKey("second_opinion.id"), unique=True)
    facts: Mapped[Any] = mapped_column(Canonical)


class Setback(AppendOnly, db.Model):
    """A clause that a person had to show is not shown any more, or (`regained`) is again.

    Certificates that rest on it hear of each. `source_*`: the row that brought it about;
    `message`: what happened, to be translated; `reason`: which clause and day, in words;
    `counts_from`: that day; `signer`: who signed it, by name.
    """

    __tablename__ = "setback"
    __table_args__ = (UniqueConstraint("source_table", "source_id", "regained"),)

    source_table: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[str] = mapped_column(Id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    clause: Mapped[str] = mapped_column(String(40))
    regained: Mapped[bool]
    message: Mapped[str]
    reason: Mapped[str]
    counts_from: Mapped[date] = mapped_column(Date)
    signed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    signer: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Panel(AppendOnly, db.Model):
    """Samples with codes for one candidate, their references sealed.

    `sealed` holds samples, references and a random salt; `digest` is that of its canonical bytes
    and is shown from the start, so that anybody can see later that nothing was changed.
    """

    __tablename__ = "blinded_panel"

    once: Mapped[str] = mapped_column(String(26), unique=True)
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    clause: Mapped[str] = mapped_column(String(40))
    title: Mapped[str]
    sort: Mapped[str] = mapped_column(String(8))
    unit: Mapped[str]
    codes: Mapped[Any] = mapped_column(Canonical)
    sealed: Mapped[Any] = mapped_column(Canonical)
    digest: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PanelValues(AppendOnly, db.Model):
    """What the candidate found in each sample, by its code, as typed; handed in once."""

    __tablename__ = "panel_values"

    panel_id: Mapped[str] = mapped_column(ForeignKey("blinded_panel.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    given: Mapped[Any] = mapped_column(Canonical)
    handed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LogEntry(AppendOnly, db.Model):
    """A piece of work that a learner did at work and wrote down: one revision of it.

    Of a `series` the highest revision stands. `task`: a competency of the clause, or "".
    `codes`: of lots and equipment. `supervisor`: who stood by, by name.
    """

    __tablename__ = "log_entry"
    __table_args__ = (UniqueConstraint("series", "revision"),)

    once: Mapped[str] = mapped_column(String(26), unique=True)
    series: Mapped[str] = mapped_column(String(26))
    revision: Mapped[int]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    clause: Mapped[str] = mapped_column(String(40), index=True)
    done_on: Mapped[date] = mapped_column(Date)
    task: Mapped[str] = mapped_column(String(20))
    hours: Mapped[Decimal] = mapped_column(ExactDecimal)
    codes: Mapped[str]
    text: Mapped[str]
    supervisor: Mapped[str]
    withdrawn: Mapped[bool]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LogAnswer(AppendOnly, db.Model):
    """What a supervisor says to an entry: countersigned, or sent back with a reason."""

    __tablename__ = "log_answer"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    entry_id: Mapped[str] = mapped_column(ForeignKey("log_entry.id"))
    number: Mapped[int]
    accepts: Mapped[bool]
    reason: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
