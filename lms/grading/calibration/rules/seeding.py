"""Where a calibration answer comes again among live ones, and which. Pure."""

import hmac
from collections.abc import Mapping, Sequence

EVERY = 20  # answers
_WHOLE = 2**64


def is_seeded(marker_id: str, item_id: str, secret: str) -> bool:
    """Tell whether a calibration answer comes before an answer: for each marker 1 in 20.

    Alike at every look, so that whoever goes back and forth does not meet more of them.

    Args:
        secret: without it nobody can tell beforehand where one comes.
    """
    drawn = hmac.digest(secret.encode(), f"seed:{marker_id}:{item_id}".encode(), "sha256")
    return int.from_bytes(drawn[:8]) * EVERY < _WHOLE


def seldom_seen(anchors: Sequence[str], seen: Mapping[str, int]) -> str | None:
    """Return the calibration answer that came to a marker least often, None where there is none.

    Args:
        seen: how often each came, 0 where it is missing.
    """
    return min(anchors, key=lambda id: seen.get(id, 0), default=None)
