"""Golden tables and properties of completing a programme and of its last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.programme.exam import questions_by_module
from lms.programme.rules import Choice, Held, Required, expiry, is_complete, meeting

DAY = date(2026, 11, 22)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
ASKED = [Required("FND-02", 1), Required("UPS-01", 3)]


def _held(competency: str, level: int, until: date | None = AFTER) -> dict[str, Held]:
    return {competency: Held(competency, level, BEFORE, until)}


GOLDEN = {
    "all met": (_held("FND-02", 1) | _held("UPS-01", 3), True),
    "above what is asked": (_held("FND-02", 4) | _held("UPS-01", 4), True),
    "more than is asked": (_held("FND-02", 1) | _held("UPS-01", 3) | _held("X-01", 1), True),
    "one below": (_held("FND-02", 1) | _held("UPS-01", 2), False),
    "one missing": (_held("FND-02", 4), False),
    "nothing": ({}, False),
    "on its last day": (_held("FND-02", 1, DAY) | _held("UPS-01", 3), True),
    "one over since yesterday": (_held("FND-02", 1, BEFORE) | _held("UPS-01", 3), False),
    "without an end": (_held("FND-02", 1, None) | _held("UPS-01", 3, None), True),
}


@pytest.mark.parametrize(("held", "complete"), GOLDEN.values(), ids=GOLDEN.keys())
def test_a_programme_is_complete_when_every_requirement_is_met(held, complete) -> None:
    assert is_complete(ASKED, held, DAY) is complete


def test_a_programme_that_asks_for_nothing_is_never_complete() -> None:
    assert not is_complete([], _held("FND-02", 4), DAY)


@pytest.mark.parametrize(
    ("ends", "months", "last"),
    [
        ([], 24, date(2028, 11, 22)),
        ([None], 24, date(2028, 11, 22)),
        ([date(2027, 1, 1), None], 24, date(2027, 1, 1)),
        ([date(2027, 5, 1), date(2027, 1, 1)], 24, date(2027, 1, 1)),
        ([date(2040, 1, 1)], 12, date(2027, 11, 22)),
    ],
)
def test_it_ends_with_the_first_competency_or_the_programme_s_own_time(ends, months, last) -> None:
    held = [Held(str(n), 1, BEFORE, end) for n, end in enumerate(ends)]
    assert expiry(held, DAY, months) == last


DAYS = st.dates(date(2025, 1, 1), date(2030, 1, 1))
COMPETENCIES = st.sampled_from("ABC")
HELD = st.dictionaries(
    COMPETENCIES, st.tuples(st.integers(0, 4), st.none() | DAYS), max_size=3
).map(lambda found: {c: Held(c, level, BEFORE, end) for c, (level, end) in found.items()})
REQUIRED = st.lists(st.builds(Required, COMPETENCIES, st.integers(1, 4)), min_size=1, max_size=3)


@given(required=REQUIRED, held=HELD, day=DAYS)
def test_what_completes_a_programme_on_a_day_is_valid_on_that_day(required, held, day) -> None:
    if is_complete(required, held, day):
        assert expiry([held[r.competency] for r in required], day, 12) >= day


@given(required=REQUIRED, held=HELD, day=DAYS)
def test_asking_for_more_completes_no_sooner(required, held, day) -> None:
    for less in range(1, len(required)):
        if is_complete(required, held, day):
            assert is_complete(required[:less], held, day)


@given(held=HELD, months=st.integers(1, 60), day=DAYS)
def test_no_certificate_outlives_the_first_competency_it_names(held, months, day) -> None:
    last = expiry(list(held.values()), day, months)
    assert all(h.expires_on is None or last <= h.expires_on for h in held.values())


CHOICE = Choice(1, 2, ("PRD-01", "PRD-02"))


@pytest.mark.parametrize(
    ("held", "choices", "met"),
    [
        (_held("FND-02", 1) | _held("UPS-01", 3), (), ["FND-02", "UPS-01"]),
        (_held("FND-02", 1), (), []),
        (_held("FND-02", 1) | _held("UPS-01", 3), (CHOICE,), []),
        (_held("FND-02", 1) | _held("UPS-01", 3) | _held("PRD-02", 1), (CHOICE,), []),
        (_held("FND-02", 1) | _held("UPS-01", 3) | _held("PRD-02", 2, BEFORE), (CHOICE,), []),
        (
            _held("FND-02", 1) | _held("UPS-01", 3) | _held("PRD-02", 2),
            (CHOICE,),
            ["FND-02", "UPS-01", "PRD-02"],
        ),
        (
            _held("FND-02", 1) | _held("UPS-01", 3) | _held("PRD-01", 2) | _held("PRD-02", 2, None),
            (CHOICE,),
            ["FND-02", "UPS-01", "PRD-02"],  # of two the one that lasts longer
        ),
    ],
)
def test_choice_is_met_by_what_lasts_longest(held, choices, met) -> None:
    assert [h.competency for h in meeting(ASKED, choices, held, DAY)] == met


@pytest.mark.parametrize(
    ("items", "hours", "given"),
    [
        (60, {"A": 1}, {"A": 60}),
        (10, {"A": 1, "B": 1}, {"A": 5, "B": 5}),
        (10, {"A": 1, "B": 1, "C": 1}, {"A": 4, "B": 3, "C": 3}),
        (60, {"A": 100, "B": 1}, {"A": 58, "B": 2}),
        (3, {"A": 100, "B": 1, "C": 1}, {"A": 1, "B": 1, "C": 1}),
    ],
)
def test_exam_gives_each_module_questions_by_its_hours(items, hours, given) -> None:
    assert questions_by_module(items, hours) == given


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 40), min_size=1, max_size=25))
def test_exam_gives_away_every_question_and_one_to_each_module(hours) -> None:
    given = questions_by_module(60, hours)
    assert sum(given.values()) == 60
    assert min(given.values()) >= 1
