"""Golden tables and properties of levels: never above the evidence, never longer than it lasts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.competency.rules import NONE, Level, Shown, add_months, level_on

DAY = date(2026, 11, 22)
LAST = date(2028, 11, 22)


def _shown(
    id: str, level: int, on: date = DAY, until: date | None = LAST, kind: str = "paper"
) -> Shown:
    return Shown(id, level, kind, on, until)


def _observed(id: str, level: int = 2, on: date = DAY, until: date | None = LAST) -> Shown:
    return _shown(id, level, on, until, "practical")


BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
GOLDEN = {
    "nothing shown": ([], NONE),
    "a paper": ([_shown("a", 1)], Level(1, DAY, LAST, ("a",))),
    "its last day still counts": (
        [_shown("a", 1, BEFORE, DAY)],
        Level(1, BEFORE, DAY, ("a",)),
    ),
    "the day after it does not": ([_shown("a", 1, BEFORE, BEFORE)], NONE),
    "what is shown tomorrow does not count today": ([_shown("a", 1, AFTER)], NONE),
    "the highest wins": (
        [_shown("a", 1, BEFORE, None), _shown("b", 3)],
        Level(3, DAY, LAST, ("b",)),
    ),
    "a higher one that is over gives way": (
        [_shown("a", 1), _shown("b", 3, BEFORE, BEFORE)],
        Level(1, DAY, LAST, ("a",)),
    ),
    "it lasts as long as the latest that supports it": (
        [_shown("a", 2, BEFORE, AFTER), _shown("b", 2)],
        Level(2, BEFORE, LAST, ("a", "b")),
    ),
    "one that never ends makes it endless": (
        [_shown("a", 2, BEFORE, AFTER), _shown("b", 2, DAY, None)],
        Level(2, BEFORE, None, ("a", "b")),
    ),
    "since is the first day of the evidence that still counts": (
        [_shown("old", 2, date(2020, 1, 1), BEFORE), _shown("new", 2)],
        Level(2, DAY, LAST, ("new",)),
    ),
    "a practical alone gives level 1": ([_observed("p")], Level(1, DAY, LAST, ("p",))),
    "a practical on top of a paper gives level 2": (
        [_shown("a", 1, BEFORE), _observed("p")],
        Level(2, DAY, LAST, ("a", "p")),
    ),
    "the paper may come after the practical": (
        [_observed("p", on=BEFORE), _shown("a", 1)],
        Level(2, DAY, LAST, ("p", "a")),
    ),
    "level 2 ends with the earlier of the two: the paper": (
        [_shown("a", 1, BEFORE, AFTER), _observed("p")],
        Level(2, DAY, AFTER, ("a", "p")),
    ),
    "level 2 ends with the earlier of the two: the practical": (
        [_shown("a", 1, BEFORE, None), _observed("p", until=AFTER)],
        Level(2, DAY, AFTER, ("a", "p")),
    ),
    "a paper that is over holds up no practical": (
        [_shown("a", 1, BEFORE, BEFORE), _observed("p")],
        Level(1, DAY, LAST, ("p",)),
    ),
    "a second practical is no paper": (
        [_observed("p"), _observed("q")],
        Level(1, DAY, LAST, ("p", "q")),
    ),
    "a newer paper holds a practical up for longer": (
        [_shown("a", 1, BEFORE, AFTER), _shown("b", 1, DAY, LAST), _observed("p", until=None)],
        Level(2, DAY, LAST, ("a", "b", "p")),
    ),
}


@pytest.mark.parametrize(("evidence", "level"), GOLDEN.values(), ids=GOLDEN.keys())
def test_levels_are_as_the_map_says(evidence, level) -> None:
    assert level_on(evidence, DAY) == level
    assert level_on(reversed(evidence), DAY) == level


DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))
EVIDENCE = st.lists(
    st.builds(
        Shown,
        id=st.text("abcdef", min_size=1, max_size=6),
        level=st.integers(1, 4),
        kind=st.sampled_from(["paper", "practical"]),
        shown_on=DAYS,
        counts_until=st.none() | DAYS,
    ),
    max_size=8,
    unique_by=lambda shown: shown.id,
)


@given(evidence=EVIDENCE, day=DAYS)
def test_no_level_is_above_its_evidence_nor_outlasts_it(evidence, day) -> None:
    level = level_on(evidence, day)
    basis = [shown for shown in evidence if shown.id in level.basis]
    counting = [
        shown
        for shown in evidence
        if shown.shown_on <= day and (shown.counts_until is None or shown.counts_until >= day)
    ]
    assert level.level <= max((shown.level for shown in counting), default=0)
    assert (level == NONE) == (not counting)
    if not counting:
        return
    assert set(basis) <= set(counting)
    assert level.since is not None
    assert min(shown.shown_on for shown in basis) <= level.since <= day
    ends = [shown.counts_until for shown in basis]
    assert None in ends or level.expires_on is not None
    assert level.expires_on is None or day <= level.expires_on
    assert None in ends or level.expires_on <= max(end for end in ends if end)


@given(evidence=EVIDENCE, day=DAYS)
def test_no_practical_raises_anybody_above_level_1_by_itself(evidence, day) -> None:
    only = [shown for shown in evidence if shown.kind == "practical"]
    assert level_on(only, day).level <= 1


@given(evidence=EVIDENCE, day=DAYS)
def test_of_evidence_without_practicals_the_highest_wins(evidence, day) -> None:
    other = [shown for shown in evidence if shown.kind != "practical"]
    level = level_on(other, day)
    basis = [shown for shown in other if shown.id in level.basis]
    assert {shown.level for shown in basis} <= {level.level}


@given(evidence=EVIDENCE, day=DAYS)
def test_a_level_holds_on_its_last_day_and_has_changed_on_the_next(evidence, day) -> None:
    level = level_on(evidence, day)
    later = [shown for shown in evidence if shown.shown_on <= day]
    if level.expires_on is None:
        return
    assert level_on(later, level.expires_on).level == level.level
    assert level_on(later, level.expires_on + timedelta(days=1)).level < level.level


@given(evidence=EVIDENCE, more=EVIDENCE, day=DAYS)
def test_more_evidence_never_lowers_a_level(evidence, more, day) -> None:
    assert level_on([*evidence, *more], day).level >= level_on(evidence, day).level


@given(evidence=EVIDENCE, day=DAYS, order=st.randoms())
def test_the_order_in_which_evidence_came_in_changes_nothing(evidence, day, order) -> None:
    turned = list(evidence)
    order.shuffle(turned)
    assert level_on(turned, day) == level_on(evidence, day)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, later) -> None:
    assert add_months(day, months) == later


@given(day=DAYS, months=st.integers(0, 120))
def test_months_later_never_skips_a_month(day, months) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
