"""Regrade runs: what a corrected key would change, as it was proposed, and what was decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, UtcDateTime, db


class RegradeRun(AppendOnly, db.Model):
    """A proposal to score questions anew under a stated policy, with its whole dry run.

    The proposer's signature "proposed" names this row; nothing has changed yet.
    """

    __tablename__ = "regrade_run"

    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"), index=True)
    policy: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    # The questions by id, and for each the key that counts from now on.
    keys: Mapped[Any] = mapped_column(Canonical)
    plan: Mapped[Any] = mapped_column(Canonical)
    # Of what it says of the attempts: it must still be so when a second person carries it out.
    plan_digest: Mapped[str] = mapped_column(String(64))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegradeDecision(AppendOnly, db.Model):
    """What became of a run: a second person carried it out, or somebody declined it; once."""

    __tablename__ = "regrade_decision"

    run_id: Mapped[str] = mapped_column(ForeignKey("regrade_run.id"), unique=True)
    decision: Mapped[str] = mapped_column(String(20))
    note: Mapped[str]
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
