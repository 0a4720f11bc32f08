"""How far a whole paper can be trusted: alpha, its interval, the error around the cut. Pure."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import fdtri

from lms.psychometrics.rules.correlation import ROUNDING, Numbers
from lms.psychometrics.rules.intervals import LEVEL, Interval
from lms.psychometrics.rules.items import Table


@dataclass(frozen=True)
class Reliability:
    """How well a paper tells people apart; at most 1, and below 0 where items work against it.

    value: None where it is not defined. sem: the standard error of measurement in the unit of the
    totals; sd: their standard deviation (divisor n − 1). drawn: every paper has items of its own.
    """

    persons: int
    items: float
    value: float | None
    interval: Interval | None
    sd: float | None
    sem: float | None
    drawn: bool = False


def alpha(scores: Table) -> float | None:
    """Return Cronbach's alpha (KR-20 where every score is 0 or 1), from minus infinity to 1.

    k/(k − 1) · (1 − Σ variances of the items / variance of the total), both with the divisor
    n − 1: with one of each it would depend on the number of persons alone. Negative is shown.

    Args:
        scores: persons × items in one unit; whoever lacks a cell is left out.

    Returns:
        None with fewer than two items or persons, or where all totals are equal.

    Source: Cronbach 1951, Psychometrika 16, 297.
    """
    whole = scores[~np.isnan(scores).any(axis=1)]
    persons, items = whole.shape
    total = whole.sum(axis=1)
    if persons < 2 or items < 2 or np.ptp(total) <= ROUNDING:
        return None
    parts = whole.var(axis=0, ddof=1).sum()
    return float(items / (items - 1) * (1 - parts / total.var(ddof=1)))


def feldt(value: float, persons: int, items: int, level: float = LEVEL) -> Interval | None:
    """Return the interval of an alpha.

    (1 − α)/(1 − found) goes as F with n − 1 and (n − 1)(k − 1) degrees of freedom.

    Source: Feldt 1965, Psychometrika 30, 357.
    """
    if persons < 2 or items < 2:
        return None
    return _around(value, persons - 1, (persons - 1) * (items - 1), level)


def _around(value: float, between: float, within: float, level: float) -> Interval:
    beyond = (1 - level) / 2
    low = 1 - (1 - value) * float(fdtri(between, within, 1 - beyond))
    high = 1 - (1 - value) * float(fdtri(between, within, beyond))
    return Interval(low, high)


def reliability(scores: Table, points: Numbers | None = None) -> Reliability:
    """Return alpha of a table that everybody filled whole, SEM in the unit of the sum of points.

    Args:
        scores: persons × items, shares from 0 to 1; whoever lacks a cell is left out.
        points: of each item; None: 1 each.
    """
    weights = np.ones(scores.shape[1]) if points is None else points
    whole = scores[~np.isnan(scores).any(axis=1)] * weights
    persons, items = whole.shape
    value = alpha(whole)
    sd = float(whole.sum(axis=1).std(ddof=1)) if persons > 1 else None
    return Reliability(
        persons=persons,
        items=items,
        value=value,
        interval=None if value is None else feldt(value, persons, items),
        sd=sd,
        sem=standard_error(sd, value),
    )


def drawn_reliability(scores: Table) -> Reliability:
    """Return the reliability of papers that were drawn, everybody's items their own.

    1 − (mean square within persons / mean square between persons): that a draw is harder counts as
    error, as it does for the person. The unit of sd and SEM is the share of the paper.

    Args:
        scores: persons × items, NaN where an item was not drawn; persons with fewer than two
            items are left out.

    Source: Shrout and Fleiss 1979, Psychol. Bull. 86, 420, ICC(1,k); for unequal numbers of items
        the harmonic way of Winer 1971, the mean of each person's items.
    """
    counts = (~np.isnan(scores)).sum(axis=1)
    kept, counts = scores[counts > 1], counts[counts > 1]
    persons = len(kept)
    if persons < 2:
        length = float(counts.mean()) if persons else 0.0
        return Reliability(persons, length, None, None, None, None, drawn=True)
    means = np.nanmean(kept, axis=1)
    freedom = int((counts - 1).sum())
    squares = np.nansum((kept - means[:, None]) ** 2)
    length = float(persons / (1 / counts).sum())
    between = float(length * means.var(ddof=1))
    sd = float(means.std(ddof=1))
    if between <= ROUNDING:
        return Reliability(persons, length, None, None, sd, None, drawn=True)
    value = float(1 - squares / freedom / between)
    around = _around(value, persons - 1, freedom, LEVEL)
    return Reliability(persons, length, value, around, sd, standard_error(sd, value), drawn=True)


def standard_error(sd: float | None, value: float | None) -> float | None:
    """Return the standard error of measurement, sd·√(1 − reliability), in the unit of sd."""
    return None if sd is None or value is None else sd * sqrt(max(0.0, 1 - value))


def near(total: Numbers, cut: float, sem: float | None) -> int | None:
    """Return how many stand within one SEM of the cut, on either side; their decision is unsure."""
    return None if sem is None else int((np.abs(total - cut) <= sem + ROUNDING).sum())


def as_testlets(scores: Table, groups: list[str], points: Numbers) -> tuple[Table, Numbers]:
    """Return a table with the items of each group as one: they share a stem, so their errors too.

    Args:
        groups: for each item the name of its group; "" stands alone.

    Returns:
        The table (a person's share of the group's points that were put to them) and its points.
    """
    names = [name or f"\0{place}" for place, name in enumerate(groups)]
    columns, weights = [], []
    for name in dict.fromkeys(names):
        inside = np.array([one == name for one in names])
        given = ~np.isnan(scores[:, inside])
        possible = given @ points[inside]
        earned = np.where(given, scores[:, inside], 0.0) @ points[inside]
        blank = np.full(len(scores), np.nan)
        columns.append(np.divide(earned, possible, out=blank, where=possible > 0))
        weights.append(float(points[inside].sum()))
    return np.column_stack(columns) if columns else scores, np.array(weights)
