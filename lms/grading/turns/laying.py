"""An answer lies before one marker at a time: in the first round and, in rows apart, the second."""

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
    turn, _created = insert_once(
        table, ("item_id",), item_id=item_id, marker_id=by.id, until=now + KEPT
    )
    db.session.refresh(turn, with_for_update=True)
    if turn.marker_id != by.id and turn.until > now:
        return False
    turn.marker_id, turn.until = by.id, now + KEPT
    return True


def keep(table: Round, item_id: str, by: Actor, until: datetime) -> None:
    """Let an answer lie before `by` until a moment, whoever had it."""
    turn, _created = insert_once(table, ("item_id",), item_id=item_id, marker_id=by.id, until=until)
    turn.marker_id, turn.until = by.id, until


def put_back(table: Round, item_id: str, by: Actor) -> None:
    """Let an answer that lies before `by` go back to the others."""
    held = select(table).where(table.item_id == item_id, table.marker_id == by.id)
    for turn in db.session.scalars(held):
        turn.until = clock.now()  # type: ignore[attr-defined]  # of either table
