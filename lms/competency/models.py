"""Evidence of competence, and the levels it gave; both appended, never rewritten."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, Id, UtcDateTime, db
from lms.errors import N_


class Evidence(AppendOnly, db.Model):
    """One thing a person showed: which competency, up to which level, how, and until when.

    `practice` marks evidence from content that was not effective: it certifies nothing.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("source_table", "source_id", "competency"),
        Index("ix_evidence_holder", "person_id", "competency"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    competency: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    practice: Mapped[bool]
    shown_on: Mapped[date] = mapped_column(Date)
    counts_until: Mapped[date | None] = mapped_column(Date)
    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"))
    source_table: Mapped[str] = mapped_column(String(60))
    source_id: Mapped[str] = mapped_column(Id)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LevelHeld(AppendOnly, db.Model):
    """The level a person was found to hold at a moment; the newest row counts.

    `basis` lists the ids of the evidence it rests on.
    """

    __tablename__ = "level_held"
    __table_args__ = (
        UniqueConstraint("person_id", "competency", "practice", "number"),
        Index("ix_level_held_holder", "person_id", "practice"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    competency: Mapped[str] = mapped_column(String(20))
    practice: Mapped[bool]
    number: Mapped[int]
    level: Mapped[int]
    since: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    basis: Mapped[Any] = mapped_column(Canonical)
    rule: Mapped[str] = mapped_column(String(40))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EvidenceWithdrawal(AppendOnly, db.Model):
    """Evidence no longer counts, since what it rested on no longer stands; once for each.

    `because_table` and `because_id` name the row that superseded its source.
    """

    __tablename__ = "evidence_withdrawal"

    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str]
    because_table: Mapped[str] = mapped_column(String(60))
    because_id: Mapped[str] = mapped_column(Id)
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def message(self) -> str:
        """Return what happened, to be translated, with `reason` as its why."""
        return N_("Evidence that it rests on was withdrawn: %(why)s")

    @property
    def counts_from(self) -> date | None:
        """Return None: what was never right counts from the beginning."""
        return None

    @property
    def clause(self) -> str:
        """Return "": it is no clause that can be shown again."""
        return ""
