"""What a scanner for malware said of files that learners sent; the files lie in the store."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, UtcDateTime, db


class FileScan(AppendOnly, db.Model):
    """One scan of the file of one response: clean, infected or failed; the last one stands.

    A response without a row is unscanned. `said` is what the scanner found, or why it failed.
    """

    __tablename__ = "file_scan"
    __table_args__ = (UniqueConstraint("response_id", "number"),)

    response_id: Mapped[str] = mapped_column(ForeignKey("response.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(12))
    said: Mapped[str] = mapped_column(String(200))
    scanned_at: Mapped[datetime] = mapped_column(UtcDateTime)
