"""When an attempt ends, which answer counts, and what an attempt comes to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules import Marked, Outcome, Scored, deadline, effective
from lms.assessment.rules import outcome as weigh
from lms.assessment.standing import COUNTS, ELSEWHERE, LATE, STALE

RULE = {"knowledge": "0.80", "essay": "0.60", "attempts": 2, "wait_hours": 24}
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def items(*fractions: str, critical: str = "") -> list[Scored]:
    return [
        Scored(f"item-{place}", "LO1", Fraction(1), Fraction(one), critical)
        for place, one in enumerate(fractions)
    ]


def outcome(scored: list[Scored], *levels: int) -> Outcome:
    named = {f"criterion-{place}": level for place, level in enumerate(levels)}
    return weigh(scored, [Marked("essay", "LO5", named)] if levels else [], RULE)


def test_exactly_the_share_passes_and_a_hair_less_does_not() -> None:
    assert outcome(items("1", "1", "1", "1", "0")).passed
    assert not outcome(items("1", "1", "1", "1/2", "499/1000")).passed
    assert outcome(items("1", "1", "1", "1/2", "1/2")).knowledge == Fraction(4, 5)


def test_points_weigh() -> None:
    heavy = Scored("heavy", "LO1", Fraction(8), Fraction(1), "")
    assert outcome([heavy, *items("0", "0")]).knowledge == Fraction(4, 5)


def test_critical_item_that_is_not_fully_right_fails_the_attempt() -> None:
    result = outcome([*items("1", "1", "1", "1", "1"), *items("2/3", critical="sterility")])
    assert result.knowledge is not None
    assert result.knowledge > Fraction(4, 5)
    assert not result.passed
    assert result.critical_failed == ("item-0",)
    assert outcome(items("1", critical="safety")).passed


def test_essay_needs_its_share_and_no_criterion_at_zero() -> None:
    right = items("1")
    assert outcome(right, 3, 3, 2, 2).essay == Fraction(5, 8)
    assert outcome(right, 3, 3, 2, 2).passed
    assert not outcome(right, 3, 2, 2, 2).passed
    zero = outcome(right, 4, 4, 4, 0)
    assert zero.essay == Fraction(3, 4)
    assert not zero.passed
    assert zero.zero_criteria == ("criterion-3",)
    assert outcome([], 4, 4).passed
    assert outcome(right).essay is None
    assert not outcome([]).passed


def test_outcome_is_stored_exactly() -> None:
    assert outcome(items("1", "1", "0"), 3, 3).plain()["knowledge"] == "2/3"


def test_deadline_holds_minutes_and_extra_time() -> None:
    assert deadline(NOON, 90) == NOON + timedelta(minutes=90)
    assert deadline(NOON, 90, 30) == NOON + timedelta(minutes=120)


@dataclass(frozen=True)
class Response:
    item_id: str
    client: str
    sequence: int
    number: int
    standing: str = COUNTS


def test_highest_sequence_of_the_newest_holder_counts() -> None:
    rows = [
        Response("x", "laptop", 1, 1),
        Response("x", "laptop", 3, 2),
        Response("x", "laptop", 2, 3),  # overtaken on a slow line
        Response("y", "laptop", 4, 4),
        Response("x", "phone", 1, 5),  # after taking over
    ]
    assert effective(rows[:3])["x"] is rows[1]
    assert effective(rows) == {"x": rows[4], "y": rows[3]}


@pytest.mark.parametrize("standing", [LATE, STALE, ELSEWHERE])
def test_what_did_not_stand_when_it_came_in_never_counts(standing: str) -> None:
    good, bad = Response("x", "laptop", 1, 1), Response("x", "laptop", 2, 2, standing)
    assert effective([good, bad]) == {"x": good}
    assert effective([bad]) == {}


responses = st.lists(
    st.builds(
        Response,
        st.sampled_from("xy"),
        st.sampled_from(["laptop", "phone"]),
        st.integers(1, 9),
        st.integers(1, 99),
        st.sampled_from([COUNTS, COUNTS, LATE, STALE, ELSEWHERE]),
    ),
    unique_by=(lambda r: r.number, lambda r: (r.client, r.sequence)),
    max_size=12,
)


@given(responses, st.randoms())
def test_answers_repeated_or_reordered_leave_the_same_one_counting(
    rows: list[Response], rng: object
) -> None:
    again = [*rows, *rows[::2]]
    rng.shuffle(again)  # type: ignore[attr-defined]
    assert effective(again) == effective(rows)


@given(responses)
def test_what_counts_stood_when_it_came_in(rows: list[Response]) -> None:
    for item, response in effective(rows).items():
        assert (response.item_id, response.standing) == (item, COUNTS)


@given(st.permutations(range(1, 8)))
def test_delivery_in_any_order_leaves_the_last_answer_of_the_holder(order: list[int]) -> None:
    rows = [Response("x", "laptop", sequence, at) for at, sequence in enumerate(order, 1)]
    assert effective(rows)["x"].sequence == 7
