"""Where an answer stands between its markers, as conditions: called, begun, compared, open."""

import sqlalchemy as sa
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from lms.assessment.models import AttemptItem
from lms.db import db
from lms.grading.models import Comparison, Moderation, SecondCall, SecondTurn
from lms.grading.moderation.rules.calling import OFF
from lms.settings import setting


def plan() -> str:
    """Return which share of marks a second person sees by lot; OFF: nobody is called for."""
    return str(setting("SECOND_MARKING"))


def is_called() -> ColumnElement[bool]:
    """Return the condition that an answer was given to a second marker, and not compared yet."""
    return exists().where(SecondCall.item_id == AttemptItem.id) & ~_compared()


def is_apart() -> ColumnElement[bool]:
    """Return the condition that two marks differ too far and nobody has set the mark yet."""
    return _compared(within=False) & ~_moderated()


def is_open() -> ColumnElement[bool]:
    """Return the condition that an answer keeps its result back.

    With second marking off, what no second person has marked is let go: else a hub that lost its
    second instructor could release nothing more.
    """
    return is_apart() if plan() == OFF else sa.or_(is_called(), is_apart())


def _compared(within: bool | None = None) -> ColumnElement[bool]:
    one = aliased(Comparison)  # the statement may have the table itself
    found = exists().where(one.item_id == AttemptItem.id)
    return found if within is None else found.where(one.within.is_(within))


def _moderated() -> ColumnElement[bool]:
    return exists().where(Moderation.item_id == AttemptItem.id)


def is_frozen(item_id: str) -> bool:
    """Tell whether a second marker has begun, so that the first mark stays as it is."""
    return bool(db.session.scalar(select(exists().where(SecondTurn.item_id == item_id))))


def has_open(attempt_id: str) -> bool:
    """Tell whether an answer of an attempt waits for a second marker or a moderator."""
    found = select(AttemptItem.id).where(AttemptItem.attempt_id == attempt_id, is_open())
    return bool(db.session.scalar(select(found.exists())))
