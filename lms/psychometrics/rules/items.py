"""What the answers say about one question: how hard, how it parts people, each option. Pure.

Scores are a table, a row a person, a column an item, each cell from 0 to the item's points as a
share (0 to 1); NaN: the item was not put to this person. A blank answer is a 0 and no NaN.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lms.psychometrics.rules.correlation import (
    Numbers,
    correlation,
    covariance,
    is_constant,
    mean,
)
from lms.psychometrics.rules.intervals import Interval, fisher, wilson

Table = NDArray[np.float64]
BLANK = ""


@dataclass(frozen=True)
class ItemStatistics:
    """One item over `n` persons; what is not defined is None.

    difficulty: mean share of its points, from 0 (nobody) to 1 (everybody).
    item_total, item_rest: its correlation with the total, and with the total without it.
    efficiency: how much of the possible covariance with the rest it reaches, 1 at most.
    """

    n: int
    difficulty: float | None
    difficulty_interval: Interval | None
    item_total: float | None
    item_rest: float | None
    item_rest_interval: Interval | None
    efficiency: float | None


@dataclass(frozen=True)
class OptionStatistics:
    """One option of an item: who chose it; "" are those who chose none.

    share: of the persons who were given the item. mean_total: of those who chose it, as a share
    of the points. rest_r: correlation of having chosen it with the score on the other items.
    """

    option: str
    right: bool
    n: int
    share: float
    mean_total: float | None
    rest_r: float | None


def totals(scores: Table, points: Numbers | None = None) -> Numbers:
    """Return each person's share of the points of all items put to them; NaN: of none.

    Where everybody was given the same items this is the sum in another unit, so that correlations
    with it are those with the sum. Where papers are drawn, sums of different items would not be
    comparable.
    """
    weights = np.ones(scores.shape[1]) if points is None else points
    given = ~np.isnan(scores)
    possible = (given * weights).sum(axis=1)
    earned = np.where(given, scores, 0.0) @ weights
    return np.divide(earned, possible, out=np.full(len(scores), np.nan), where=possible > 0)


def rest(scores: Table, item: int, points: Numbers | None = None) -> Numbers:
    """Return each person's share of the points of all items but one (a column's number from 0)."""
    weights = None if points is None else np.delete(points, item)
    return totals(np.delete(scores, item, axis=1), weights)


def efficiency(item: Numbers, others: Numbers) -> float | None:
    """Return the covariance of an item with the rest, of the largest that these marks allow.

    1: whoever has more on the rest has never less here. Below 0: it parts people the wrong way
    round. None where the item or the rest is constant.

    Source: Moodle, quiz statistics: the largest covariance is that of both, each put in order.
    """
    kept = ~(np.isnan(item) | np.isnan(others))
    one, other = item[kept], others[kept]
    if is_constant(one) or is_constant(other):
        return None
    most = covariance(np.sort(one), np.sort(other))
    found = covariance(one, other)
    return found / most if most and found is not None else None


def item_statistics(scores: Table, item: int, points: Numbers | None = None) -> ItemStatistics:
    """Return what the answers say about one column of a table of scores.

    Args:
        scores: persons × items, shares from 0 to 1 or NaN.
        item: the column's number from 0.
        points: of each item; None: 1 each.
    """
    own, others = scores[:, item], rest(scores, item, points)
    n = int((~np.isnan(own)).sum())
    p = mean(own)
    r = correlation(own, others)
    pairs = int((~(np.isnan(own) | np.isnan(others))).sum())
    return ItemStatistics(
        n=n,
        difficulty=p,
        difficulty_interval=None if p is None else wilson(p, n),
        item_total=correlation(own, totals(scores, points)),
        item_rest=r,
        item_rest_interval=fisher(r, pairs),
        efficiency=efficiency(own, others),
    )


def option_statistics(
    chosen: Sequence[frozenset[str] | None],
    options: Sequence[str],
    right: frozenset[str],
    total: Numbers,
    others: Numbers,
) -> list[OptionStatistics]:
    """Return the distractor table of an item: a row an option, those who chose none last if any.

    Args:
        chosen: for each person the options chosen; empty: blank; None: not given the item.
        options: in the order of the table.
        right: those that the key names.
        total, others: each person's share on all items, and on all but this.
    """
    asked = np.array([one is not None for one in chosen], dtype=bool)
    n = int(asked.sum())
    picks = {
        option: np.array([one is not None and option in one for one in chosen], dtype=bool)
        for option in options
    }
    blank = np.array([one is not None and not one for one in chosen], dtype=bool)
    if blank.any():
        picks[BLANK] = blank
    return [
        OptionStatistics(
            option=option,
            right=option in right,
            n=int(hit.sum()),
            share=float(hit.sum() / n) if n else 0.0,
            mean_total=mean(total[hit]),
            rest_r=correlation(hit[asked].astype(float), others[asked]),
        )
        for option, hit in picks.items()
    ]
