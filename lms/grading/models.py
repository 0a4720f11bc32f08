"""Marks given by people, appended; who has an answer before them; what was passed on to others."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.columns import added
from lms.db import AppendOnly, Canonical, Id, Row, UtcDateTime, db


class Mark(AppendOnly, db.Model):
    """A marker's level for each criterion of an item's rubric; the highest number counts.

    Without any level it takes the mark before it back: the answer waits again.
    """

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
    # On what ground its marker may mark (`lms.grading.markers.rules`); None: nobody asked then.
    ground: Mapped[str | None] = added(None, String(12))
    # How long the answer lay before its marker; None where nobody knows. Of a decision on several
    # alike answers one mark has the seconds, and all of them bear the decision's id.
    seconds: Mapped[int | None] = added(None)
    decision: Mapped[str | None] = added(None, Id)


class Turn(Row, db.Model):
    """An answer lies before a marker until a moment, so that two never mark the same one.

    No training record: it says who looks, not what was found.
    """

    __tablename__ = "turn"

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"), unique=True)
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    # Since when without a break; None where that is not known.
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TurnRelease(AppendOnly, db.Model):
    """A coordinator took an answer that lay before a marker and gave it back to all, and why."""

    __tablename__ = "turn_release"

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"), index=True)
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]
    released_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Unblinding(AppendOnly, db.Model):
    """Somebody opened a handed-in file as it was sent, names and all, and why."""

    __tablename__ = "unblinding"

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"), index=True)
    response_id: Mapped[str] = mapped_column(ForeignKey("response.id"))
    reason: Mapped[str]
    opened_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MarkerApproval(AppendOnly, db.Model):
    """Somebody is approved to mark the answers of a module, on documented experience."""

    __tablename__ = "marker_approval"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    module_code: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    approved_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MarkerApprovalEnd(AppendOnly, db.Model):
    """An approval to mark counts no longer, and why; once."""

    __tablename__ = "marker_approval_end"

    approval_id: Mapped[str] = mapped_column(ForeignKey("marker_approval.id"), unique=True)
    reason: Mapped[str]
    ended_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Escalation(AppendOnly, db.Model):
    """A marker passed an answer on to somebody else, and why."""

    __tablename__ = "escalation"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"))
    number: Mapped[int]
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]
    escalated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Appeal(AppendOnly, db.Model):
    """A learner asks for another look at a released result, and why. It stays visible for ever."""

    __tablename__ = "appeal"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    reason: Mapped[str]
    appealed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AppealDecision(AppendOnly, db.Model):
    """What somebody who had not marked the attempt found: it stands, or its marks change; once."""

    __tablename__ = "appeal_decision"

    appeal_id: Mapped[str] = mapped_column(ForeignKey("appeal.id"), unique=True)
    changed: Mapped[bool]
    note: Mapped[str]
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondCall(AppendOnly, db.Model):
    """An answer whose first mark was signed needs a second marker: why, and since when."""

    __tablename__ = "second_call"

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"), unique=True)
    why: Mapped[str] = mapped_column(String(8))
    called_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondTurn(Row, db.Model):
    """An answer lies, or lay, before a second marker; from the first moment its first mark is
    frozen. No training record, like `Turn`."""

    __tablename__ = "second_turn"

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"), unique=True)
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondMark(AppendOnly, db.Model):
    """What a second marker gave who had not seen the first mark; the highest number counts."""

    __tablename__ = "second_mark"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"))
    number: Mapped[int]
    marker_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    response_id: Mapped[str | None] = mapped_column(Id)
    rubric_digest: Mapped[str] = mapped_column(String(64))
    levels: Mapped[Any] = mapped_column(Canonical)
    note: Mapped[str]
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ground: Mapped[str | None] = added(None, String(12))  # as of `Mark`


class Comparison(AppendOnly, db.Model):
    """Two signed marks of one answer beside each other: within tolerance the first stands."""

    __tablename__ = "mark_comparison"

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"), unique=True)
    first_id: Mapped[str] = mapped_column(ForeignKey("mark.id"))
    second_id: Mapped[str] = mapped_column(ForeignKey("second_mark.id"))
    within: Mapped[bool]
    compared_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Moderation(AppendOnly, db.Model):
    """The mark that a third person set where two differed too far, and why."""

    __tablename__ = "moderation"

    item_id: Mapped[str] = mapped_column(ForeignKey("attempt_item.id"), unique=True)
    mark_id: Mapped[str] = mapped_column(ForeignKey("mark.id"))
    reason: Mapped[str]
    moderator_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    moderated_at: Mapped[datetime] = mapped_column(UtcDateTime)
