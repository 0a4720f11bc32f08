"""What staff do about time, each in a transaction of its own."""

from datetime import date
from typing import Any

from lms import clock
from lms.accommodation import actions, voiding
from lms.actor import Actor
from lms.columns import new_id
from lms.db import transaction
from tests import walk


def grant(person_id: str, by: Actor, **more: Any) -> str:
    """Give a quarter more time from today; returns the act."""
    values: dict[str, Any] = {
        "once": new_id(), "percent": 25, "category": "access", "note": "",
        "valid_from": clock.today(), "valid_until": None,
    }  # fmt: skip
    with transaction():
        return actions.grant_time(
            **values | more, person_id=person_id, checked=walk.checked(by), by=by
        ).id


def end(person_id: str, by: Actor) -> str:
    """End the extra time; returns the act."""
    with transaction():
        return actions.end_time(
            once=new_id(), person_id=person_id, note="", checked=walk.checked(by), by=by
        ).id


def extend(attempt_id: str, by: Actor, minutes: int = 10, once: str = "") -> str:
    """Give minutes for a power cut; returns the act."""
    with transaction():
        return actions.extend_attempt(
            once=once or new_id(), attempt_id=attempt_id, minutes=minutes, category="power",
            note="", by=by,
        ).id  # fmt: skip


def propose(attempt_id: str, by: Actor, *, gives_back: bool = True) -> str:
    """Propose that an attempt does not count; returns the proposal."""
    with transaction():
        return voiding.propose_void(
            attempt_id=attempt_id, category="illness", reason="Fainted after ten minutes.",
            gives_back=gives_back, checked=walk.checked(by), by=by,
        ).id  # fmt: skip


def decide(void_id: str, by: Actor, *, carry_out: bool = True) -> str:
    """Decide a proposal; returns what was decided."""
    with transaction():
        return voiding.decide_void(
            void_id=void_id, carry_out=carry_out, note="", checked=walk.checked(by), by=by
        ).decision


def later(days: int) -> date:
    """Return a day to come."""
    return date.fromordinal(clock.today().toordinal() + days)
