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
