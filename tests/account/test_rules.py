"""Claims about a slip's code and how long it counts."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.account.rules import COUNTS_FOR, is_good, new_code, plain_code

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_codes_are_groups_of_letters_that_nobody_misreads() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert not set(code) & set("ILOUilou")


@pytest.mark.parametrize(
    "typed",
    ["7K4M-2QXA-90W1", "7k4m2qxa90w1", " 7k4m 2qxa 9owl ", "7K4M–2QXA–9OWI", "7K4M.2QXA.90W1"],
)
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert plain_code(typed) == "7K4M2QXA90W1"


@pytest.mark.parametrize(
    ("age", "used", "newer", "good"),
    [
        (timedelta(0), False, False, True),
        (COUNTS_FOR - timedelta(seconds=1), False, False, True),
        (COUNTS_FOR, False, False, False),
        (timedelta(0), True, False, False),
        (timedelta(0), False, True, False),
    ],
)
def test_a_slip_counts_once_in_its_time_and_as_the_newest(age, used, newer, good) -> None:
    assert is_good(written_at=NOW - age, used=used, newer=newer, now=NOW) is good
