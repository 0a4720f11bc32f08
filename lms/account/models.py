"""One-time slips and their use: appended, superseded by a newer one, used once."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Id, UtcDateTime, db


class Slip(AppendOnly, db.Model):
    """A code by which a person sets a password. Its digest alone is kept, under the secret key.

    `number` counts a person's slips from 1; the highest counts. `batch` is the page that it was
    shown on: that page sent twice writes nothing twice.
    """

    __tablename__ = "slip"
    __table_args__ = (
        UniqueConstraint("person_id", "number"),
        UniqueConstraint("person_id", "batch"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    batch: Mapped[str] = mapped_column(Id)
    code_digest: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[str] = mapped_column(Id)


class SlipUse(AppendOnly, db.Model):
    """A slip was used; of two who try at once one has it."""

    __tablename__ = "slip_use"

    slip_id: Mapped[str] = mapped_column(ForeignKey("slip.id"), unique=True)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
