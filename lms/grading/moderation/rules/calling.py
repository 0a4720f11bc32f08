"""Which signed first marks need a second marker. Pure; who that is, others say."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

# What the setting SECOND_MARKING may say: nothing is called for, or fails and what is near the cut,
# without a random share or with one of two sizes
OFF, CUT, ROOT, TENTH = "off", "cut", "root", "tenth"

FAILED, NEAR, DRAWN = "failed", "near", "drawn"
MARGIN = Fraction(1, 10)  # of all rubric points, on both sides of the cut
LEAST = 10
_WHOLE = 2**64


@dataclass(frozen=True)
class Written:
    """What the written part of an attempt came to: its share of rubric points, from 0 to 1."""

    fails: bool
    share: Fraction | None
    cut: Fraction


def written(outcome: Mapping[str, Any], cut: Fraction) -> Written:
    """Return what a stored outcome says of the marks that people gave.

    Marks that count like scores have no share of their own: with them an attempt that is not
    passed fails by its written part.
    """
    share = None if outcome["essay"] is None else Fraction(outcome["essay"])
    below = share is not None and share < cut
    like_scores = bool(outcome.get("by_hand")) and not outcome["passed"]
    return Written(below or bool(outcome["zero_criteria"]) or like_scores, share, cut)


def why_called(part: Written, *, drawn: bool) -> str | None:
    """Return why an answer needs a second marker, None where it needs none.

    Args:
        drawn: it fell into the random share.
    """
    if part.fails:
        return FAILED
    if part.share is not None and abs(part.share - part.cut) <= MARGIN:
        return NEAR
    return DRAWN if drawn else None


def wanted(n: int, plan: str) -> int:
    """Return how many of `n` answers the random share is meant to hold.

    Args:
        plan: CUT: none; ROOT: √n, at least 10, or all where there are fewer; TENTH: a tenth,
            rounded up.
    """
    if plan == CUT:
        return 0
    if plan == TENTH:
        return -(-n // 10)
    root = isqrt(n)
    return min(n, max(LEAST, root if root * root == n else root + 1))


def is_drawn(item_id: str, n: int, plan: str, secret: str) -> bool:
    """Tell whether an answer falls into the random share, alike on every machine and every time.

    It is decided when the answer is the `n`-th signed one to its question: later ones neither
    draw it nor let it go.

    Args:
        secret: without it nobody can tell beforehand which answers a second marker will see.
    """
    drawn = hmac.digest(secret.encode(), f"second marking:{item_id}".encode(), "sha256")
    return int.from_bytes(drawn[:8]) * n < wanted(n, plan) * _WHOLE
