"""Stored curriculum: versions whole and by digest, keys apart from what is shown, signed acts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import AppendOnly, Canonical, UtcDateTime, db


class ModuleVersion(AppendOnly, db.Model):
    """One version of a module, whole: its manifest and the digest of everything it shows."""

    __tablename__ = "module_version"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        UniqueConstraint("code", "number"),
    )

    code: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[str] = mapped_column(String(20))
    # The order in which versions of a module were stored, from 1.
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))
    manifest: Mapped[Any] = mapped_column(Canonical)
    shown_digest: Mapped[str] = mapped_column(String(64))
    # Of the folder's bytes as first stored: a newer platform may read the same bytes otherwise,
    # and that is no change of the text.
    folder_digest: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Lesson(AppendOnly, db.Model):
    """A lesson as it is shown: its source and the sanitised HTML made from it at sync."""

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("module_version_id", "locale", "code"),)

    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"))
    locale: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str]
    html: Mapped[str]


class Question(AppendOnly, db.Model):
    """A question as it is shown; how it is scored is a key of its own."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("module_version_id", "code"),)

    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"))
    code: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(20))
    lesson: Mapped[str] = mapped_column(String(80))
    critical: Mapped[str] = mapped_column(String(20))
    points: Mapped[str] = mapped_column(String(20))
    shown: Mapped[Any] = mapped_column(Canonical)
    shown_digest: Mapped[str] = mapped_column(String(64))


class QuestionKey(AppendOnly, db.Model):
    """A version of how a question is scored; the highest number counts."""

    __tablename__ = "question_key"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    key: Mapped[Any] = mapped_column(Canonical)
    key_digest: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KeyProposal(AppendOnly, db.Model):
    """A corrected key for an approved version: it waits for the content owner's signature."""

    __tablename__ = "key_proposal"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    key: Mapped[Any] = mapped_column(Canonical)
    key_digest: Mapped[str] = mapped_column(String(64))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Practical(AppendOnly, db.Model):
    """An observed practical of a version: its table as the author wrote it, steps and all."""

    __tablename__ = "practical"
    __table_args__ = (UniqueConstraint("module_version_id", "code"),)

    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"))
    code: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    shown: Mapped[Any] = mapped_column(Canonical)
    shown_digest: Mapped[str] = mapped_column(String(64))


class ModuleFile(AppendOnly, db.Model):
    """A figure or other file of a version; its bytes are in the store."""

    __tablename__ = "module_file"
    __table_args__ = (UniqueConstraint("module_version_id", "path"),)

    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"))
    path: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    # Of a drawing, in its own units: pages keep its place free while it loads.
    width: Mapped[int]
    height: Mapped[int]


class Definition(AppendOnly, db.Model):
    """A version of the framework, of the references, or of a programme, as canonical data.

    A programme's code is its id, a glossary's its module's; the others are one for each source,
    which is their code.
    """

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("kind", "code", "number"),)

    kind: Mapped[str] = mapped_column(String(20))  # framework | roles | tracks | references | …
    code: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    version: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[Any] = mapped_column(Canonical)
    content_digest: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ContentAct(AppendOnly, db.Model):
    """A signed act on a version: reviewed, approved, effective or retired from a day, …

    The signature is the row in `signature` that names this one. `subject_digest` binds it to the
    texts, keys and limits of that moment (`rules.subject`).
    """

    __tablename__ = "content_act"
    __table_args__ = (UniqueConstraint("module_version_id", "number"),)

    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    # Whether the person acted as a regulator too: some modules need one among their reviewers.
    as_regulator: Mapped[bool]
    subject_digest: Mapped[str] = mapped_column(String(64))
    effective_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str]
    acted_at: Mapped[datetime] = mapped_column(UtcDateTime)
