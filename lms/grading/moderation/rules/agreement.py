"""How far two who give levels to the same work agree: weighted kappa, ICC, shift. Pure.

Statistics of questions and marks stand above this room and may use it as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import numpy as np

from lms.grading.moderation.rules.icc import icc_2_1

NOTHING = 1e-12  # less is what rounding leaves
FEWEST = 10  # below it only the count is said: the rest would be chance
FIRM = 100  # below it figures are weak evidence
LOW = 0.6  # kappa or ICC below it is flagged
NORMAL = 1.959963984540054  # 95 % of it lie so many standard deviations around the middle


@dataclass(frozen=True)
class Agreement:
    """What two series of levels say of each other; below `FEWEST` answers only how many.

    Attributes:
        n: answers that both marked.
        equal: the share with the same level, from 0 to 1.
        kappa: with quadratic weights, and its 95 % interval.
        icc: ICC(2,1), and its 95 % interval.
        shift: by how many levels the one marks higher than the other, in the mean.
    """

    n: int
    equal: float | None = None
    kappa: float | None = None
    interval: tuple[float, float] | None = None
    icc: float | None = None
    icc_interval: tuple[float, float] | None = None
    shift: float | None = None

    @property
    def is_low(self) -> bool:
        """Tell whether kappa or ICC lies below what a hub should look into."""
        return any(value is not None and value < LOW for value in (self.kappa, self.icc))

    @property
    def is_weak(self) -> bool:
        """Tell whether the answers are enough for figures, and too few to act on them."""
        return FEWEST <= self.n < FIRM


def agreement(pairs: Sequence[tuple[int, int]], levels: int) -> Agreement:
    """Return how far two markers agree.

    Args:
        pairs: at least one; the level of the one and of the other for each answer, from 0.
        levels: how many there are.
    """
    if len(pairs) < FEWEST:
        return Agreement(len(pairs))
    one, other = [a for a, _b in pairs], [b for _a, b in pairs]
    icc, around = icc_2_1(np.array(pairs, dtype=float)) or (None, None)
    return Agreement(
        n=len(pairs),
        equal=sum(a == b for a, b in pairs) / len(pairs),
        kappa=weighted_kappa(one, other, levels),
        interval=kappa_interval(one, other, levels),
        icc=icc,
        icc_interval=around,
        shift=sum(a - b for a, b in pairs) / len(pairs),
    )


def weighted_kappa(
    one: Sequence[int],
    other: Sequence[int],
    levels: int,
    weights: Literal["linear", "quadratic"] = "quadratic",
) -> float | None:
    """Return how far two markers agree beyond chance, from −1 to 1 (1: always).

    Args:
        one, other: the level each gave to the same answers, from 0 to `levels` − 1.
        levels: how many there are, 2 or more.
        weights: how a disagreement grows with its distance.

    Returns:
        None without answers, or where chance alone leaves no disagreement (both always the same).

    Source: Cohen 1968, Psychol. Bull. 70, 213.
    """
    if not one:
        return None
    seen, cost = _seen(one, other, levels), _cost(levels, weights)
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0))
    expected = float((cost * chance).sum())
    return None if expected <= NOTHING else 1 - float((cost * seen).sum()) / expected


def kappa_interval(
    one: Sequence[int], other: Sequence[int], levels: int
) -> tuple[float, float] | None:
    """Return the 95 % interval of kappa with quadratic weights, within −1 and 1.

    Returns:
        None for fewer than `FEWEST` answers, where kappa is none, or where nothing scatters.

    Source: Fleiss, Cohen and Everitt 1969, Psychol. Bull. 72, 323: the large-sample variance.
    """
    kappa = weighted_kappa(one, other, levels)
    if kappa is None or len(one) < FEWEST:
        return None
    seen = _seen(one, other, levels)
    agree = 1 - _cost(levels, "quadratic") / (levels - 1) ** 2
    rows, columns = seen.sum(axis=1), seen.sum(axis=0)
    by_chance = float((np.outer(rows, columns) * agree).sum())
    means = (agree @ columns)[:, None] + (rows @ agree)[None, :]
    spread = float((seen * (agree - means * (1 - kappa)) ** 2).sum())
    spread -= (kappa - by_chance * (1 - kappa)) ** 2
    if spread <= NOTHING:
        return None
    half = NORMAL * sqrt(spread / len(one)) / (1 - by_chance)
    return max(-1.0, kappa - half), min(1.0, kappa + half)


def _seen(one: Sequence[int], other: Sequence[int], levels: int) -> Any:
    seen = np.zeros((levels, levels))
    for a, b in zip(one, other, strict=True):
        seen[a, b] += 1 / len(one)
    return seen


def _cost(levels: int, weights: str) -> Any:
    place = np.arange(levels)
    apart = np.abs(place[:, None] - place[None, :]).astype(float)
    return apart**2 if weights == "quadratic" else apart
