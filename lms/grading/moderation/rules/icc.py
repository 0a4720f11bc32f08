"""How far people who judge the same work agree, by figures: ICC(2,1). Pure.

By levels: weighted kappa, in `agreement` beside this.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

LEVEL = 0.95
ROUNDING = 1e-9  # less is what rounding leaves
Ratings = NDArray[np.float64]


def icc_2_1(
    ratings: Ratings, level: float = LEVEL
) -> tuple[float, tuple[float, float] | None] | None:
    """Return ICC(2,1) and its interval: markers drawn at random, absolute agreement, one mark.

    ICC(3,1) (these markers alone, order only) is another number and may be much higher.

    Args:
        ratings: pieces of work × markers, no cell empty.
        level: the confidence of the interval, between 0 and 1.

    Returns:
        At most 1; None with fewer than two pieces or markers, or where all marks are equal.

    Source: Shrout and Fleiss 1979, Psychol. Bull. 86, 420: (BMS − EMS) / (BMS + (k − 1)·EMS +
        k·(JMS − EMS)/n); their table 2 gives 0.29, with the interval from 0.02 to 0.76.
    """
    n, k = ratings.shape
    if n < 2 or k < 2 or np.ptp(ratings) <= ROUNDING:
        return None
    rows, columns, error = _mean_squares(ratings)
    value = float((rows - error) / (rows + (k - 1) * error + k * (columns - error) / n))
    if error <= ROUNDING:
        return value, None
    return value, _interval(value, rows, columns, error, n, k, level)


def _mean_squares(ratings: Ratings) -> tuple[float, float, float]:
    """Return the mean squares between rows, between columns, and what is left."""
    n, k = ratings.shape
    grand = ratings.mean()
    rows = k * ((ratings.mean(axis=1) - grand) ** 2).sum() / (n - 1)
    columns = n * ((ratings.mean(axis=0) - grand) ** 2).sum() / (k - 1)
    every: Any = ((ratings - grand) ** 2).sum()
    error = max(0.0, (every - rows * (n - 1) - columns * (k - 1)) / ((n - 1) * (k - 1)))
    return float(rows), float(columns), float(error)


def _interval(
    value: float, rows: float, columns: float, error: float, n: int, k: int, level: float
) -> tuple[float, float]:
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
    return low, high
