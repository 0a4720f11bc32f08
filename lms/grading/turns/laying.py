"""An answer lies before one marker at a time: in the first round and, in rows apart, the second."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.db import db, insert_once
from lms.grading.models import SecondTurn, Turn
from lms.grading.turns.rules import KEPT

Round = type[Turn] | type[SecondTurn]


def lay(table: Round, item_id: str, by: Actor, now: datetime) -> bool:
    """Lay an answer before `by` for as long as one is kept; False where somebody was quicker."""
    turn, created = insert_once(
        table, ("item_id",), item_id=item_id, marker_id=by.id, until=now + KEPT
    )
    db.session.refresh(turn, with_for_update=True)
    if turn.marker_id != by.id and turn.until > now:
        return False
    if isinstance(turn, Turn) and (created or turn.marker_id != by.id or turn.until <= now):
        turn.since = now  # one that is still theirs has lain there all the time
    turn.marker_id, turn.until = by.id, now + KEPT
    return True


def lay_all(item_ids: Collection[str], by: Actor, now: datetime) -> set[str]:
    """Lay several answers before `by`; returns those that nobody was quicker at.

    In one order whoever asks, so that two who ask for the same ones never wait for each other.
    """
    return {item_id for item_id in sorted(item_ids) if lay(Turn, item_id, by, now)}


def keep(table: Round, item_id: str, by: Actor, until: datetime) -> None:
    """Let an answer lie before `by` until a moment, whoever had it."""
    turn, _created = insert_once(table, ("item_id",), item_id=item_id, marker_id=by.id, until=until)
    if isinstance(turn, Turn):
        turn.since = clock.now()
    turn.marker_id, turn.until = by.id, until


def put_back(table: Round, item_id: str, by: Actor) -> None:
    """Let an answer that lies before `by` go back to the others."""
    put_all_back(table, [item_id], by)


def put_all_back(table: Round, item_ids: Collection[str], by: Actor) -> None:
    """Let answers that lie before `by` go back to the others."""
    held = select(table).where(table.item_id.in_(item_ids), table.marker_id == by.id)
    for turn in db.session.scalars(held.order_by(table.item_id)):
        turn.until = clock.now()  # type: ignore[attr-defined]  # of either table
