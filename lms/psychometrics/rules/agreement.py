"""How far people who judge the same work agree, by figures: ICC(2,1). Pure.

By levels: weighted kappa, in `lms.grading.moderation.rules.agreement`, where markers need it too.
"""

import numpy as np
from scipy.special import fdtri

from lms.psychometrics.rules.correlation import ROUNDING
from lms.psychometrics.rules.intervals import LEVEL, Interval
from lms.psychometrics.rules.items import Table


def icc_2_1(ratings: Table, level: float = LEVEL) -> tuple[float, Interval | None] | None:
    """Return ICC(2,1) and its interval: markers drawn at random, absolute agreement, one mark.

    ICC(3,1) (these markers alone, order only) is another number and may be much higher.

    Args:
        ratings: pieces of work × markers, no cell empty.

    Returns:
        At most 1; None with fewer than two pieces or markers, or where all marks are equal.

    Source: Shrout and Fleiss 1979, Psychol. Bull. 86, 420.
    """
    n, k = ratings.shape
    if n < 2 or k < 2 or np.ptp(ratings) <= ROUNDING:
        return None
    grand = ratings.mean()
    rows = k * ((ratings.mean(axis=1) - grand) ** 2).sum() / (n - 1)
    columns = n * ((ratings.mean(axis=0) - grand) ** 2).sum() / (k - 1)
    every = ((ratings - grand) ** 2).sum()
    error = max(0.0, (every - rows * (n - 1) - columns * (k - 1)) / ((n - 1) * (k - 1)))
    value = float((rows - error) / (rows + (k - 1) * error + k * (columns - error) / n))
    if error <= ROUNDING:
        return value, None
    return value, _interval(value, float(rows), float(columns), float(error), n, k, level)


def _interval(
    value: float, rows: float, columns: float, error: float, n: int, k: int, level: float
) -> Interval:
    ratio = columns / error
    top = (k * value * ratio + n * (1 + (k - 1) * value) - k * value) ** 2
    bottom = (k * value * ratio) ** 2 + (n * (1 + (k - 1) * value) - k * value) ** 2 / (n - 1)
    freedom = (k - 1) * top / bottom if bottom else 1.0
    beyond = (1 + level) / 2
    above = float(fdtri(n - 1, freedom, beyond))
    below = float(fdtri(freedom, n - 1, beyond))
    inner = k * columns + (k * n - k - n) * error
    low = n * (rows - above * error) / (above * inner + n * rows)
    high = n * (below * rows - error) / (inner + n * below * rows)
    return Interval(low, high)
