"""Difficulty, correlations, efficiency, options: worked by hand, and what must never matter."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lms.psychometrics.rules.correlation import correlation, covariance
from lms.psychometrics.rules.items import (
    efficiency,
    item_statistics,
    option_statistics,
    rest,
    totals,
)

NAN = math.nan
# Five people, four items; totals 4 3 2 1 0.
SCORES = np.array(
    [[1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=float
)
CELLS = st.sampled_from([0.0, 0.5, 1.0, NAN])
TABLES = arrays.arrays(float, st.tuples(st.integers(1, 12), st.integers(2, 6)), elements=CELLS)


def test_difficulty_is_the_mean_share():
    assert [item_statistics(SCORES, one).difficulty for one in range(4)] == [0.6, 0.6, 0.6, 0.2]


def test_item_total_and_item_rest_are_two_numbers():
    """First item: deviations .4 .4 .4 -.6 -.6; total 2 1 0 -1 -2; rest 3 2 1 1 0."""
    found = item_statistics(SCORES, 0)
    assert found.item_total == pytest.approx(3 / math.sqrt(1.2 * 10))
    assert found.item_rest == pytest.approx(1.8 / math.sqrt(1.2 * 5.2))


def test_efficiency_is_of_the_largest_covariance_that_the_marks_allow():
    """Rest in order 0 1 1 2 3 with marks in order 0 0 1 1 1: their products come to 2.8 - .2."""
    item, others = SCORES[:, 0], np.array([3.0, 2.0, 1.0, 1.0, 0.0])
    # the marks are already in the order of the rest: nothing more is possible
    assert efficiency(item, others) == pytest.approx(1)
    crossed = np.array([1.0, 0.0, 1.0, 0.0, 1.0])  # covariance .8 of the 1.8 possible, by hand
    # sum of products: 3 + 1 + 0 = 4; less 5 · .6 · 1.4 = 4.2: -.2; at most 6 - 4.2 = 1.8
    assert efficiency(crossed, others) == pytest.approx(-0.2 / 1.8)


def test_rest_is_the_share_of_the_other_items_that_were_put():
    scores = np.array([[1, 0, NAN], [1, NAN, NAN]])
    assert rest(scores, 0).tolist()[0] == 0
    assert math.isnan(rest(scores, 0)[1])
    assert totals(scores).tolist() == [0.5, 1]


def test_points_weigh_the_total():
    assert totals(np.array([[1.0, 0.0]]), np.array([3.0, 1.0])).tolist() == [0.75]


def test_a_constant_item_has_a_difficulty_and_no_correlation():
    found = item_statistics(np.array([[1, 0], [1, 1], [1, 0]], dtype=float), 0)
    assert (found.difficulty, found.item_total, found.item_rest) == (1, None, None)
    assert found.efficiency is None


def test_equal_sums_of_thirds_count_as_equal():
    third = np.array([1 / 3 + 2 / 3, 1.0, 0.1 + 0.2 + 0.7])
    assert correlation(third, np.array([0.0, 1.0, 0.0])) is None


def test_one_person_is_described_and_never_correlated():
    found = item_statistics(np.array([[1.0, 0.0]]), 0)
    assert (found.n, found.difficulty, found.item_rest, found.efficiency) == (1, 1, None, None)


def test_nobody_at_all_gives_nothing():
    found = item_statistics(np.empty((0, 3)), 1)
    assert (found.n, found.difficulty, found.difficulty_interval, found.item_rest) == (
        0, None, None, None
    )  # fmt: skip


def test_covariance_divides_by_one_less_than_the_persons():
    assert covariance(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0])) == 1


def _options(**changed):
    given_ = {
        "chosen": [frozenset("a"), frozenset("a"), frozenset("b"), frozenset(), None],
        "options": ["a", "b", "c"],
        "right": frozenset("a"),
        "total": np.array([1.0, 0.8, 0.4, 0.2, 0.9]),
        "others": np.array([1.0, 0.7, 0.5, 0.2, 0.9]),
    }
    return {one.option: one for one in option_statistics(**given_ | changed)}


def test_the_distractor_table_counts_those_who_were_given_the_item():
    found = _options()
    assert {name: (one.n, one.share) for name, one in found.items()} == {
        "a": (2, 0.5), "b": (1, 0.25), "c": (0, 0), "": (1, 0.25)
    }  # fmt: skip
    assert found["a"].mean_total == pytest.approx(0.9)
    assert (found["c"].mean_total, found["c"].rest_r) == (None, None)
    assert found["a"].right
    assert not found["b"].right


def test_option_rest_correlation_by_hand():
    """Chosen 1 1 0 0, rest 1 .7 .5 .2 (mean .6): products sum to .5; squares 1 and .34."""
    assert _options()["a"].rest_r == pytest.approx(0.5 / math.sqrt(1 * 0.34))


def test_several_options_of_one_answer_count_each():
    found = _options(chosen=[frozenset("ab"), frozenset("a"), None, None, None])
    assert (found["a"].n, found["b"].n) == (2, 1)


@given(TABLES, st.randoms())
def test_the_order_of_the_people_never_matters(scores, random):
    order = list(range(len(scores)))
    random.shuffle(order)
    for item in range(scores.shape[1]):
        one, other = item_statistics(scores, item), item_statistics(scores[order], item)
        assert one.n == other.n
        for name in ("difficulty", "item_total", "item_rest", "efficiency"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9)


@given(TABLES)
def test_what_is_defined_stays_in_its_range(scores):
    for item in range(scores.shape[1]):
        found = item_statistics(scores, item)
        for r in (found.item_total, found.item_rest):
            assert r is None or -1 <= r <= 1
        assert found.efficiency is None or found.efficiency <= 1 + 1e-9
        if found.difficulty_interval:
            low, high = found.difficulty_interval
            assert 0 <= low <= found.difficulty + 1e-9
            assert found.difficulty - 1e-9 <= high <= 1


@given(TABLES, st.integers(0, 11), st.integers(1, 5))
def test_a_missing_cell_leaves_the_difficulty_of_other_items_as_it_was(scores, person, column):
    column %= scores.shape[1]
    missing = scores.copy()
    missing[person % len(scores), column] = NAN
    for item in set(range(scores.shape[1])) - {column}:
        before, after = item_statistics(scores, item), item_statistics(missing, item)
        assert before.difficulty == after.difficulty


@given(st.integers(2, 30), st.integers(2, 6), st.integers(0, 2**31))
def test_the_share_correlates_as_the_sum_does_where_all_had_the_same_items(persons, items, seed):
    scores = np.random.default_rng(seed).integers(0, 2, (persons, items)).astype(float)
    by_sum = correlation(scores[:, 0], scores[:, 1:].sum(axis=1))
    assert item_statistics(scores, 0).item_rest == pytest.approx(by_sum, abs=1e-9)
