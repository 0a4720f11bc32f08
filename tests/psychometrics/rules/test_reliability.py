"""Alpha, its interval, SEM and the cut: worked by hand; the divisor trap."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.psychometrics.rules.reliability import (
    alpha,
    as_testlets,
    drawn_reliability,
    feldt,
    near,
    reliability,
    standard_error,
)

SCORES = np.array(
    [[1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=float
)
ZERO_ONE = st.tuples(st.integers(2, 20), st.integers(2, 6), st.integers(0, 2**31)).map(
    lambda one: np.random.default_rng(one[2]).integers(0, 2, one[:2]).astype(float)
)


def test_alpha_by_hand():
    """Variances (n): .24 .24 .24 .16 = .88; of the total 2: 4/3 · (1 − .44) = .7467."""
    assert alpha(SCORES) == pytest.approx(4 / 3 * (1 - 0.88 / 2))


def test_the_wrong_divisor_would_have_shown():
    """Items with n, total with n − 1 gives .8640 on this table: not what we say."""
    trap = 4 / 3 * (1 - SCORES.var(axis=0).sum() / SCORES.sum(axis=1).var(ddof=1))
    assert trap == pytest.approx(0.8640)
    assert alpha(SCORES) != pytest.approx(trap)


@given(ZERO_ONE)
def test_alpha_is_that_of_either_divisor_used_twice(scores):
    found = alpha(scores)
    total = scores.sum(axis=1)
    if np.ptp(total) == 0:
        assert found is None
        return
    k = scores.shape[1]
    for divisor in (0, 1):
        ratio = scores.var(axis=0, ddof=divisor).sum() / total.var(ddof=divisor)
        assert found == pytest.approx(k / (k - 1) * (1 - ratio))


@given(ZERO_ONE)
def test_alpha_equals_hoyts_analysis_of_variance(scores):
    """1 − MS(person × item) / MS(person): another way to the same number."""
    found = alpha(scores)
    if found is None:
        return
    n, k = scores.shape
    person, item, grand = scores.mean(axis=1), scores.mean(axis=0), scores.mean()
    between = k * ((person - grand) ** 2).sum() / (n - 1)
    left = ((scores - person[:, None] - item + grand) ** 2).sum() / ((n - 1) * (k - 1))
    assert found == pytest.approx(1 - left / between)


@given(ZERO_ONE, st.randoms())
def test_the_order_of_the_people_never_matters(scores, random):
    order = list(range(len(scores)))
    random.shuffle(order)
    assert alpha(scores) == pytest.approx(alpha(scores[order]))


def test_a_negative_alpha_is_shown():
    """Two items that exclude each other but for one person: variances .24 .24, total .16."""
    scores = np.array([[1, 0], [0, 1], [1, 0], [0, 1], [0, 0]], dtype=float)
    assert alpha(scores) == pytest.approx(2 * (1 - (0.24 + 0.24) / 0.16))
    assert reliability(scores).sem == pytest.approx(math.sqrt(0.2) * math.sqrt(5))


@pytest.mark.parametrize("shape", [(0, 3), (1, 3), (5, 1), (0, 0)])
def test_alpha_needs_two_people_and_two_items(shape):
    found = reliability(np.ones(shape))
    assert (found.value, found.interval, found.sem) == (None, None, None)


def test_alpha_of_equal_totals_is_not_defined():
    assert alpha(np.array([[1, 0], [0, 1]], dtype=float)) is None


def test_who_lacks_a_cell_is_left_out_of_alpha():
    missing = np.vstack([SCORES, [1, math.nan, 1, 1]])
    assert alpha(missing) == alpha(SCORES)
    assert reliability(missing).persons == 5


def test_feldts_interval_by_the_printed_table_of_f():
    """11 people, 3 items: F(.975; 10, 20) = 2.77, F(.975; 20, 10) = 3.42."""
    low, high = feldt(0.7, 11, 3)
    assert low == pytest.approx(1 - 0.3 * 2.77, abs=0.002)
    assert high == pytest.approx(1 - 0.3 / 3.42, abs=0.002)


def test_sem_by_hand():
    assert standard_error(2.0, 0.75) == 1
    found = reliability(SCORES)
    assert found.sd == pytest.approx(math.sqrt(2.5))
    assert found.sem == pytest.approx(math.sqrt(2.5 * (1 - 4 / 3 * 0.56)))


def test_those_within_one_sem_stand_on_either_side_of_the_cut():
    assert near(np.array([0.5, 0.7, 0.8, 0.9, 1.0]), 0.8, 0.1) == 3
    assert near(np.array([0.8]), 0.8, None) is None


def test_papers_that_were_drawn_by_hand():
    """Means 1, .5, 0 of two items each: between 2 · .25 = .5, within .5 / 3: 1 − 1/3."""
    scores = np.array([[1, 1, math.nan], [1, math.nan, 0], [math.nan, 0, 0]])
    found = drawn_reliability(scores)
    assert found.value == pytest.approx(1 - (0.5 / 3) / 0.5)
    assert (found.persons, found.items, found.drawn) == (3, 2, True)


def test_drawn_papers_of_nobody_or_of_equal_people_have_no_reliability():
    assert drawn_reliability(np.empty((0, 4))).value is None
    assert drawn_reliability(np.array([[1, 0, math.nan], [0, math.nan, 1]])).value is None


@given(ZERO_ONE)
def test_the_draw_counts_as_error(scores):
    """What parts the items goes to the error, which alpha leaves out of it."""
    found = drawn_reliability(scores).value
    if found is None:
        return
    n, k = scores.shape
    person, item, grand = scores.mean(axis=1), scores.mean(axis=0), scores.mean()
    items = n * ((item - grand) ** 2).sum()
    left = ((scores - person[:, None] - item + grand) ** 2).sum()
    between = k * ((person - grand) ** 2).sum() / (n - 1)
    assert found == pytest.approx(1 - (items + left) / (n * (k - 1)) / between)


def test_the_questions_of_a_case_count_as_one():
    scores = np.array([[1.0, 0.0, 1.0], [math.nan, 1.0, 0.0]])
    table, points = as_testlets(scores, ["case", "case", ""], np.array([1.0, 3.0, 1.0]))
    assert table.tolist() == [[0.25, 1.0], [1.0, 0.0]]
    assert points.tolist() == [4, 1]
