"""Panels: which round is open, what a sheet must hold, what comes out by hand."""

import pytest

from lms.errors import Conflict, RuleBroken
from lms.psychometrics.rules.panels import check_sheet, check_step, outcome, state_of

ASKED = {"a": "1", "b": "3"}


def test_steps_say_where_a_panel_stands():
    assert [state_of(steps) for steps in ((), {"second"}, {"second", "closed"})] == [
        "first", "second", "closed"
    ]  # fmt: skip


def test_the_cut_is_a_share_of_the_points():
    """Judges 50/70 and 70/90 of points 1 and 3: (.6 + 3 · .8)/4; judges' cuts 2.6 and 3.4."""
    found = outcome(ASKED, [{"a": 50, "b": 70}, {"a": 70, "b": 90}])
    assert (found["cut"], found["judges"]) == ("0.7500", 2)
    assert found["error"] == "0.1000"
    assert found["means"] == {"a": "0.6000", "b": "0.8000"}


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ({"a": 50}, "every question"),
        ({"a": 50, "b": 101}, "0 to 100"),
        ({"a": 50, "b": -1}, "0 to 100"),
        ({"a": 50, "b": 50, "c": 50}, "no.* such|such a question"),
    ],
)
def test_a_sheet_judges_every_question_and_no_other(ratings, said):
    with pytest.raises(RuleBroken, match=said):
        check_sheet("first", ASKED, ratings)


def test_a_closed_panel_takes_no_sheet():
    with pytest.raises(Conflict):
        check_sheet("closed", ASKED, {"a": 1, "b": 1})


def test_four_judges_are_too_few():
    check_step(5)
    with pytest.raises(RuleBroken, match="at least"):
        check_step(4)


def test_no_cut_without_a_sheet():
    with pytest.raises(RuleBroken):
        outcome(ASKED, [])
