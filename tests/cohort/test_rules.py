"""Claims about how an enrolment stands: the furthest thing that happened says it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.retakes import Tried
from lms.cohort import rules
from lms.cohort.rules import Facts, Standing, standing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULE = {"attempts": 2, "wait_hours": 24}
LONG_AGO, JUST_NOW = NOW - timedelta(days=9), NOW - timedelta(hours=1)


def _state(read: int = 4, *tried: Tried, **more: object) -> str:
    return standing(Facts(4, read, tried, rule=RULE, **more), NOW).state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "read", "tried"),
    [
        ("not-started", 0, ()),
        ("reading", 1, ()),
        ("ready", 4, ()),
        ("open", 4, (Tried(None, None),)),
        ("waiting", 4, (Tried(JUST_NOW, None),)),
        ("failed", 4, (Tried(LONG_AGO, False),)),
        ("used-up", 4, (Tried(LONG_AGO, False), Tried(LONG_AGO, False))),
        ("open", 0, (Tried(LONG_AGO, False), Tried(None, None))),
        ("complete", 4, (Tried(LONG_AGO, False), Tried(LONG_AGO, True))),
    ],
)
def test_the_state_is_what_happened_last(state: str, read: int, tried: tuple[Tried, ...]) -> None:
    assert _state(read, *tried) == state


def test_who_failed_today_reads_from_when_the_next_try_is_possible() -> None:
    found = standing(Facts(4, 4, [Tried(JUST_NOW, False)], rule=RULE), NOW)
    assert (found.state, found.again) == ("failed", JUST_NOW + timedelta(hours=24))
    assert found.words == rules.LATER


def test_a_plan_of_what_to_learn_again_opens_one_more_attempt() -> None:
    tried = (Tried(LONG_AGO, False), Tried(LONG_AGO, False))
    assert _state(4, *tried, planned_at=NOW - timedelta(days=2)) == "failed"


def test_a_pass_that_ends_is_to_be_renewed_and_then_over() -> None:
    def passed(days: int) -> Standing:
        tried = Tried(LONG_AGO, True, NOW.date() + timedelta(days=days))
        return standing(Facts(4, 4, [tried], rule=RULE), NOW)

    for days, words, tone in (
        (91, rules.SHOWN["complete"][2], "good"),
        (90, rules.RENEW, "wait"),
        (0, rules.RENEW, "wait"),
        (-1, rules.OVER, "bad"),
    ):
        found = passed(days)
        assert (found.state, found.words, found.tone) == ("complete", words, tone), days


def test_a_module_with_practicals_is_complete_once_each_is_passed() -> None:
    passed = Tried(LONG_AGO, True)
    assert _state(4, passed, practicals=2, shown=1) == "practical"
    assert _state(4, passed, practicals=2, shown=2) == "complete"


def test_what_was_passed_for_practice_is_never_called_complete() -> None:
    assert _state(4, Tried(LONG_AGO, True), practice=True) == "passed"


_TRIED = st.builds(
    Tried,
    st.sampled_from([None, LONG_AGO, JUST_NOW]),
    st.sampled_from([None, True, False]),
)


@given(st.integers(0, 4), st.lists(_TRIED, max_size=4), st.integers(0, 2), st.booleans())
def test_every_state_has_words_colour_and_a_next_step(
    read: int, tried: list[Tried], shown: int, practice: bool
) -> None:
    tried = [t for t in tried if t.submitted_at or t.passed is None]
    found = standing(Facts(4, read, tried, practice, RULE, practicals=2, shown=shown), NOW)
    assert isinstance(found, Standing)
    assert found.words % dict(found.params)
    assert found.tone
    assert found.icon
    assert found.next
    assert any(found.state in states for _words, states in rules.GROUPS.values())
