"""Claims about sheets, without an app: when two readings say the same, what times can be."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lms.assessment.kinds.cloze import Cloze
from lms.assessment.kinds.multiple import Multiple
from lms.assessment.kinds.numeric import Numeric
from lms.assessment.kinds.short import Short
from lms.assessment.kinds.single import Single
from lms.errors import RuleBroken
from lms.examination.onpaper.rules import agreed, check_times, same

KINDS = {kind.name: kind for kind in (Single(), Multiple(), Numeric(), Short(), Cloze())}
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Item:
    id: str
    kind: str


def _read(kind: str, **form: Any) -> Any:
    return KINDS[kind].read({name: list(values) for name, values in form.items()})


def test_the_order_in_which_options_are_entered_makes_no_difference() -> None:
    first, second = _read("multiple", choices="AC"), _read("multiple", choices="CA")
    assert same(KINDS["multiple"], first, second)
    assert not same(KINDS["multiple"], first, _read("multiple", choices="A"))


def test_spaces_make_no_difference_and_digits_do() -> None:
    first = _read("numeric", number=["1.5 "], unit=["mL"])
    assert same(KINDS["numeric"], first, _read("numeric", number=[" 1.5"], unit=["mL"]))
    assert not same(KINDS["numeric"], first, _read("numeric", number=["15"], unit=["mL"]))
    assert not same(KINDS["numeric"], first, _read("numeric", number=["1.5"], unit=["L"]))


def test_capital_letters_of_a_few_words_make_no_difference() -> None:
    first = _read("short", text=["Cell  bank"])
    assert same(KINDS["short"], first, _read("short", text=["cell bank"]))
    assert not same(KINDS["short"], first, _read("short", text=["cell line"]))


def test_gaps_are_compared_wholly() -> None:
    first = {"gaps": {"a": {"choice": "x"}, "b": {"text": "one"}}}
    assert not same(KINDS["cloze"], first, {"gaps": {"a": {"choice": "y"}, "b": {"text": "one"}}})
    assert same(KINDS["cloze"], first, {"gaps": {"b": {"text": "one"}, "a": {"choice": "x"}}})


def test_a_blank_differs_from_an_answer_and_not_from_a_blank() -> None:
    assert same(KINDS["single"], None, None)
    assert not same(KINDS["single"], None, {"choice": "a"})
    assert not same(KINDS["short"], {"text": "a"}, None)


def test_what_is_equal_is_taken_and_what_differs_waits_for_a_decision() -> None:
    items = [Item("1", "single"), Item("2", "single"), Item("3", "single"), Item("4", "single")]
    first = {"1": {"choice": "a"}, "2": {"choice": "a"}, "3": {"choice": "a"}}
    second = {"1": {"choice": "a"}, "2": {"choice": "b"}}
    found = agreed(items, KINDS, first, second, {})
    assert found.answers == {"1": {"choice": "a"}}
    assert found.differing == found.open == ("2", "3")
    found = agreed(items, KINDS, first, second, {"2": 2, "3": 2, "1": 2})
    assert found.answers == {"1": {"choice": "a"}, "2": {"choice": "b"}}
    assert found.differing == ("2", "3")
    assert found.open == ()
    assert agreed(items, KINDS, first, second, {"2": 1, "3": 1}).answers == first


@pytest.mark.parametrize(
    ("began", "ended", "why"),
    [
        (-4 * HOUR, -HOUR, "before the candidate was seated"),
        (-2 * HOUR, HOUR, "not come yet"),
        (-HOUR, -HOUR, "not after the beginning"),
        (-3 * HOUR, -0.5 * HOUR, "longer than the 120 minutes"),
    ],
)
def test_times_in_which_nobody_can_have_written_are_refused(
    began: timedelta, ended: timedelta, why: str
) -> None:
    seated = NOW - 3 * HOUR
    with pytest.raises(RuleBroken) as refused:
        check_times(NOW + began, NOW + ended, seated=seated, now=NOW, allowed=2 * HOUR)
    assert why in refused.value.message % refused.value.params


def test_the_whole_time_may_be_used() -> None:
    check_times(NOW - 2 * HOUR, NOW, seated=NOW - 2 * HOUR, now=NOW, allowed=2 * HOUR)
