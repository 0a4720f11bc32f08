"""Read observed practicals for borderline regression: what people scored, how they were rated."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from lms.actor import Actor
from lms.curriculum.models import ModuleVersion, Practical
from lms.db import db
from lms.errors import NotFound
from lms.practicals.models import PracticalResult, Sheet, Tap
from lms.practicals.standing import COUNTS, current
from lms.psychometrics.queries import check_reader


@dataclass(frozen=True)
class Observed:
    """The first finished sheet of somebody: its code, share of the steps, overall rating."""

    sheet: str
    share: float
    rating: int


def practicals(by: Actor) -> list[tuple[Practical, ModuleVersion, int]]:
    """Return every practical at which somebody was observed to the end, and how many were."""
    check_reader(by)
    firsts = _firsts().subquery()
    statement = (
        select(Practical, ModuleVersion, func.count())
        .join(ModuleVersion, ModuleVersion.id == Practical.module_version_id)
        .join(firsts, firsts.c.practical_id == Practical.id)
        .where(firsts.c.turn == 1)
        .group_by(Practical.id, ModuleVersion.id)
        .order_by(ModuleVersion.code, Practical.position)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def practical(practical_id: str, by: Actor) -> tuple[Practical, ModuleVersion]:
    """Return a practical with its version. Raises NotFound."""
    check_reader(by)
    statement = (
        select(Practical, ModuleVersion)
        .join(ModuleVersion, ModuleVersion.id == Practical.module_version_id)
        .where(Practical.id == practical_id)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return row[0], row[1]


def _firsts() -> sa.Select[*tuple[Any, ...]]:
    turn = func.row_number().over(
        partition_by=(Sheet.person_id, Sheet.practical_id),
        order_by=(PracticalResult.decided_at, Sheet.id),
    )
    return select(
        Sheet.id, Sheet.practical_id, PracticalResult.id.label("result"), turn.label("turn")
    ).join(PracticalResult, PracticalResult.sheet_id == Sheet.id)


def observed(practical_id: str, by: Actor) -> Sequence[Observed]:
    """Return the first finished sheet of each person that has a share and a rating: two queries."""
    check_reader(by)
    firsts = _firsts().where(Sheet.practical_id == practical_id).subquery()
    results = db.session.execute(
        select(PracticalResult.sheet_id, PracticalResult.outcome)
        .join(firsts, firsts.c.result == PracticalResult.id)
        .where(firsts.c.turn == 1)
    )
    shares = {sheet: outcome["share"] for sheet, outcome in results if outcome["share"]}
    taps: dict[str, list[Tap]] = {}
    noted = (
        select(Tap)
        .join(firsts, firsts.c.id == Tap.sheet_id)
        .where(firsts.c.turn == 1, Tap.subject == "rating", Tap.standing == COUNTS)
    )
    for tap in db.session.scalars(noted):
        taps.setdefault(tap.sheet_id, []).append(tap)
    found = [
        Observed(sheet[:6], float(Fraction(share)), int(current(taps[sheet])["rating"].value))
        for sheet, share in shares.items()
        if sheet in taps
    ]
    return sorted(found, key=lambda one: (one.rating, one.share, one.sheet))
