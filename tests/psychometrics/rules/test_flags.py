"""What is flagged, and that few people flag nothing they cannot carry."""

from dataclasses import replace

import pytest

from lms.psychometrics.rules.flags import flags_of, flags_of_use, strength
from lms.psychometrics.rules.items import ItemStatistics, OptionStatistics

GOOD = ItemStatistics(120, 0.8, None, 0.5, 0.4, None, 0.8)
RIGHT = OptionStatistics("a", True, 90, 0.75, 0.8, 0.4)
WRONG = OptionStatistics("b", False, 30, 0.25, 0.5, -0.3)


def _codes(item=GOOD, options=(RIGHT, WRONG), **changed):
    return [one.code for one in flags_of(replace(item, **changed), options)]


def test_a_good_question_has_no_flag():
    assert _codes() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"difficulty": 0.29}, ["hard"]),
        ({"difficulty": 0.30}, []),
        ({"difficulty": 0.95}, []),
        ({"difficulty": 0.96}, ["easy"]),
        ({"item_rest": 0.14}, ["weak"]),
        ({"item_rest": -0.01}, ["key"]),
        ({"efficiency": 0.49}, ["efficiency"]),
        ({"item_rest": None, "efficiency": None}, []),
        ({"n": 29, "item_rest": -0.5, "difficulty": 0.1}, ["hard"]),
        ({"n": 9, "difficulty": 0.0}, []),
    ],
)
def test_each_limit_flags_beyond_it_alone(changed, expected):
    assert _codes(**changed) == expected


def test_options_that_nobody_chooses_or_the_best_choose_are_flagged():
    assert _codes(options=(RIGHT, replace(WRONG, share=0.04))) == ["idle"]
    assert _codes(options=(RIGHT, replace(WRONG, rest_r=0.1))) == ["attractive"]
    assert _codes(options=(RIGHT, replace(WRONG, rest_r=0.5))) == ["above-key"]
    assert _codes(options=(RIGHT, replace(WRONG, option="", share=0.01, rest_r=0.5))) == []


@pytest.mark.parametrize(
    ("n", "expected"),
    [(9, "counts"), (10, "difficulty"), (29, "difficulty"), (30, "weak"), (99, "weak"),
     (100, "full")],
)  # fmt: skip
def test_strength_goes_by_the_number_of_people(n, expected):
    assert strength(n) == expected


def test_use_is_flagged_by_share_from_ten_attempts_on_or_by_count():
    assert not list(flags_of_use(9, 9, None))
    assert [one.code for one in flags_of_use(10, 20, None)] == ["exposed"]
    assert [one.code for one in flags_of_use(201, 5000, 0.3)] == ["exposed", "variants"]
