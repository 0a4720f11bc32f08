"""In which order a marker meets the answers to a question, and for how long one is theirs. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

# An answer that nobody marked in this time, or did anything about, goes back to the queue.
KEPT = timedelta(minutes=20)
# Seconds on one answer beyond this say that somebody was called away, and are written as this.
LONGEST = 3600


def in_order(marker_id: str, items: Iterable[str]) -> list[str]:
    """Return answers in the order of one marker: mixed, and the same at every look.

    Whoever is marked late is marked harder: so each marker has an order of their own, in which
    nobody's place has to do with when they handed in.
    """
    return sorted(items, key=lambda item: sha256(f"{marker_id}:{item}".encode()).digest())


def from_here(items: list[str], after: str | None) -> list[str]:
    """Return a marker's order going round: first what stands behind `after`, then the rest."""
    if after not in items:
        return items
    place = items.index(after)
    return items[place + 1 :] + items[: place + 1]


def seconds_spent(since: datetime | None, until: datetime, now: datetime) -> int | None:
    """Return how long an answer lay before its marker, in whole seconds from 0 to `LONGEST`.

    Args:
        since: when it was laid before them; None: not known.
        until: to when it was theirs.

    Returns:
        None where nobody knows: nobody laid it there, or it was not theirs any more.
    """
    if since is None or now > until or now < since:
        return None
    return min(int((now - since).total_seconds()), LONGEST)
