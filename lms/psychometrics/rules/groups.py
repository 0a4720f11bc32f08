"""Whether a question behaves differently for people of one language, or in one variant. Pure."""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from lms.psychometrics.rules.correlation import Numbers
from lms.psychometrics.rules.intervals import Interval, newcombe, wilson

Mask = NDArray[np.bool_]
Names = NDArray[np.object_]
SMALLEST = 10  # persons of a group, below which it is only counted
MATCHED = 30  # persons of each group, from which they are compared at like scores
BANDS = 5
LARGE, MODERATE = 1.5, 1.0  # on the delta scale
_Z = 1.959963984540054


@dataclass(frozen=True)
class MantelHaenszel:
    """How two groups of like scores differ in getting an item right.

    odds: the common odds ratio; above 1 it is easier for the reference group. delta: −2.35 ln
    odds; below 0 it is harder for the focal group. p: of the continuity-corrected test.
    """

    odds: float
    interval: Interval
    delta: float
    p: float


def mantel_haenszel(right: Mask, focal: Mask, band: NDArray[np.int_]) -> MantelHaenszel | None:
    """Compare a focal with a reference group within bands of like scores.

    Args:
        right: for each person, whether the answer was right. focal: whether in the focal group.
        band: the number of the person's score band.

    Returns:
        None where no band holds right and wrong answers of both groups enough to compare.

    Source: Holland and Thayer 1988; interval by Robins, Breslow and Greenland 1986,
        Biometrics 42, 311.
    """
    cells = [_cells(right[band == b], focal[band == b]) for b in np.unique(band)]
    cells = [one for one in cells if one.sum() > 1]
    table = np.array(cells).reshape(len(cells), 4)
    a, b, c, d = table.T
    n = table.sum(axis=1)
    r, s = a * d / n, b * c / n
    spread = ((a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))).sum()
    if r.sum() == 0 or s.sum() == 0 or spread == 0:
        return None
    odds = float(r.sum() / s.sum())
    same, opposite = (a + d) / n, (b + c) / n
    variance = (
        (same * r).sum() / (2 * r.sum() ** 2)
        + (same * s + opposite * r).sum() / (2 * r.sum() * s.sum())
        + (opposite * s).sum() / (2 * s.sum() ** 2)
    )
    expected = ((a + b) * (a + c) / n).sum()
    chi = max(0.0, abs(float(a.sum() - expected)) - 0.5) ** 2 / float(spread)
    half = _Z * sqrt(float(variance))
    interval = Interval(exp(log(odds) - half), exp(log(odds) + half))
    return MantelHaenszel(odds, interval, -2.35 * log(odds), float(chdtrc(1, chi)))


def _cells(right: Mask, focal: Mask) -> Numbers:
    """Return reference right and wrong, focal right and wrong."""
    cells = ((~focal & right), (~focal & ~right), (focal & right), (focal & ~right))
    return np.array([cell.sum() for cell in cells], dtype=float)


def bands(score: Numbers, most: int = BANDS) -> NDArray[np.int_]:
    """Return for each person the band of the score, at most so many of about equal size."""
    edges = np.quantile(score, np.arange(1, most) / most) if score.size else np.array([])
    found: NDArray[np.int_] = np.searchsorted(np.unique(edges), score, side="left")
    return found


@dataclass(frozen=True)
class GroupStatistics:
    """One group of people (a language, a variant): how hard the item was for them."""

    name: str
    n: int
    difficulty: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Comparison:
    """A group against the largest one.

    difference: its difficulty minus the other's, with interval. matched: the same at like scores,
    where both groups are large enough. verdict: what it comes to.
    """

    name: str
    reference: str
    n: int
    n_reference: int
    difference: float
    interval: Interval
    matched: MantelHaenszel | None
    verdict: Literal["alike", "look", "different"]


def by_group(item: Numbers, group: list[str]) -> list[GroupStatistics]:
    """Return how hard an item was for each group, the largest first; "p" from 10 persons on."""
    names = np.array(group, dtype=object)
    found = []
    for name in sorted(set(group)):
        own = item[(names == name) & ~np.isnan(item)]
        enough = own.size >= SMALLEST
        p = float(own.mean()) if enough else None
        around = None if p is None else wilson(p, own.size)
        found.append(GroupStatistics(name, int(own.size), p, around))
    return sorted((one for one in found if one.n), key=lambda one: (-one.n, one.name))


def compare(item: Numbers, others: Numbers, group: list[str]) -> list[Comparison]:
    """Compare each group of 10 or more persons with the largest one.

    From 30 persons in each on, at like scores on the rest: "different" where the interval of the
    odds leaves 1 out and delta is 1 or more away from 0 (the moderate and large classes of the
    Educational Testing Service). Below that "look", where the plain difference leaves 0 out: such
    people may simply know more or less.

    Args:
        item: each person's score, 0 to 1. others: that on the rest. group: the person's group.
    """
    kept = ~(np.isnan(item) | np.isnan(others))
    item, others = item[kept], others[kept]
    names = np.array(group, dtype=object)[kept]
    known = [one for one in by_group(item, list(names)) if one.difficulty is not None]
    if len(known) < 2:
        return []
    largest = known[0]
    return [_compared(one, largest, item, others, names) for one in known[1:]]


def _compared(
    one: GroupStatistics, largest: GroupStatistics, item: Numbers, others: Numbers, names: Names
) -> Comparison:
    theirs, usual = one.difficulty or 0.0, largest.difficulty or 0.0  # known from 10 persons on
    around = newcombe(theirs, one.n, usual, largest.n) or Interval(-1, 1)
    matched = None
    if one.n >= MATCHED and largest.n >= MATCHED:
        pair = (names == one.name) | (names == largest.name)
        right = item[pair] >= 1
        matched = mantel_haenszel(right, names[pair] == one.name, bands(others[pair]))
    verdict: Literal["alike", "look", "different"] = "alike"
    if matched:
        leaves_out = not matched.interval.low <= 1 <= matched.interval.high
        verdict = "different" if leaves_out and abs(matched.delta) >= MODERATE else "alike"
    elif not around.low <= 0 <= around.high:
        verdict = "look"
    return Comparison(
        one.name, largest.name, one.n, largest.n, theirs - usual, around, matched, verdict
    )


def spread(groups: list[GroupStatistics]) -> float | None:
    """Return how far the easiest lies from the hardest group of 10 or more; None below two."""
    known = [one.difficulty for one in groups if one.difficulty is not None]
    return max(known) - min(known) if len(known) > 1 else None
