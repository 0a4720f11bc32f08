"""How often one person may search: a bucket that fills again with time. In memory, for each web
process by itself: nothing is written by a GET, and a restart forgives."""

import threading
from collections.abc import Hashable

DROPS = 30  # searches at once
EVERY = 2.0  # seconds until a further one
_MOST_KEPT = 10_000


class Buckets:
    """A bucket for each key; the fullest are forgotten first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: dict[Hashable, tuple[float, float]] = {}  # drops left, and when

    def take(self, key: Hashable, now: float) -> int:
        """Take a drop; return 0, or the seconds to wait where there is none.

        Args:
            now: seconds of a clock that does not go back.
        """
        with self._lock:
            left, then = self._left.pop(key, (float(DROPS), now))
            left = min(float(DROPS), left + (now - then) / EVERY)
            wait = 0 if left >= 1 else max(1, round((1 - left) * EVERY))
            self._left[key] = (left if wait else left - 1, now)
            if len(self._left) > _MOST_KEPT:  # the one that asked longest ago
                del self._left[next(iter(self._left))]
        return wait
