"""Marks given by people; appended, superseded by number."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, Id, UtcDateTime, db


class Mark(AppendOnly, db.Model):
    """A marker's level for each criterion of an item's rubric; the highest number counts."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"))
    number: Mapped[int]
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    response_id: Mapped[str | None] = mapped_column(Id)
    rubric_digest: Mapped[str] = mapped_column(String(64))
    levels: Mapped[Any] = mapped_column(Canonical)
    comment: Mapped[str]
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
