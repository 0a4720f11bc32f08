"""When a further attempt may start: waits, plans, passes and their renewal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment import retakes
from lms.assessment.retakes import Next, Tried, check_may_start, counts_until, next_attempt
from lms.errors import RuleBroken

RULE = {"knowledge": "0.80", "essay": "0.60", "attempts": 2, "wait_hours": 24}
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tried(hours_ago: float, passed: bool | None = False, until: date | None = None) -> Tried:
    return Tried(NOON - hours_ago * HOUR, passed, until)


def following(earlier: list[Tried], remediated_at: datetime | None = None) -> Next:
    return next_attempt(earlier, NOON, RULE, remediated_at)


def refusal(earlier: list[Tried], remediated_at: datetime | None = None) -> str:
    with pytest.raises(RuleBroken) as refused:
        check_may_start(following(earlier, remediated_at))
    return str(refused.value)


def test_first_attempt_starts_at_once_and_the_second_a_day_later() -> None:
    assert following([]) == Next(retakes.NOW, left=2, begun=False)
    assert following([tried(24)]) == Next(retakes.NOW, left=1)
    waiting = following([tried(23)])
    assert (waiting.state, waiting.at, waiting.left) == (retakes.WAIT, NOON + HOUR, 1)
    assert "2026-05-04 13:00" in refusal([tried(23)])


def test_nothing_starts_after_a_pass_or_before_the_result() -> None:
    assert "passed" in refusal([tried(100, passed=True)])
    assert "marked" in refusal([tried(100, passed=None)])
    assert following([tried(100, passed=None)]).left == 0


def test_third_attempt_needs_a_plan_recorded_after_the_second() -> None:
    two = [tried(100), tried(30)]
    assert "instructor" in refusal(two)
    assert "instructor" in refusal(two, remediated_at=NOON - 40 * HOUR)
    assert following(two, NOON - 2 * HOUR) == Next(retakes.NOW, left=1)
    assert "again from" in refusal([tried(100), tried(3)], remediated_at=NOON - 2 * HOUR)
    three = [*two, tried(25)]
    assert "instructor" in refusal(three, remediated_at=NOON - 26 * HOUR)


def test_plan_gives_no_attempt_beside_those_that_are_free() -> None:
    assert following([tried(30)], NOON - 2 * HOUR).left == 1


def test_pass_counts_until_the_same_day_after_its_months() -> None:
    assert counts_until(date(2026, 5, 31), 1) == date(2026, 6, 30)
    assert counts_until(date(2026, 5, 31), 0) is None


def test_pass_that_never_ends_is_never_renewed() -> None:
    assert following([tried(24 * 9000, passed=True)]).renew_on is None
    assert "already" in refusal([tried(24 * 9000, passed=True)])


def test_pass_may_be_renewed_from_ninety_days_before_its_last_day() -> None:
    today = NOON.date()
    early = [tried(9000, passed=True, until=today + 91 * DAY)]
    assert following(early).renew_on == today + DAY
    assert str(today + DAY) in refusal(early)
    due = [tried(9000, passed=True, until=today + 90 * DAY)]
    assert following(due) == Next(
        retakes.NOW, left=2, begun=False, until=today + 90 * DAY, expired=False
    )
    assert not following([tried(9000, passed=True, until=today)]).expired
    assert following([tried(9000, passed=True, until=today - DAY)]).expired


def test_renewal_is_a_round_of_its_own_with_its_own_waits_and_attempts() -> None:
    old = tried(9000, passed=True, until=NOON.date() + DAY)
    used = [tried(9100), tried(9050), old]
    assert following(used).left == 2
    assert following([*used, tried(3)]).state == retakes.WAIT
    assert following([*used, tried(3)]).until == old.counts_until
    assert following([*used, tried(99), tried(50)]).state == retakes.USED_UP
    new = tried(5, passed=True, until=NOON.date() + 700 * DAY)
    assert following([*used, new]).state == retakes.PASSED


def test_each_state_says_what_is_the_matter() -> None:
    day = NOON.date()
    for one in (
        Next(retakes.NOW, left=1),
        Next(retakes.NOW, left=2, begun=False),
        Next(retakes.NOW, left=2, until=day),
        Next(retakes.NOW, left=2, until=day, expired=True),
        Next(retakes.WAIT, at=NOON, left=1),
        Next(retakes.MARKING),
        Next(retakes.PASSED),
        Next(retakes.PASSED, until=day, renew_on=day),
        Next(retakes.USED_UP),
    ):
        message, params = one.said
        assert message % params


attempts = st.lists(
    st.builds(
        tried,
        st.floats(0, 20_000),
        st.sampled_from([True, False, None]),
        st.none() | st.dates(date(2024, 1, 1), date(2029, 1, 1)),
    ),
    max_size=5,
)


@given(attempts, st.none() | st.datetimes(timezones=st.just(UTC)))
def test_only_a_state_that_lets_start_has_attempts_left(
    earlier: list[Tried], remediated_at: datetime | None
) -> None:
    one = following(earlier, remediated_at)
    assert (one.left > 0) == (one.state in (retakes.NOW, retakes.WAIT))
    assert (one.at is not None) == (one.state == retakes.WAIT)
    message, params = one.said
    assert message % params
