"""Kappa against tables worked by hand, and what is said of few answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.grading.moderation.rules.agreement import (
    Agreement,
    agreement,
    kappa_interval,
    weighted_kappa,
)

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


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


def test_the_interval_by_hand():
    """20 5 / 10 15: kappa .4; (.10972 + .10188 − .01) / (50 · .25) = .016128, so ± .2489."""
    pairs = [(0, 0)] * 20 + [(0, 1)] * 5 + [(1, 0)] * 10 + [(1, 1)] * 15
    one, other = zip(*pairs, strict=True)
    assert weighted_kappa(one, other, 2) == pytest.approx(0.4)
    assert kappa_interval(one, other, 2) == pytest.approx((0.1511, 0.6489), abs=0.0001)


def test_few_answers_have_no_interval():
    assert kappa_interval([0, 1, 2], [0, 1, 1], 5) is None
    assert kappa_interval([1] * 20, [1] * 20, 5) is None


@given(PAIRS)
def test_the_interval_holds_the_value_and_stays_within_what_kappa_can_be(pairs):
    one, other = zip(*(pairs * 10), strict=True)
    value, around = weighted_kappa(one, other, 5), kappa_interval(one, other, 5)
    if value is not None and around is not None:
        assert -1 <= around[0] <= value + 1e-9
        assert value - 1e-9 <= around[1] <= 1


def test_few_answers_are_counted_and_nothing_else_is_said_of_them():
    assert agreement([(3, 2)] * 9, 5) == Agreement(9)


def test_the_shift_is_how_much_higher_the_one_marks():
    found = agreement([(3, 2), (4, 4), (1, 0), (2, 2)] * 3, 5)
    assert (found.n, found.equal, found.shift) == (12, 0.5, 0.5)
    assert found.is_weak


def test_a_marker_who_is_always_a_level_higher_is_flagged_by_absolute_agreement():
    """Order alone would be perfect: rows 6/11, columns 24, no error: (6/11) / (6/11 + 2·24/12)."""
    found = agreement([(3, 1), (3, 1), (4, 2), (4, 2)] * 3, 5)
    assert found.icc == pytest.approx(0.12)
    assert found.is_low
    assert not agreement([(0, 0), (4, 4)] * 5, 5).is_low
