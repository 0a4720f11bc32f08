"""Means, covariances and correlations that say None where they are not defined. Pure.

Every array holds one number a person; NaN says that the person has none.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
# Scores are fractions, whose sums in floating point differ in the last digits where they are equal.
ROUNDING = 1e-9


def both(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Return two arrays of one length without the persons who lack either number."""
    kept = ~(np.isnan(x) | np.isnan(y))
    return x[kept], y[kept]


def mean(x: Numbers) -> float | None:
    """Return the mean of those who have a number; None where nobody has."""
    known = x[~np.isnan(x)]
    return float(known.mean()) if known.size else None


def is_constant(x: Numbers) -> bool:
    """Tell whether everybody has the same number, rounding aside; so it is of one or none."""
    return x.size < 2 or float(np.ptp(x)) <= ROUNDING


def covariance(x: Numbers, y: Numbers) -> float | None:
    """Return the covariance (divisor n − 1) of those who have both; None below two persons."""
    one, other = both(x, y)
    if one.size < 2:
        return None
    return float(((one - one.mean()) * (other - other.mean())).sum() / (one.size - 1))


def correlation(x: Numbers, y: Numbers) -> float | None:
    """Return Pearson's r, from −1 to 1, of those who have both numbers.

    None where there are fewer than two persons or one of the two is constant: then no r exists,
    and 0 would say that there was one.
    """
    one, other = both(x, y)
    if is_constant(one) or is_constant(other):
        return None
    a, b = one - one.mean(), other - other.mean()
    r = float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))
    return min(1.0, max(-1.0, r))
