"""What was taken out of the hub: keys are secret, so each file that leaves is told of."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, UtcDateTime, db


class QuestionExport(AppendOnly, db.Model):
    """A file with questions and keys of a version that somebody took away; never the file itself.

    `lesson` is "" where the questions of all lessons were taken.
    """

    __tablename__ = "question_export"

    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"), index=True)
    lesson: Mapped[str] = mapped_column(String(80))
    format: Mapped[str] = mapped_column(String(20))
    questions: Mapped[int]
    file_digest: Mapped[str] = mapped_column(String(64))
    taken_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
