"""What a kind of background work is; the domain's own rows say what is pending, never a queue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Work:
    """One kind of work.

    Attributes:
        name: unique, e.g. "certificates.seal".
        pending: returns up to so many items that still need doing, oldest first (reads only).
        do: does one item, idempotently, in transactions of its own; raising leaves it pending.
        waiting: how many wait, and since when the oldest, where that is cheaply known (reads only);
            else the operator's page counts what `pending` gives.
    """

    name: str
    pending: Callable[[int], list[str]]
    do: Callable[[str], None]
    waiting: Callable[[], tuple[int, datetime | None]] | None = None


FIRST_WAIT = 30  # seconds that the sweep leaves alone what failed twice
LONGEST_WAIT = 3600


class Patience:
    """What failed lately in this process, and until when the sweep leaves it alone.

    An item that can never be done must neither keep the worker busy nor, being the oldest, fill
    every batch. Nothing is lost with it: a new process tries everything again.
    """

    def __init__(self) -> None:
        self._failed: dict[tuple[str, str], tuple[int, datetime]] = {}

    def note(self, work: str, item: str, done: bool, now: datetime) -> None:
        """Remember how an item went.

        One failure may have been a crash: the next sweep tries again. After n > 1 in a row the
        item waits 30 s · 2^(n-2), an hour at most.
        """
        if done:
            self._failed.pop((work, item), None)
            return
        times = self._failed.get((work, item), (0, now))[0] + 1
        wait = min(FIRST_WAIT * 2 ** min(times - 2, 10), LONGEST_WAIT) if times > 1 else 0
        self._failed[work, item] = times, now + timedelta(seconds=wait)

    def waiting(self, work: str, now: datetime) -> set[str]:
        """Return the items of a work that are to be left alone now."""
        return {i for (w, i), (_times, until) in self._failed.items() if w == work and now < until}
