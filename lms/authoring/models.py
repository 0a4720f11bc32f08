"""Uploaded drafts: who brought which archive when; the bytes are in the store."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, UtcDateTime, db


class Upload(AppendOnly, db.Model):
    """An archive of one module that was checked and found sound; not a version of it yet."""

    __tablename__ = "upload"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    digest: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
