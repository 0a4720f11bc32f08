"""Claims about rubric levels: every criterion, nothing else, from 0 to 4."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules import RUBRIC_TOP
from lms.errors import RuleBroken
from lms.grading.rules import check_levels

CRITERIA: list[dict[str, Any]] = [
    {"id": "cause", "title": "Finds the cause"},
    {"id": "action", "title": "Acts at once"},
]


@given(st.fixed_dictionaries({"cause": st.integers(0, 4), "action": st.integers(0, 4)}))
def test_any_level_from_0_to_4_for_each_criterion_will_do(levels) -> None:
    check_levels(CRITERIA, levels)


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        ({}, "level-cause"),
        ({"cause": 3}, "level-action"),
        ({"action": 3}, "level-cause"),
    ],
)
def test_a_criterion_left_out_is_named_at_its_field(levels, field) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_levels(CRITERIA, levels)
    assert refusal.value.field == field


@pytest.mark.parametrize("points", [-1, RUBRIC_TOP + 1, 100])
def test_a_level_outside_the_rubric_is_refused(points) -> None:
    with pytest.raises(RuleBroken):
        check_levels(CRITERIA, {"cause": 1, "action": points})


def test_a_criterion_that_the_rubric_has_not_is_refused() -> None:
    with pytest.raises(RuleBroken):
        check_levels(CRITERIA, {"cause": 1, "action": 1, "style": 4})
