"""Kappa and ICC against a worked table and a published one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.psychometrics.rules.agreement import icc_2_1, weighted_kappa

# Shrout and Fleiss 1979, table 2: six people, four judges.
PUBLISHED = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    dtype=float,
)


def test_icc_of_the_published_table():
    value, interval = icc_2_1(PUBLISHED)
    assert value == pytest.approx(0.29, abs=0.005)
    assert interval == pytest.approx((0.019, 0.761), abs=0.001)


def test_icc_counts_a_constant_shift_as_disagreement():
    """ICC(3,1) would be 1 here: it asks for the order alone."""
    value, interval = icc_2_1(np.array([[1.0, 3.0], [2.0, 4.0], [3.0, 5.0]]))
    assert value == pytest.approx(1 / (1 + 2))  # rows 2, columns 6, error 0: 2 / (2 + 2·6/3)
    assert interval is None


@pytest.mark.parametrize("table", [np.ones((4, 2)), np.ones((1, 3)), np.ones((0, 2))])
def test_icc_is_not_defined_without_differences(table):
    assert icc_2_1(table) is None


def test_kappa_by_hand():
    """Levels 0 1 2; 4 + 3 + 2 agree, one apart by 1. Linear: seen .1; by chance .76."""
    one = [0, 0, 0, 0, 1, 1, 1, 2, 2, 0]
    other = [0, 0, 0, 0, 1, 1, 1, 2, 2, 1]
    # shares .5 .3 .2 and .4 .4 .2: distance 1: .5·.4+.3·.4+.3·.2+.2·.4=.46; 2: (.1+.08)·2=.36
    assert weighted_kappa(one, other, 3, "linear") == pytest.approx(1 - 0.1 / 0.82)
    assert weighted_kappa(one, other, 3) == pytest.approx(1 - 0.1 / (0.46 + 4 * 0.18))


def test_kappa_of_two_who_always_give_the_same_one_level_is_not_defined():
    assert weighted_kappa([1, 1], [1, 1], 3) is None
    assert weighted_kappa([], [], 3) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30))
def test_kappa_is_the_same_whoever_is_named_first(pairs):
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    assert weighted_kappa(one, other, 5) == pytest.approx(weighted_kappa(other, one, 5))
