"""Policies: what each makes of an old and a new score, and who may sign with whom."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.errors import RuleBroken
from lms.regrade.rules import POLICIES, check_second, flip, planned

SHARES = st.fractions(0, 1)
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("policy", "old", "computed", "expected"),
    [
        ("both-ways", HALF, Fraction(1), (Fraction(1), "regrade")),
        ("both-ways", HALF, Fraction(0), (Fraction(0), "regrade")),
        ("both-ways", HALF, HALF, None),
        ("never-lower", HALF, Fraction(1), (Fraction(1), "regrade")),
        ("never-lower", HALF, Fraction(0), None),
        ("full-marks", HALF, Fraction(0), (Fraction(1), "full-marks")),
        ("full-marks", Fraction(1), Fraction(0), None),
        ("drop", HALF, Fraction(1), (None, "dropped")),
        ("drop", None, Fraction(1), None),
        ("both-ways", None, HALF, (HALF, "regrade")),
        ("full-marks", None, HALF, (Fraction(1), "full-marks")),
    ],
)
def test_a_policy_says_what_an_answer_earns(policy, old, computed, expected):
    assert planned(policy, old, computed) == expected


@given(SHARES, SHARES)
def test_nobody_loses_under_never_lower_and_full_marks(old, computed):
    for policy in ("never-lower", "full-marks"):
        change = planned(policy, old, computed)
        assert change is None or change[0] > old


@given(SHARES, SHARES)
def test_correcting_a_key_and_back_restores_every_score(old, corrected):
    """Both ways: what the first key gave comes back exactly."""
    there = planned("both-ways", old, corrected)
    stands = there[0] if there else old
    back = planned("both-ways", stands, old)
    assert (back[0] if back else stands) == old


@given(st.sampled_from(sorted(POLICIES)), SHARES, SHARES)
def test_a_run_carried_out_twice_changes_nothing_more(policy, old, computed):
    first = planned(policy, old, computed)
    stands = first[0] if first else old
    assert planned(policy, stands, computed) is None


def test_a_flip_is_named_by_its_direction():
    assert [flip(a, b) for a in (True, False) for b in (True, False)] == ["", "down", "up", ""]


def test_nobody_carries_out_their_own_run():
    with pytest.raises(RuleBroken, match="second person"):
        check_second("one", "one", owner_among=True)


def test_a_content_owner_stands_behind_every_run():
    check_second("one", "two", owner_among=True)
    with pytest.raises(RuleBroken, match="content owner"):
        check_second("one", "two", owner_among=False)
