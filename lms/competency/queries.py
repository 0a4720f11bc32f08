"""Read evidence and the levels held."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select

from lms.competency.models import Evidence, EvidenceWithdrawal, LevelHeld
from lms.competency.rules import Level, Shown, level_on
from lms.db import Recorded, db


def evidence_of(person_id: str, competency: str, *, practice: bool) -> Sequence[Evidence]:
    """Return a person's evidence for a competency that stands; for practice, all of it counts."""
    statement = select(Evidence).where(
        Evidence.person_id == person_id, Evidence.competency == competency, ~_is_withdrawn()
    )
    if not practice:
        statement = statement.where(~Evidence.practice)
    return db.session.scalars(statement.order_by(Evidence.recorded_at)).all()


def level_of(
    person_id: str,
    competency: str,
    day: date,
    *,
    practice: bool,
    without: Collection[str] = (),
) -> Level:
    """Return the level that a person's evidence gives on a day.

    Args:
        without: ids of evidence to leave out: what would be, if it were withdrawn.
    """
    rows = evidence_of(person_id, competency, practice=practice)
    shown = [
        Shown(e.id, e.level, e.kind, e.shown_on, e.counts_until)
        for e in rows
        if e.id not in without
    ]
    return level_on(shown, day)


def _is_withdrawn() -> ColumnElement[bool]:
    return (
        select(EvidenceWithdrawal.id).where(EvidenceWithdrawal.evidence_id == Evidence.id).exists()
    )


def evidence_from(source: Recorded) -> Sequence[Evidence]:
    """Return what one row (a release, a sign-off) was found to show, by competency."""
    statement = (
        select(Evidence)
        .where(
            Evidence.source_table == type(source).__tablename__,  # type: ignore[attr-defined]
            Evidence.source_id == source.id,
            ~_is_withdrawn(),
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
