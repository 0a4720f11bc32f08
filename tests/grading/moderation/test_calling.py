"""Every fail and every close call goes to a second marker, and of the rest a share by lot."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.grading.moderation.rules.calling import CUT as NO_LOT
from lms.grading.moderation.rules.calling import (
    DRAWN,
    FAILED,
    MARGIN,
    NEAR,
    ROOT,
    TENTH,
    Written,
    is_drawn,
    wanted,
    why_called,
    written,
)

CUT = Fraction(3, 5)
SHARES = st.fractions(0, 1)
COUNTS = st.integers(1, 10_000)
PLANS = st.sampled_from([ROOT, TENTH])
IDS = st.text("abcdefgh01234567", min_size=26, max_size=26)


def _outcome(**more):
    return {"passed": True, "essay": "4/5", "zero_criteria": []} | more


@given(SHARES, st.booleans())
def test_a_fail_is_always_seen_twice(share, drawn):
    assert why_called(Written(True, share, CUT), drawn=drawn) == FAILED


@given(st.fractions(max(CUT - MARGIN, 0), min(CUT + MARGIN, 1)), st.booleans())
def test_what_is_close_to_the_cut_is_always_seen_twice(share, drawn):
    assert why_called(Written(False, share, CUT), drawn=drawn) == NEAR


@given(SHARES.filter(lambda share: abs(share - CUT) > MARGIN))
def test_a_clear_pass_is_seen_twice_by_lot_alone(share):
    assert why_called(Written(False, share, CUT), drawn=False) is None
    assert why_called(Written(False, share, CUT), drawn=True) == DRAWN


@pytest.mark.parametrize(
    ("outcome", "fails"),
    [
        (_outcome(), False),
        (_outcome(essay="3/5"), False),
        (_outcome(essay="1/2", passed=False), True),
        (_outcome(zero_criteria=["a"], passed=False), True),
        (_outcome(passed=False), False),  # the machine-marked part alone: no marker can change it
        (_outcome(essay=None, by_hand={"i": "1/2"}, passed=False), True),
    ],
)
def test_a_fail_is_one_of_the_written_part(outcome, fails):
    assert written(outcome, CUT).fails is fails


@given(COUNTS, PLANS)
def test_the_share_is_never_more_than_there_is_and_never_falls(n, plan):
    assert 1 <= wanted(n, plan) <= n
    assert wanted(n, plan) <= wanted(n + 1, plan)


def test_the_share_is_what_is_promised():
    assert [wanted(n, ROOT) for n in (1, 10, 11, 100, 101, 10_000)] == [1, 10, 10, 10, 11, 100]
    assert [wanted(n, TENTH) for n in (1, 10, 11, 100, 101)] == [1, 1, 2, 10, 11]


@given(IDS, st.integers(1, 10), st.text())
def test_the_first_ten_answers_are_all_in_the_share(item, n, secret):
    assert is_drawn(item, n, ROOT, secret)


@given(IDS, COUNTS, PLANS, st.text())
def test_the_lot_falls_alike_every_time_and_the_more_there_are_the_seldomer(item, n, plan, secret):
    drawn = is_drawn(item, n, plan, secret)
    assert is_drawn(item, n, plan, secret) is drawn
    assert drawn or not is_drawn(item, n * 100, plan, secret)


def test_about_as_many_are_drawn_as_wanted():
    drawn = sum(is_drawn(f"item-{one}", 4000, TENTH, "a secret") for one in range(4000))
    assert 340 < drawn < 460
    other = [is_drawn(f"item-{one}", 4000, TENTH, "another") for one in range(4000)]
    assert other != [is_drawn(f"item-{one}", 4000, TENTH, "a secret") for one in range(4000)]


@given(IDS, COUNTS)
def test_a_hub_may_do_without_the_lot(item, n):
    assert wanted(n, NO_LOT) == 0
    assert not is_drawn(item, n, NO_LOT, "secret")
