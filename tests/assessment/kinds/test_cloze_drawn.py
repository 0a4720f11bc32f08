"""Cloze with drawn values: one draw for the whole text, within its bounds, scored alike again."""

import math
from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.cloze import Cloze
from lms.curriculum.kind import Plain, QuestionRefused

KIND = Cloze()
TABLE: dict[str, Any] = {
    "id": "q", "kind": "cloze", "outcome": "LO1", "lesson": "l",
    "prompt": "A record of {v} L.", "why": "{c} g/L in {v} L are {mass}.",
    "text": "| Buffer | {v} L |\n|---|---|\n| Salt | {mass} |\n| Bags | {bags} |\n| Who | {who} |",
    "parameters": {
        "v": {"min": "2", "max": "9", "decimals": 1},
        "c": {"min": "1", "max": "500", "significant": 2},
    },
    "derived": {"half": "v / 2"},
    "gap": [
        {"id": "mass", "kind": "numeric", "why": "{c} × {v} = {answer}",
         "key": {"formula": "c * v", "unit": "g", "min": "50", "max": "2000"},
         "mistake": [{"formula": "c * half", "why": "You took half of {v} L."}]},
        {"id": "bags", "kind": "numeric", "key": {"formula": "ceil(c * v / 500)", "absolute": "0"}},
        {"id": "who", "kind": "single", "option": [
            {"id": "a", "text": "Two people", "correct": True},
            {"id": "b", "text": "One", "why": "No."}]},
    ],
}  # fmt: skip
MADE = KIND.parse(TABLE)
SEEDS = st.integers(0, 2**32)


def drawn(seed: int) -> Plain:
    return KIND.draw(MADE.shown, MADE.key, Random(seed))


def payload(variant: Plain, **changed: str) -> Plain:
    typed = {gap: variant[gap]["answer"] for gap in ("mass", "bags")} | changed
    gaps = {gap: {"text": text, "unit": "g"} for gap, text in typed.items()}
    return {"gaps": gaps | {"who": {"choice": "a"}}}


@given(SEEDS)
def test_every_draw_lies_within_its_bounds_and_is_one_for_all_gaps(seed: int) -> None:
    variant = drawn(seed)
    mass, bags = variant["mass"], variant["bags"]
    assert mass["values"] == bags["values"]
    assert mass["derived"] == bags["derived"]
    assert Decimal(2) <= Decimal(mass["values"]["v"]) <= 9
    assert Decimal(1) <= Decimal(mass["values"]["c"]) <= 500
    answer = Decimal(mass["values"]["c"]) * Decimal(mass["values"]["v"])
    assert Decimal(mass["answer"]) == answer
    assert 50 <= answer <= 2000
    assert Decimal(bags["answer"]) == math.ceil(answer / 500)


@given(SEEDS, st.booleans())
def test_score_of_a_stored_paper_is_the_same_again(seed: int, right: bool) -> None:
    variant = drawn(seed)
    given_ = payload(variant, **({} if right else {"mass": "1"}))
    first = KIND.score(MADE.shown, MADE.key, variant, given_, "en")
    again = KIND.score(MADE.shown, MADE.key, deepcopy(variant), given_, "en")
    assert first.plain() == again.plain()
    assert str(first.fraction) == ("1" if right else "2/3")


def test_texts_show_what_was_drawn_and_nothing_of_the_key() -> None:
    variant = drawn(1)
    values = variant["mass"]["values"]
    shown = KIND.present(MADE.shown, variant)
    assert shown["prompt"] == f"A record of {values['v']} L."
    assert f"| {values['v']} L |" in shown["before"]
    assert variant["mass"]["answer"] not in str(shown)
    told = KIND.explain(MADE.shown, MADE.key, variant, payload(variant))
    assert told["why"].startswith(f"{values['c']} g/L in {values['v']} L are ")
    assert "{" not in told["why"] + "".join(gap["why"] for gap in told["gaps"])
    assert [gap["correct"] for gap in told["gaps"]] == [True] * 3


def test_known_mistake_is_told_with_the_drawn_values() -> None:
    variant = drawn(2)
    half = str(Decimal(variant["mass"]["answer"]) / 2)
    found = KIND.score(MADE.shown, MADE.key, variant, payload(variant, mass=half), "en")
    said = [message % params for message, params in found.trace]
    assert f"You took half of {variant['mass']['values']['v']} L." in said


def test_sound_table_has_no_problem_and_drawing_ones_are_found() -> None:
    assert KIND.check(MADE.shown, MADE.key, Random(1)) == []
    narrow = deepcopy(TABLE)
    narrow["gap"][0]["key"] |= {"min": "5000", "max": "6000"}
    made = KIND.parse(narrow)
    assert [one.key for one in KIND.check(made.shown, made.key, Random(1))] == ["gap"]
    silent = deepcopy(TABLE)
    silent["gap"][0]["mistake"] = [{"formula": "v * c", "why": "w"}]
    made = KIND.parse(silent)
    assert [one.key for one in KIND.check(made.shown, made.key, Random(1))] == [
        "gap[0].mistake[0].formula"
    ]


@pytest.mark.parametrize(
    ("place", "value", "key"),
    [
        (("parameters", "spare"), {"choices": ["1"]}, "parameters.spare"),
        (("parameters", "mass"), {"choices": ["1"]}, "gap[0].id"),
        (("parameters", "v"), {"min": "2"}, "parameters.v"),
        (("derived", "half"), "v / w", "derived.half"),
        (("text",), "{v} {mass} {bags} {who} {x}", "text"),
        (("prompt",), "{x}", "prompt"),
        (("why",), "{x}", "why"),
        (("gap", 2, "why"), "{x}", "gap[2].why"),
        (("gap", 0, "why"), "{x}", "gap[0].why"),
        (("gap", 1, "key", "formula"), "c * mass", "gap[1].key.formula"),
        (("gap", 0, "kind"), "short", "gap[0].answer"),
    ],
)
def test_names_that_stand_for_nothing_are_refused(
    place: tuple[str | int, ...], value: Any, key: str
) -> None:
    table = deepcopy(TABLE)
    inner: Any = table
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(QuestionRefused) as refusal:
        KIND.parse(table)
    assert key in [problem.key for problem in refusal.value.problems]


def test_drawing_without_a_number_to_ask_for_is_refused() -> None:
    table = deepcopy(TABLE)
    table |= {"text": "{v} {c} {who}", "gap": [TABLE["gap"][2]]}
    with pytest.raises(QuestionRefused) as refusal:
        KIND.parse(table)
    assert "parameters" in {problem.key for problem in refusal.value.problems}


def test_question_without_drawn_values_is_stored_as_before() -> None:
    plain = deepcopy(TABLE) | {"parameters": {}, "derived": {}, "prompt": "p", "why": "w"}
    plain["text"] = "{bags} {who}"
    plain["gap"] = [TABLE["gap"][1] | {"key": {"formula": "3", "absolute": "0"}}, TABLE["gap"][2]]
    made = KIND.parse(plain)
    assert set(made.shown) == {"prompt", "text", "gaps"}
    assert set(made.key["gaps"]["bags"]) == {
        "formula", "unit", "absolute", "significant", "weights", "mistakes", "why",
    }  # fmt: skip
