"""Wider tolerances of a number: each earns its part, says so, and rewards no known mistake."""

from fractions import Fraction
from random import Random
from typing import Any

from tests.assessment.kinds.test_numeric import NUMERIC, QUESTION, parsed, score, table, words

TIERED = parsed(tier=[{"relative": "0.05", "weight": "0.5"}])  # type: ignore[arg-type]


def test_wider_tolerance_earns_its_part_and_says_so() -> None:
    assert score("26.25", question=TIERED).fraction == Fraction(1, 2)
    assert "23.7500\u00a0mL to 26.2500\u00a0mL the number still earns 1/2" in words(
        score("26.25", question=TIERED)
    )
    assert score("25.5", question=TIERED).trace == score("25.5").trace
    assert score("26.26", question=TIERED).fraction == 0
    assert score("262.5", question=TIERED).critical_error is score("262.5").critical_error


def test_tier_is_a_part_of_the_value_alone() -> None:
    weights = {"value": "0.8", "unit": "0.2", "figures": "0"}
    weighted = parsed(weights=weights, tier=[{"relative": "0.05", "weight": "0.5"}])  # type: ignore[arg-type]
    assert score("26", question=weighted).parts == (
        ("value", Fraction(2, 5)),
        ("unit", Fraction(1, 5)),
    )


def test_key_without_tiers_is_stored_as_it_always_was() -> None:
    assert "tier" not in QUESTION.key


def test_mistake_that_a_tier_would_reward_is_found_when_checked() -> None:
    whole = table(mistake=[{"formula": "answer * 1.04", "why": "No."}])
    assert NUMERIC.check(*plain(whole), Random(1)) == []
    whole["key"] |= {"tier": [{"relative": "0.05", "weight": "0.5"}]}
    (found,) = NUMERIC.check(*plain(whole), Random(1))
    assert found.key == "mistake[0].formula"


def plain(whole: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    made = NUMERIC.parse(whole)
    return made.shown, made.key
