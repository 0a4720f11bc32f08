"""What people decided about a question after looking at its figures. All appended."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, UtcDateTime, db


class QuestionReview(AppendOnly, db.Model):
    """Keep, re-key, revise or retire a question, and why; the newest of a question stands.

    The signature "judged" names this row. `figures` is what the person saw: counts and, as text,
    the shares and correlations of that moment.
    """

    __tablename__ = "question_review"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    decision: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str]
    figures: Mapped[Any] = mapped_column(Canonical)
    reviewed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AngoffPanel(AppendOnly, db.Model):
    """Judges who set a cut for the machine-marked questions of a version; its opener signs it."""

    __tablename__ = "angoff_panel"

    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"), index=True)
    purpose: Mapped[str]
    # The questions to judge by id, with their points as text: what the cut is a share of.
    questions: Mapped[Any] = mapped_column(Canonical)
    opened_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AngoffSheet(AppendOnly, db.Model):
    """What one judge said of every question in one round; signed, kept for ever.

    `ratings`: by question, of a hundred barely competent people how many would be right.
    """

    __tablename__ = "angoff_sheet"
    __table_args__ = (UniqueConstraint("panel_id", "judge_id", "round"),)

    panel_id: Mapped[str] = mapped_column(ForeignKey("angoff_panel.id"))
    judge_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    round: Mapped[int]
    ratings: Mapped[Any] = mapped_column(Canonical)
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AngoffStep(AppendOnly, db.Model):
    """A panel went on: to its second round, or to its end with the cut that came out; once each."""

    __tablename__ = "angoff_step"
    __table_args__ = (UniqueConstraint("panel_id", "step"),)

    panel_id: Mapped[str] = mapped_column(ForeignKey("angoff_panel.id"))
    step: Mapped[str] = mapped_column(String(12))  # second | closed
    outcome: Mapped[Any] = mapped_column(Canonical)
    taken_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
