"""How long an attempt may take: extra time that a learner has, minutes given while it runs. Pure.

Source: the reference on assessment, section 8: an extension is an event, effective at once; an
accommodation is copied into the attempt.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

LEAST_PERCENT, MOST_PERCENT = 5, 300  # of the paper's own time, on top of it
MOST_MINUTES = 240  # that one extension gives


class Granted(Protocol):
    """An act about a learner's extra time; 0 percent takes it away."""

    @property
    def number(self) -> int: ...
    @property
    def percent(self) -> int: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...


Act = TypeVar("Act", bound=Granted)


def in_force(acts: Iterable[Act], day: date) -> Act | None:
    """Return the act by which a learner has extra time on a day, None without.

    Of those that have begun by then the highest number says it all, whatever order and however
    often they come: one that begins later leaves in force what is there until then.
    """
    begun = [act for act in acts if act.valid_from <= day]
    newest = max(begun, key=lambda act: act.number, default=None)
    if newest is None or not newest.percent:
        return None
    return newest if newest.valid_until is None or day <= newest.valid_until else None


def standing(acts: Sequence[Act], today: date) -> list[Act]:
    """Return the acts that are in force on a day or will be, in their order.

    One that begins later is asked for its own first day.
    """
    return [act for act in acts if in_force(acts, max(today, act.valid_from)) is act]


def extra_minutes(minutes: int, percent: int) -> int:
    """Return what a paper of so many minutes gets on top: a minute begun is given whole."""
    return -(-minutes * percent // 100)


def extended(ends_at: datetime, now: datetime, minutes: int) -> datetime:
    """Return when an attempt ends that gets more minutes now.

    Counted from its end, or from now where that is past: what was taken away is given back whole.
    """
    return max(ends_at, now) + timedelta(minutes=minutes)


def effective_deadline(deadline: datetime, extensions: Iterable[datetime]) -> datetime:
    """Return when an attempt ends: as it was begun, or as the latest of its extensions says.

    A maximum, so that one more never shortens it and their order does not matter.
    """
    return max([deadline, *extensions])
