"""Read evidence and the levels held."""

from collections.abc import Sequence

from sqlalchemy import func, select

from lms.competency.models import Evidence, LevelHeld
from lms.db import Recorded, db


def evidence_of(person_id: str, competency: str, *, practice: bool) -> Sequence[Evidence]:
    """Return a person's evidence for a competency; for practice, all of it counts."""
    statement = select(Evidence).where(
        Evidence.person_id == person_id, Evidence.competency == competency
    )
    if not practice:
        statement = statement.where(~Evidence.practice)
    return db.session.scalars(statement.order_by(Evidence.recorded_at)).all()


def evidence_from(source: Recorded) -> Sequence[Evidence]:
    """Return what one row (a release, a sign-off) was found to show, by competency."""
    statement = (
        select(Evidence)
        .where(
            Evidence.source_table == type(source).__tablename__,  # type: ignore[attr-defined]
            Evidence.source_id == source.id,
        )
        .order_by(Evidence.competency)
    )
    return db.session.scalars(statement).all()


def levels_of(person_id: str, *, practice: bool) -> dict[str, LevelHeld]:
    """Return the newest level row of each competency that a person has any for."""
    newest = (
        select(LevelHeld.competency, func.max(LevelHeld.number).label("number"))
        .where(LevelHeld.person_id == person_id, LevelHeld.practice == practice)
        .group_by(LevelHeld.competency)
        .subquery()
    )
    statement = (
        select(LevelHeld)
        .join(
            newest,
            (LevelHeld.competency == newest.c.competency) & (LevelHeld.number == newest.c.number),
        )
        .where(LevelHeld.person_id == person_id, LevelHeld.practice == practice)
        .order_by(LevelHeld.competency)
    )
    return {row.competency: row for row in db.session.scalars(statement)}


def has_levels(person_id: str) -> bool:
    """Tell whether any level was ever found for a person, in earnest or for practice."""
    return bool(
        db.session.scalar(
            select(select(LevelHeld.id).where(LevelHeld.person_id == person_id).exists())
        )
    )
