"""Intervals around shares, their differences, and correlations. Pure.

All are two-sided; `level` is the confidence, 0.95 unless told.
"""

from math import atanh, sqrt, tanh
from typing import NamedTuple

from scipy.special import ndtri

LEVEL = 0.95


class Interval(NamedTuple):
    """From `low` to `high`, both included."""

    low: float
    high: float


def wilson(share: float, n: int, level: float = LEVEL) -> Interval | None:
    """Return Wilson's score interval of a share.

    For a mean of fractions from 0 to 1 it is on the safe side: no such variance exceeds p(1 − p).

    Args:
        share: from 0 to 1.
        n: persons; None is returned for none.

    Source: Wilson 1927, J. Am. Stat. Assoc. 22, 209.
    """
    if n < 1:
        return None
    z = float(ndtri((1 + level) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def newcombe(one: float, n_one: int, other: float, n_other: int) -> Interval | None:
    """Return the 95 % interval of `one` − `other`, two shares of different people.

    Source: Newcombe 1998, Stat. Med. 17, 873, method 10.
    """
    first, second = wilson(one, n_one), wilson(other, n_other)
    if first is None or second is None:
        return None
    difference = one - other
    down = sqrt((one - first.low) ** 2 + (second.high - other) ** 2)
    up = sqrt((first.high - one) ** 2 + (other - second.low) ** 2)
    return Interval(difference - down, difference + up)


def fisher(r: float | None, n: int, level: float = LEVEL) -> Interval | None:
    """Return the interval of a correlation by Fisher's z; None below 4 persons or at r = ±1.

    Source: Fisher 1921, Metron 1, 3: atanh(r) has the standard error 1/√(n − 3).
    """
    if r is None or n < 4 or abs(r) >= 1:
        return None
    half = float(ndtri((1 + level) / 2)) / sqrt(n - 3)
    return Interval(tanh(atanh(r) - half), tanh(atanh(r) + half))
