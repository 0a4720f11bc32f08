"""What a sheet comes to, what it lacks, who signs it, and when another may begin."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from lms.errors import RuleBroken
from lms.practicals import rules
from lms.practicals.rules import Earlier, Outcome
from lms.practicals.standing import CORRECTED, DONE, NOT_DONE, NOT_OBSERVED, Standing

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
CRITICAL = ("wash", "seal")
ORDINARY = tuple(f"step-{number}" for number in range(1, 21))
PRACTICAL: dict[str, Any] = {
    "signatures": 1,
    "record": ["room", "lot"],
    "cut": "0.85",
    "competencies": {"FND-04": 2},
    "steps": [
        {"id": "wash", "critical": True, "before": ["seal", "step-1"]},
        {"id": "seal", "critical": True},
        *({"id": id, "stop": id == "step-20"} for id in ORDINARY),
    ],
}


def stands(minute: int = 0, **values: str) -> Standing:
    """Return what stands for one subject: stands(value="done", minute=3)."""
    at = NOON + timedelta(minutes=minute)
    value = values["value"]
    return Standing(value, at, at if value in (DONE, CORRECTED) else None)


def sheet(base: str = DONE, **changed: str) -> dict[str, Standing]:
    """Return a sheet on which each step has the value `base`, but for some."""
    values = {f"step:{id}": base for id in (*CRITICAL, *ORDINARY)}
    for name, value in changed.items():
        name = name.replace("_", "-")
        values[name if name in NAMED else f"step:{name}"] = value
    return {name: stands(value=value) for name, value in values.items() if value}


NAMED = ("stop", "rating", "room", "lot", "induction")
REST = {"rating": "4", "room": "C-12", "lot": "L1", "induction": "yes"}


def outcome(base: str = DONE, **changed: str) -> Outcome:
    return rules.outcome(PRACTICAL, sheet(base, **changed))


def without(count: int, value: str = NOT_DONE) -> dict[str, str]:
    return dict.fromkeys([id.replace("-", "_") for id in ORDINARY[:count]], value)


def test_all_critical_and_exactly_the_cut_passes_and_one_less_does_not() -> None:
    assert outcome().passed
    assert outcome(**without(3)).share == Fraction(17, 20)
    assert outcome(**without(3)).passed
    assert outcome(**without(4)).verdict == "not-passed"
    assert outcome(**without(4)).ordinary_failed == ORDINARY[:4]


def test_self_corrected_counts_as_done_also_of_a_critical_step() -> None:
    assert outcome(base=CORRECTED).passed
    assert outcome(base=CORRECTED).share == 1


def test_one_failed_critical_step_fails_whatever_the_rest() -> None:
    result = outcome(wash=NOT_DONE)
    assert (result.verdict, result.share, result.critical_failed) == ("not-passed", 1, ("wash",))


@pytest.mark.parametrize("value", [NOT_OBSERVED, ""])
def test_critical_step_not_observed_means_repeat_and_not_pass(value: str) -> None:
    result = outcome(seal=value)
    assert (result.verdict, result.critical_unseen) == ("repeat", ("seal",))
    assert outcome(seal=value, wash=NOT_DONE).verdict == "not-passed"


def test_ordinary_steps_not_observed_leave_the_denominator() -> None:
    result = outcome(**without(10, NOT_OBSERVED), step_11=NOT_DONE)
    assert result.share == Fraction(9, 10)
    assert result.passed
    assert outcome(**without(20, NOT_OBSERVED)).verdict == "repeat"


def test_safety_stop_fails_by_word_or_by_the_step_that_stops() -> None:
    assert outcome(stop="Broken glass picked up by hand").verdict == "stopped"
    assert outcome(step_20=NOT_DONE).verdict == "stopped"
    assert outcome(stop="  ").passed  # taken back
    assert outcome(stop="Fire", wash=NOT_DONE).verdict == "stopped"


def test_outcome_is_stored_exactly() -> None:
    plain = outcome(**without(3), stop="").plain()
    assert (plain["verdict"], plain["share"], plain["stop"]) == ("passed", "17/20", "")


def test_step_done_before_its_turn_is_named_and_fails_nothing() -> None:
    late = sheet() | {"step:wash": stands(value=DONE, minute=5)}
    found = rules.outcome(PRACTICAL, late)
    assert found.order == (("wash", "seal"), ("wash", "step-1"))
    assert found.passed
    at_once = rules.outcome(PRACTICAL, sheet())
    assert at_once.order == ()  # all at the same moment


def test_step_that_was_never_achieved_breaks_no_order() -> None:
    failed = sheet() | {"step:wash": stands(value=NOT_DONE, minute=5)}
    assert rules.broken_order(PRACTICAL, failed) == ()


def test_sheet_lacks_what_was_not_tapped_and_not_written_down() -> None:
    assert rules.missing(PRACTICAL, sheet(**REST)) == ()
    assert rules.missing(PRACTICAL, sheet(**REST | {"seal": "", "room": ""})) == (
        "step:seal",
        "room",
    )
    assert rules.missing(PRACTICAL, sheet()) == ("induction", "room", "lot", "rating")


def test_stopped_sheet_lacks_no_steps_but_its_reason() -> None:
    rest = REST | {"rating": ""}
    assert rules.missing(PRACTICAL, sheet(base="", **rest, stop="Fire alarm")) == ()
    assert rules.missing(PRACTICAL, sheet(base="", **rest, step_20=NOT_DONE)) == ("stop",)


def test_one_accredited_assessor_signs_alone_and_founding_assessors_in_pairs() -> None:
    assert rules.signatures_needed(PRACTICAL, {"WFD-03": 3, "FND-04": 3}) == 1
    assert rules.signatures_needed(PRACTICAL, {"WFD-03": 3, "FND-04": 2}) == 2
    assert rules.signatures_needed(PRACTICAL, {"FND-04": 4}) == 2
    assert rules.signatures_needed(PRACTICAL, {}) == 2
    pair = PRACTICAL | {"signatures": 2}
    assert rules.signatures_needed(pair, {"WFD-03": 4, "FND-04": 4}) == 2


def test_further_sheet_waits_for_the_open_one_and_ends_with_a_pass() -> None:
    again = [Earlier(v, False) for v in ("not-passed", "repeat", "stopped", "objected")]
    rules.may_open(again, practice=False)
    with pytest.raises(RuleBroken, match="still open"):
        rules.may_open([*again, Earlier(None, False)], practice=False)
    with pytest.raises(RuleBroken, match="passed"):
        rules.may_open([*again, Earlier("passed", False)], practice=True)


def test_pass_for_practice_ends_only_practice() -> None:
    practised = [Earlier("passed", True)]
    rules.may_open(practised, practice=False)
    with pytest.raises(RuleBroken, match="passed"):
        rules.may_open(practised, practice=True)
