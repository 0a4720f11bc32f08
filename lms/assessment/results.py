"""Which result of an attempt stands: one was released, and others may have superseded it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from lms.assessment.models import Attempt, Result
from lms.db import db


def of_attempt() -> ColumnElement[bool]:
    """Return the condition that joins an attempt with its result that stands."""
    return and_(Result.attempt_id == Attempt.id, is_newest())


def is_newest() -> ColumnElement[bool]:
    """Return the condition that no later result of its attempt supersedes a result."""
    newer = aliased(Result)
    return ~exists().where(newer.attempt_id == Result.attempt_id, newer.number > Result.number)


def voided(result: Result | None) -> dict[str, Any] | None:
    """Return why a result does not count, and whether the chance is given back; None: it counts."""
    found: dict[str, Any] | None = result.outcome.get("voided") if result else None
    return found


def gives_back(result: Result | None) -> bool:
    """Tell whether an attempt is void and stands in nobody's way."""
    return bool((voided(result) or {}).get("gives_back"))


def result_of(attempt_id: str) -> Result | None:
    """Return the result of an attempt that stands, if one is out."""
    statement = select(Result).where(Result.attempt_id == attempt_id)
    return db.session.scalars(statement.order_by(Result.number.desc()).limit(1)).first()


def results_of(attempt_id: str) -> list[Result]:
    """Return every result of an attempt, the first released one first."""
    statement = select(Result).where(Result.attempt_id == attempt_id).order_by(Result.number)
    return list(db.session.scalars(statement))
