"""Rosters that were brought in: what each came to. The people and enrolments are other rooms'."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, Id, UtcDateTime, db


class RosterImport(AppendOnly, db.Model):
    """A roster as somebody confirmed it, once: how many of what, and the rows that were refused.

    `once` comes from the preview, so that a second sending finds the first. `refused` holds, for
    each such row, its number, its cells by column, and its problems as (column, message, params).
    """

    __tablename__ = "roster_import"

    once: Mapped[str] = mapped_column(Id, unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    content_digest: Mapped[str] = mapped_column(String(64))
    counts: Mapped[Any] = mapped_column(Canonical)
    refused: Mapped[Any] = mapped_column(Canonical)
    added: Mapped[Any] = mapped_column(Canonical)
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
