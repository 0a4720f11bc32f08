"""Attempts and everything said in them: papers, responses, submissions, scores. All appended."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.columns import added
from lms.db import AppendOnly, Canonical, Id, UtcDateTime, db


class Attempt(AppendOnly, db.Model):
    """A paper given to a learner: the server's start and deadline hold."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("enrolment_id", "number"),)

    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    module_version_id: Mapped[str] = mapped_column(ForeignKey("module_version.id"))
    number: Mapped[int]
    locale: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # Whether the content was effective on the day of the start: if not, it is practice.
    practice: Mapped[bool]


class AttemptItem(AppendOnly, db.Model):
    """One question of a paper exactly as it was put: values, option order, points, digest."""

    __tablename__ = "attempt_item"
    __table_args__ = (UniqueConstraint("attempt_id", "position"),)

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    position: Mapped[int]
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    kind: Mapped[str] = mapped_column(String(20))
    variant: Mapped[Any] = mapped_column(Canonical)
    shown: Mapped[Any] = mapped_column(Canonical)
    shown_digest: Mapped[str] = mapped_column(String(64))
    points: Mapped[str] = mapped_column(String(20))


class Lease(AppendOnly, db.Model):
    """A tab or device took the attempt over; until the first, who answered first holds it."""

    __tablename__ = "lease"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    client: Mapped[str] = mapped_column(String(40))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Response(AppendOnly, db.Model):
    """An answer as it was given, and how it stood when it came: counts, stale, elsewhere, late.

    The closing of the attempt is the last of these rows (standing "closing", no item): it takes a
    number too, so that no answer can come in beside it unseen.
    `sequence` is the client's own count, `number` the server's within the attempt, `seen` the
    last server number the client knew. One (attempt, client, sequence) is one response.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "client", "sequence"),
        UniqueConstraint("attempt_id", "number"),
        Index("ix_response_item", "item_id", "number"),
    )

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("attempt_item.id"))
    client: Mapped[str] = mapped_column(String(40))
    sequence: Mapped[int]
    number: Mapped[int]
    seen: Mapped[int]
    given: Mapped[Any] = mapped_column(Canonical, nullable=True)  # None: cleared
    standing: Mapped[str] = mapped_column(String(12))
    claimed_at: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    epoch: Mapped[int]


class Submission(AppendOnly, db.Model):
    """An attempt was closed, by its learner or by the deadline; once."""

    __tablename__ = "submission"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), unique=True)
    how: Mapped[str] = mapped_column(String(12))
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Score(AppendOnly, db.Model):
    """What a machine-marked item earned: a pure function of key, variant and response."""

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"))
    number: Mapped[int]
    response_id: Mapped[str | None] = mapped_column(Id)
    key_id: Mapped[str] = mapped_column(ForeignKey("question_key.id"))
    engine: Mapped[str] = mapped_column(String(20))
    fraction: Mapped[str] = mapped_column(String(40))
    trace: Mapped[Any] = mapped_column(Canonical)
    cause: Mapped[str] = mapped_column(String(20))
    scored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RemediationPlan(AppendOnly, db.Model):
    """What a learner whose attempts are used up is to learn again; it opens one more attempt.

    The instructor's signature is the row in `signature` that names this one.
    """

    __tablename__ = "remediation_plan"
    __table_args__ = (UniqueConstraint("enrolment_id", "number"),)

    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    number: Mapped[int]
    # What to learn again in words, and the lessons to read again: code and title of each.
    text: Mapped[str]
    lessons: Mapped[Any] = mapped_column(Canonical)
    instructor_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Result(AppendOnly, db.Model):
    """The result of an attempt, decided by rule from scores and marks, released by a person.

    The highest number stands: a corrected key or an appeal supersedes what was released first.
    """

    __tablename__ = "result"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int] = added(1)
    # The day from which what supersedes counts: that of the first release, not of its correction.
    counts_from: Mapped[date | None] = added(None, Date)
    passed: Mapped[bool]
    outcome: Mapped[Any] = mapped_column(Canonical)
    released_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def shown_on(self) -> date:
        """Return the day from which a pass counts."""
        return self.counts_from or self.released_at.date()
