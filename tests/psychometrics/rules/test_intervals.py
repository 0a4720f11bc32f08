"""Intervals against published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.psychometrics.rules.intervals import fisher, newcombe, wilson


def test_wilson_of_eight_in_ten():
    assert wilson(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_wilson_of_all_and_of_none_ends_at_the_border():
    """0 of 10: up to z²/(n + z²) = 3.8415/13.8415."""
    assert wilson(0, 10) == pytest.approx((0, 3.8415 / 13.8415), abs=1e-4)
    assert wilson(1, 10) == pytest.approx((1 - 3.8415 / 13.8415, 1), abs=1e-4)
    assert wilson(0.5, 0) is None


def test_newcombes_own_example():
    """56/70 against 48/80, method 10: .0524 to .3339."""
    assert newcombe(56 / 70, 70, 48 / 80, 80) == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_fisher_by_hand():
    """r .5, n 28: .5493 ± 1.96 · .2 and back: .1560 to .7358."""
    assert fisher(0.5, 28) == pytest.approx((0.1560, 0.7358), abs=5e-4)


@pytest.mark.parametrize(("r", "n"), [(None, 50), (0.3, 3), (1.0, 50), (-1.0, 50)])
def test_no_interval_where_none_exists(r, n):
    assert fisher(r, n) is None


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_wilson_holds_the_share_and_stays_within_0_and_1(share, n):
    low, high = wilson(share, n)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
