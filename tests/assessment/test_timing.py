"""Claims about time: extensions only add, acts supersede in any order, a minute begun is whole."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.timing.rules import (
    effective_deadline,
    extended,
    extra_minutes,
    in_force,
    standing,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
moments = st.integers(0, 600).map(lambda minutes: START + timedelta(minutes=minutes))
days = st.integers(0, 60).map(lambda n: date(2026, 3, 1) + timedelta(days=n))


@dataclass(frozen=True)
class Act:
    number: int
    percent: int
    valid_from: date
    valid_until: date | None = None


acts = st.lists(
    st.builds(
        Act,
        number=st.integers(1, 30),
        percent=st.sampled_from([0, 25, 50, 100]),
        valid_from=days,
        valid_until=st.none() | days,
    ),
    max_size=6,
    unique_by=lambda act: act.number,
)


@given(moments, st.lists(moments, max_size=5), moments)
def test_one_extension_more_never_shortens_the_time(deadline, ends, more):
    before = effective_deadline(deadline, ends)
    assert effective_deadline(deadline, [*ends, more]) >= before >= deadline


@given(moments, st.lists(moments, max_size=5), st.randoms())
def test_extensions_in_any_order_and_twice_give_the_same_deadline(deadline, ends, random):
    shuffled = [*ends, *ends]
    random.shuffle(shuffled)
    assert effective_deadline(deadline, shuffled) == effective_deadline(deadline, ends)


@given(moments, moments, st.integers(1, 240))
def test_minutes_are_given_back_whole(ends_at, now, minutes):
    given_ = extended(ends_at, now, minutes)
    assert given_ - max(ends_at, now) == timedelta(minutes=minutes)


def test_minutes_after_the_end_count_from_now():
    now = START + timedelta(minutes=30)
    assert extended(START, now, 15) == now + timedelta(minutes=15)
    assert extended(now, START, 15) == now + timedelta(minutes=15)


@given(acts, days, st.randoms())
def test_acts_in_any_order_and_twice_give_the_same_extra_time(found, day, random):
    shuffled = [*found, *found]
    random.shuffle(shuffled)
    assert in_force(shuffled, day) == in_force(found, day)


def test_a_later_act_takes_the_place_of_an_earlier_one():
    first, second = Act(1, 25, date(2026, 3, 1)), Act(2, 50, date(2026, 3, 10))
    assert in_force([first, second], date(2026, 3, 9)) is first
    assert in_force([first, second], date(2026, 3, 10)) is second


def test_an_end_takes_away_what_was_to_begin_later_too():
    later, end = Act(1, 25, date(2026, 4, 1)), Act(2, 0, date(2026, 3, 1))
    assert in_force([later, end], date(2026, 5, 1)) is None


def test_extra_time_counts_on_its_last_day_and_not_after():
    act = Act(1, 25, date(2026, 3, 1), date(2026, 3, 31))
    assert in_force([act], date(2026, 3, 31)) is act
    assert in_force([act], date(2026, 4, 1)) is None
    assert in_force([act], date(2026, 2, 28)) is None


def test_what_is_in_force_or_to_come_stands_until_something_takes_its_place():
    today = date(2026, 3, 5)
    past = Act(1, 25, date(2026, 3, 1), date(2026, 3, 4))
    now, later = Act(2, 25, date(2026, 3, 1)), Act(3, 50, date(2026, 3, 10))
    assert standing([past, now, later], today) == [now, later]
    assert standing([past, now, later, Act(4, 0, today)], today) == []


def test_a_minute_begun_is_given_whole():
    assert [extra_minutes(60, p) for p in (25, 33, 50, 100)] == [15, 20, 30, 60]
    assert extra_minutes(45, 25) == 12
