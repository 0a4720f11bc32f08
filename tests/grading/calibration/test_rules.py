"""Who meets the agreed levels may mark; where a calibration answer comes again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.grading.calibration.rules.passing import Difference, differences, has_drifted, tally
from lms.grading.calibration.rules.seeding import EVERY, is_seeded, seldom_seen

LEVEL = st.integers(0, 4)


@pytest.mark.parametrize(
    ("pairs", "enough"),
    [
        ([(3, 3)] * 10, True),
        ([(2, 3)] * 5 + [(4, 3)] * 5, True),  # one level off throughout
        ([(3, 3)] * 8 + [(1, 3)] * 2, True),  # exactly 80 %
        ([(3, 3)] * 7 + [(1, 3)] * 3, False),
        ([(3, 3)] * 99 + [(0, 1)], False),  # a 0 fails the attempt
        ([(3, 3)] * 99 + [(1, 0)], False),
        ([(0, 0)], True),
        ([], False),
    ],
)
def test_passing_is_no_gate_missed_and_four_of_five_levels_close(pairs, enough):
    assert tally(Difference("x", *pair) for pair in pairs).is_enough is enough


@given(st.dictionaries(st.text("ab", min_size=1), LEVEL, min_size=1))
def test_who_gives_what_was_agreed_passes(levels):
    found = tally(differences(levels, levels))
    assert found.is_enough
    assert (found.share, found.shift) == (1, 0)


@given(st.lists(st.tuples(LEVEL, LEVEL), min_size=1, max_size=20), st.randoms())
def test_the_order_of_answers_decides_nothing(pairs, random):
    mixed = list(pairs)
    random.shuffle(mixed)
    rows = [[Difference("x", *pair) for pair in some] for some in (pairs, mixed)]
    assert tally(rows[0]) == tally(rows[1])


def test_drift_is_a_gate_missed_once_or_levels_apart_three_times():
    apart = tally([Difference("x", 1, 3)])
    assert not has_drifted(2, apart)
    assert has_drifted(3, apart)
    assert has_drifted(1, tally([Difference("x", 0, 2)]))
    assert not has_drifted(9, tally([Difference("x", 2, 3)]))


def test_about_one_answer_in_twenty_has_one_before_it_and_each_marker_others():
    items = [f"item-{n}" for n in range(2000)]
    one = [item for item in items if is_seeded("one", item, "secret")]
    assert 60 < len(one) < 140, f"of 2000, 1 in {EVERY}"
    assert one == [item for item in items if is_seeded("one", item, "secret")]
    assert one != [item for item in items if is_seeded("two", item, "secret")]


def test_the_one_that_came_least_comes_next():
    assert seldom_seen(["a", "b", "c"], {"a": 2, "b": 1, "c": 1}) == "b"
    assert seldom_seen([], {}) is None
