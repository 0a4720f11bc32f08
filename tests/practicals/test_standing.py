"""Which tap counts: any order and repetition of delivery gives the same sheet."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.errors import RuleBroken
from lms.practicals.standing import (
    COUNTS,
    DONE,
    LATE,
    NOT_DONE,
    NOT_OBSERVED,
    VALUES,
    check_tap,
    current,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
PRACTICAL = {"steps": [{"id": "wash"}]}


@dataclass(frozen=True)
class Tap:
    client: str
    sequence: int
    value: str
    minute: int = 0
    subject: str = "step:wash"
    standing: str = COUNTS

    @property
    def tapped_at(self) -> datetime:
        return NOON + timedelta(minutes=self.minute)


def test_last_tap_of_a_device_counts_even_when_its_clock_was_set_back() -> None:
    taps = [Tap("phone", 1, DONE, minute=10), Tap("phone", 2, NOT_DONE, minute=5)]
    found = current(taps)["step:wash"]
    assert (found.value, found.tapped_at, found.achieved_at) == (
        NOT_DONE,
        NOON + timedelta(minutes=5),
        None,
    )


def test_of_two_devices_the_one_that_spoke_last_on_a_step_counts() -> None:
    taps = [Tap("phone", 9, DONE, minute=1), Tap("tablet", 1, NOT_DONE, minute=2)]
    assert current(taps)["step:wash"].value == NOT_DONE


def test_step_is_achieved_since_it_was_first_tapped_so_without_a_break() -> None:
    run = [Tap("phone", 1, DONE, 1), Tap("phone", 2, "self-corrected", 4)]
    assert current(run)["step:wash"].achieved_at == NOON + timedelta(minutes=1)
    slip = [*run, Tap("phone", 3, NOT_OBSERVED, 5), Tap("phone", 4, DONE, 9)]
    assert current(slip)["step:wash"].achieved_at == NOON + timedelta(minutes=9)


def test_what_came_after_the_signature_never_counts() -> None:
    taps = [Tap("phone", 1, DONE), Tap("phone", 2, NOT_DONE, standing=LATE)]
    assert current(taps)["step:wash"].value == DONE
    assert current(taps[1:]) == {}


TAPS = st.lists(
    st.builds(
        Tap,
        client=st.sampled_from(["phone", "tablet"]),
        sequence=st.integers(1, 9),
        value=st.sampled_from(VALUES),
        minute=st.integers(0, 20),
        subject=st.sampled_from(["step:wash", "step:seal", "rating"]),
        standing=st.sampled_from([COUNTS, COUNTS, COUNTS, LATE]),
    ),
    unique_by=lambda tap: (tap.client, tap.sequence),
    max_size=14,
)


@given(TAPS, st.integers())
def test_any_order_and_repetition_of_delivery_gives_the_same_sheet(taps, seed) -> None:
    again = [*taps, *taps[::2], *(replace(tap) for tap in taps[1::3])]
    Random(seed).shuffle(again)
    assert current(again) == current(taps)


@given(TAPS)
def test_what_stands_was_tapped(taps) -> None:
    for subject, found in current(taps).items():
        same = [t for t in taps if t.subject == subject and t.standing == COUNTS]
        assert (found.value, found.tapped_at) in [(t.value, t.tapped_at) for t in same]
        assert (found.achieved_at is not None) == (found.value in ("done", "self-corrected"))


@pytest.mark.parametrize(
    ("subject", "value"),
    [("step:wash", DONE), ("rating", "5"), ("induction", ""), ("note", ""), ("stop", "x" * 1000)],
)
def test_what_a_practical_has_can_be_noted(subject: str, value: str) -> None:
    check_tap(PRACTICAL, subject, value)


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        ("step:wash", "perhaps"),
        ("step:wash", ""),
        ("step:other", DONE),
        ("wash", DONE),
        ("rating", "6"),
        ("induction", "no"),
        ("note", "x" * 4001),
        ("signature", "mine"),
    ],
)
def test_what_it_does_not_have_cannot(subject: str, value: str) -> None:
    with pytest.raises(RuleBroken):
        check_tap(PRACTICAL, subject, value)
