"""Numeric questions: drawn within bounds, scored exactly, with errors of a power of ten named."""

import json
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.assessment.kinds.filling import fill
from lms.assessment.kinds.numeric import Numeric
from lms.curriculum.kind import ParsedQuestion, Score, Undrawable

NUMERIC = Numeric()


def table(**more: Any) -> dict[str, Any]:
    return {
        "id": "dilution-volume",
        "kind": "numeric",
        "outcome": "LO2",
        "lesson": "10-units",
        "prompt": "Make {v2} mL of {c2} mmol/L from {c1} mol/L: $V = \\frac{c2}{c1}$",
        "why": "V1 = {c2}/1000 · {v2} / {c1} = {answer} mL (ratio {ratio}).",
        "parameters": {
            "c1": {"choices": ["0.5", "1", "2"]},
            "c2": {"min": "10", "max": "250", "significant": 2},
            "v2": {"min": "100", "max": "2000", "distribution": "log", "decimals": 0},
        },
        "derived": {"ratio": "c2 / 1000 / c1"},
        "key": {
            "formula": "ratio * v2",
            "unit": "mL",
            "units": ["mL", "µL", "L", "g"],
            "relative": "0.02",
            "min": "0.5",
            "max": "500",
            "significant": 3,
        },
        "mistake": [
            {"formula": "v2 * c1", "why": "You multiplied {v2} by {c1}; not {answer}."},
            {"formula": "v2 * c2 / c1", "why": "mmol/L and mol/L were mixed."},
        ],
    } | more


def parsed(**key: str) -> ParsedQuestion:
    whole = table()
    whole["key"] = whole["key"] | key
    return NUMERIC.parse(whole)


QUESTION = NUMERIC.parse(table())
# c2/1000/c1 · v2 = 100/1000/2 · 500 = 25 mL
VARIANT = {
    "values": {"c1": "2", "c2": "100", "v2": "500"},
    "derived": {"ratio": "0.05"},
    "answer": "25.00",
}


def score(
    text: str, unit: str = "mL", locale: str = "en", question: ParsedQuestion = QUESTION
) -> Score:
    return NUMERIC.score(
        question.shown, question.key, VARIANT, {"text": text, "unit": unit}, locale
    )


def words(scored: Score) -> str:
    return " ".join(message % params for message, params in scored.trace)


@pytest.mark.parametrize(
    ("text", "unit", "locale", "fraction"),
    [
        ("25", "mL", "en", 1),
        ("25.0", "mL", "en", 1),
        ("2.5e1", "mL", "en", 1),
        ("25,0", "mL", "fr", 1),
        ("25,0", "mL", "en", 0),  # refused, never reinterpreted
        ("25000", "µL", "en", 1),
        ("0.025", "L", "en", 1),
        ("25.5", "mL", "en", 1),  # the bounds belong to what is accepted
        ("24.5", "mL", "en", 1),
        ("25.5000001", "mL", "en", 0),
        ("24.4999999", "mL", "en", 0),
        ("-25", "mL", "en", 0),
        ("0", "mL", "en", 0),
        ("25", "L", "en", 0),
        ("25", "g", "en", 0),
        ("25", "", "en", 0),
        ("25", "kg", "en", 0),
        ("25 mL", "mL", "en", 0),
        ("9**9**9", "mL", "en", 0),
    ],
)
def test_number_scores_as_the_golden_table_says(
    text: str, unit: str, locale: str, fraction: int
) -> None:
    scored = score(text, unit, locale)
    assert scored.fraction == fraction
    assert scored.fraction == sum((part for _, part in scored.parts), Fraction(0))
    assert words(scored)


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        ("250", "mL", "10 times too large"),
        ("2.5", "mL", "10 times too small"),
        ("25", "L", "1000 times too large"),
        ("0.025", "mL", "1000 times too small"),
        ("25", "µL", "1000 times too small"),
        ("2.55e2", "mL", "10 times too large"),
    ],
)
def test_error_of_a_power_of_ten_is_named_and_flagged(text: str, unit: str, factor: str) -> None:
    scored = score(text, unit)
    assert scored.critical_error
    assert factor in words(scored)


@pytest.mark.parametrize("text", ["25", "26", "-250", "100", "0", "2.5 L", "26.0e1"])
def test_rounding_slip_or_other_error_is_no_error_of_a_power_of_ten(text: str) -> None:
    assert not score(text).critical_error


def test_power_of_ten_needs_the_digits_even_where_the_tolerance_is_wide() -> None:
    wide = parsed(relative="0", absolute="20")
    assert not score("30", question=wide).critical_error
    assert not score("400", question=wide).critical_error
    assert score("2500", question=wide).critical_error


def test_known_mistake_is_recognised_with_its_values() -> None:
    assert "You multiplied 500 by 2; not 25.0." in words(score("1000"))
    mixed = score("25000")
    assert "mixed" in words(mixed)
    assert mixed.critical_error  # it is a factor of 1000 too


def test_either_of_two_tolerances_satisfies() -> None:
    both = parsed(relative="0.02", absolute="1")
    assert score("26", question=both).fraction == 1
    assert score("26.01", question=both).fraction == 0
    assert score("25.5", question=parsed(relative="0.02", absolute="0.1")).fraction == 1


def test_tolerance_is_two_per_cent_unless_the_author_says_otherwise() -> None:
    whole = table()
    del whole["key"]["relative"]
    assert NUMERIC.parse(whole).key["relative"] == "0.02"


def test_exact_answer_accepts_nothing_else_and_prints_whole() -> None:
    exact = parsed(relative="0")
    assert score("25", question=exact).fraction == 1
    assert score("25.0001", question=exact).fraction == 0
    told = NUMERIC.explain(exact.shown, exact.key, VARIANT, None)
    assert told["answer"] == "25\u00a0mL"


def test_corrected_key_counts_and_not_the_answer_stored_with_the_paper() -> None:
    corrected = parsed(formula="ratio * v2 * 2")
    assert score("50", question=corrected).fraction == 1
    assert score("25", question=corrected).fraction == 0


def test_significant_figures_are_not_demanded_by_default() -> None:
    assert score("25").fraction == score("25.000").fraction == 1


def test_demanded_figures_are_a_part_of_their_own() -> None:
    whole = table()
    whole["key"] |= {"figures": 3, "weights": {"value": "0.8", "figures": "0.2"}}
    figures = NUMERIC.parse(whole)
    assert score("25.0", question=figures).fraction == 1
    assert score("25", question=figures).fraction == Fraction(4, 5)
    assert "3 significant figures" in words(score("25", question=figures))
    assert score("99.9", question=figures).fraction == Fraction(1, 5)
    assert score("0.0250", "L", question=figures).fraction == 1


def test_blank_is_blank() -> None:
    scored = NUMERIC.score(QUESTION.shown, QUESTION.key, VARIANT, None, "en")
    assert (scored.fraction, scored.critical_error) == (0, False)
    assert NUMERIC.read({"number": ["  "], "unit": ["mL"]}) is None
    assert NUMERIC.read({"number": [" 2,5 "], "unit": ["mL"]}) == {"text": " 2,5 ", "unit": "mL"}


def test_saved_answer_is_echoed_as_it_was_read() -> None:
    read = NUMERIC.echo({"text": "2.5e3", "unit": "mL"}, "en")
    assert read is not None
    assert read[0] % read[1] == "Read as 2500\u00a0mL"
    refused = NUMERIC.echo({"text": "2,5", "unit": "mL"}, "en")
    assert refused is not None
    assert "comma" in refused[0]


def test_prompt_shows_the_drawn_values_in_prose_and_in_equations() -> None:
    variant = VARIANT | {"values": {"c1": "0.5", "c2": "1.5e6", "v2": "12500"}}
    prompt = NUMERIC.present(QUESTION.shown, variant, locale="fr")["prompt"]
    assert prompt == (
        "Make 12\u202f500 mL of 1,5 × 10⁶ mmol/L from 0,5 mol/L: "
        "$V = \\frac{1{,}5 \\times 10^{6}}{0{,}5}$"
    )


def test_exponent_in_prose_is_raised() -> None:
    values = {"k": "4", "v": "0.2"}
    assert fill("From the 10⁻{k} dilution, {v} mL", values, "en") == (
        "From the 10⁻⁴ dilution, 0.2 mL"
    )


def test_explanation_prints_the_answer_with_its_figures() -> None:
    told = NUMERIC.explain(QUESTION.shown, QUESTION.key, VARIANT, None)
    assert told["answer"] == "25.0\u00a0mL"
    assert told["why"] == "V1 = 100/1000 · 500 / 2 = 25.0 mL (ratio 0.05)."


def test_question_without_parameters_or_unit_is_a_plain_number() -> None:
    plain = table(prompt="How much is six times seven?", why="{answer}", parameters={}, mistake=[])
    plain |= {"derived": {}, "key": {"formula": "6 * 7", "absolute": "0"}}
    question = NUMERIC.parse(plain)
    assert NUMERIC.check(question.shown, question.key, Random(0)) == []
    variant = NUMERIC.draw(question.shown, question.key, Random(0))
    assert NUMERIC.present(question.shown, variant)["units"] == []
    payload = {"text": "42", "unit": ""}
    assert NUMERIC.score(question.shown, question.key, variant, payload, "en").fraction == 1


def test_two_thousand_draws_stay_in_bounds_and_spread() -> None:
    answers, rng = set(), Random(20260101)
    for _ in range(2000):
        variant = NUMERIC.draw(QUESTION.shown, QUESTION.key, rng)
        values = {name: Decimal(value) for name, value in variant["values"].items()}
        assert values["c1"] in (Decimal("0.5"), 1, 2)
        assert 10 <= values["c2"] <= 250
        assert values["c2"] == values["c2"].normalize().__round__(1)
        assert 100 <= values["v2"] <= 2000
        assert values["v2"] == int(values["v2"])
        answer = values["c2"] / 1000 / values["c1"] * values["v2"]
        assert Decimal("0.5") <= answer <= 500
        assert Decimal(variant["answer"]) == pytest.approx(answer)
        answers.add(variant["answer"])
    assert len(answers) > 1000


@given(st.integers())
@settings(max_examples=50)
def test_same_seed_gives_the_same_draw_also_from_stored_data(seed: int) -> None:
    stored = json.loads(json.dumps([QUESTION.shown, QUESTION.key], sort_keys=True))
    drawn = NUMERIC.draw(QUESTION.shown, QUESTION.key, Random(seed))
    assert NUMERIC.draw(*stored, Random(seed)) == drawn
    right = {"text": drawn["answer"], "unit": "mL"}
    assert NUMERIC.score(*stored, drawn, {"text": f"{Decimal(right['text']):.6e}", "unit": "mL"},
                         "en").fraction == 1  # fmt: skip


def test_bounds_that_no_draw_can_meet_are_found_when_checked() -> None:
    impossible = parsed(min="400", max="400.001")
    with pytest.raises(Undrawable):
        NUMERIC.draw(impossible.shown, impossible.key, Random(1))
    (problem,) = NUMERIC.check(impossible.shown, impossible.key, Random(1))
    assert problem.key == "key"
    assert "1000" in problem.text()


def test_check_finds_values_too_long_to_copy_and_mistakes_that_are_right() -> None:
    whole = table(prompt="{ratio} {v2}", mistake=[{"formula": "answer * 1.001", "why": "no"}])
    whole["derived"] = {"ratio": "c2 / 3 / c1"}
    whole["key"] |= {"min": "0", "max": "1e9"}
    question = NUMERIC.parse(whole)
    found = NUMERIC.check(question.shown, question.key, Random(1), draws=20)
    assert {problem.key for problem in found} == {"derived.ratio", "mistake[0].formula"}
