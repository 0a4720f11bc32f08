"""Answers whose marks are agreed, what markers give them, and who may mark since. All appended.

In code one is an anchor, on pages a calibration answer. None counts for a learner.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, UtcDateTime, db


class Anchor(AppendOnly, db.Model):
    """An answer to a question with the level that was agreed for each criterion, and why.

    The signature of whoever answers for it is the row in `signature` that names this one. It holds
    for the rubric that it was marked by.
    """

    __tablename__ = "anchor"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    rubric_digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]
    levels: Mapped[Any] = mapped_column(Canonical)
    reasons: Mapped[Any] = mapped_column(Canonical)
    # The released answer that it was chosen from; None: it was written for the purpose.
    item_id: Mapped[str | None] = mapped_column(ForeignKey("attempt_item.id"))
    agreed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnchorWithdrawal(AppendOnly, db.Model):
    """An anchor is asked of nobody any more, and why; once."""

    __tablename__ = "anchor_withdrawal"

    anchor_id: Mapped[str] = mapped_column(ForeignKey("anchor.id"), unique=True)
    reason: Mapped[str]
    withdrawn_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnchorMark(AppendOnly, db.Model):
    """What a marker gave an anchor in one of their tries, before the agreed levels were shown."""

    __tablename__ = "anchor_mark"
    __table_args__ = (UniqueConstraint("anchor_id", "marker_id", "number"),)

    anchor_id: Mapped[str] = mapped_column(ForeignKey("anchor.id"))
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]  # of the try, from 1
    levels: Mapped[Any] = mapped_column(Canonical)
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Calibration(AppendOnly, db.Model):
    """A marker finished a try at a question's anchors, as the rule was then: passed or not."""

    __tablename__ = "calibration"
    __table_args__ = (UniqueConstraint("question_id", "marker_id", "number"),)

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    rubric_digest: Mapped[str] = mapped_column(String(64))
    close: Mapped[int]
    of: Mapped[int]
    gates: Mapped[int]
    passed: Mapped[bool]
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnchorSeed(AppendOnly, db.Model):
    """An anchor came again before a live answer, looking like one; once before each."""

    __tablename__ = "anchor_seed"
    __table_args__ = (UniqueConstraint("marker_id", "item_id"),)

    anchor_id: Mapped[str] = mapped_column(ForeignKey("anchor.id"))
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"))
    laid_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SeedMark(AppendOnly, db.Model):
    """What the marker gave it; the highest number counts, without levels it is taken back."""

    __tablename__ = "seed_mark"
    __table_args__ = (UniqueConstraint("seed_id", "number"),)

    seed_id: Mapped[str] = mapped_column(ForeignKey("anchor_seed.id"))
    number: Mapped[int]
    levels: Mapped[Any] = mapped_column(Canonical)
    comment: Mapped[str]
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
