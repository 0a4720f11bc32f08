"""Two marks that are close let the first stand; others go to a third person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.grading.moderation.rules.tolerance import is_within

MARKS = st.lists(st.integers(0, 4), min_size=1, max_size=8)
PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=8)


def _mark(levels):
    return {f"c{place}": level for place, level in enumerate(levels)}


@given(MARKS)
def test_equal_marks_are_within(levels):
    assert is_within(_mark(levels), _mark(levels))


@given(PAIRS)
def test_it_does_not_matter_who_was_first(pairs):
    one, other = _mark(a for a, _b in pairs), _mark(b for _a, b in pairs)
    assert is_within(one, other) is is_within(other, one)


@given(PAIRS.filter(lambda pairs: any(abs(a - b) >= 2 for a, b in pairs)))
def test_two_levels_in_any_criterion_are_too_far(pairs):
    assert not is_within(_mark(a for a, _b in pairs), _mark(b for _a, b in pairs))


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        ([3, 3, 3], [3, 3, 4], True),  # 1 of 12
        ([3, 3, 3, 3, 3], [4, 4, 3, 3, 3], True),  # 2 of 20: a tenth, exactly
        ([3, 3, 3, 3], [4, 4, 3, 3], False),  # 2 of 16
        ([3, 3, 3, 3], [4, 2, 3, 3], True),  # the totals are equal
        ([1, 3, 3], [0, 3, 3], False),  # one of the two fails the attempt
        ([3], [4], False),  # a quarter of all points
    ],
)
def test_the_bounds_are_where_they_are_said_to_be(one, other, within):
    assert is_within(_mark(one), _mark(other)) is within


def test_marks_by_different_rubrics_are_never_within():
    assert not is_within({"a": 3}, {"b": 3})
