"""Where a cut comes from: Angoff judgements, borderline regression. Pure."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from lms.psychometrics.rules.correlation import ROUNDING, Numbers
from lms.psychometrics.rules.items import Table

FEWEST_JUDGES = 5
FEWEST_CANDIDATES = 30


@dataclass(frozen=True)
class Angoff:
    """The cut of a panel in points of the paper, and how far it would move with other judges.

    means: of each item's ratings. cuts: of each judge. error: sd of the cuts ÷ √judges, None for
    one judge.
    """

    cut: float
    error: float | None
    judges: int
    items: int
    means: tuple[float, ...]
    cuts: tuple[float, ...]


def angoff(ratings: Table, points: Numbers | None = None) -> Angoff | None:
    """Return the sum over items of the mean rating.

    Args:
        ratings: judges × items: the share of barely competent people who would get it right, 0 to
            1; a judge who left a cell empty (NaN) is left out.
        points: of each item; None: 1 each.

    Source: Angoff 1971, in Educational Measurement (2nd ed.).
    """
    whole = ratings[~np.isnan(ratings).any(axis=1)]
    judges, items = whole.shape
    if not judges or not items:
        return None
    cuts = whole @ (np.ones(items) if points is None else points)
    error = float(cuts.std(ddof=1)) / sqrt(judges) if judges > 1 else None
    means = tuple(float(one) for one in whole.mean(axis=0))
    return Angoff(float(cuts.mean()), error, judges, items, means, tuple(map(float, cuts)))


@dataclass(frozen=True)
class Regression:
    """A line through checklist scores by global rating: score = intercept + slope · rating.

    residual: the standard deviation around it (divisor n − 2); error: the standard error of the
    cut; both None below three candidates.
    """

    cut: float
    slope: float
    intercept: float
    r_squared: float
    residual: float | None
    error: float | None
    candidates: int


def borderline_regression(
    scores: Numbers, ratings: Numbers, borderline: float
) -> Regression | None:
    """Return the score that the line gives at the borderline rating.

    Args:
        scores: of each candidate on the checklist, in any unit.
        ratings: the global rating of each, whole numbers upwards.
        borderline: the rating that means "just good enough".

    Returns:
        None with fewer than two candidates, or where all have the same rating or the same score.

    Source: Wood, Humphrey-Murray and Boulais 2006, Adv. Health Sci. Educ. 11, 115.
    """
    n = scores.size
    if n < 2 or np.ptp(ratings) <= ROUNDING or np.ptp(scores) <= ROUNDING:
        return None
    x, y = ratings - ratings.mean(), scores - scores.mean()
    slope = float((x * y).sum() / (x * x).sum())
    intercept = float(scores.mean() - slope * ratings.mean())
    left = float(((y - slope * x) ** 2).sum())
    residual = sqrt(left / (n - 2)) if n > 2 else None
    leverage = 1 / n + (borderline - float(ratings.mean())) ** 2 / float((x * x).sum())
    return Regression(
        cut=intercept + slope * borderline,
        slope=slope,
        intercept=intercept,
        r_squared=1 - left / float((y * y).sum()),
        residual=residual,
        error=None if residual is None else residual * sqrt(leverage),
        candidates=n,
    )
