"""Short text: what is compared with what, golden scores, and that the unknown goes to a person."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.short import LEVELS, Short, fits, normalised
from lms.curriculum.kind import LeftToPerson, ParsedQuestion, QuestionRefused, Score

TABLE: dict[str, Any] = {
    "id": "a-question", "kind": "short", "outcome": "LO1", "lesson": "10-units",
    "prompt": "Which rate?", "why": "Because.", "answer": "specific growth rate",
    "accept": [
        {"pattern": "specific growth rate"},
        {"pattern": "*growth rate", "weight": "0.5", "why": "Which one?"},
        {"pattern": "µ*max", "weight": "0.75", "why": "At its largest."},
        {"pattern": "*yield*", "weight": "0", "why": "A yield is no rate."},
    ],
}  # fmt: skip


def question(**changes: Any) -> ParsedQuestion:
    return Short().parse(TABLE | changes)


def score(text: str | None, **changes: Any) -> Score:
    made = question(**changes)
    payload = Short().read({"text": [text]}) if text is not None else None
    found = Short().score(made.shown, made.key, {}, payload, "en")
    assert sum(part for _, part in found.parts) == found.fraction
    assert found.trace
    return found


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("specific growth rate", "1"),
        ("  Specific   GROWTH\trate ", "1"),
        ("maximum growth rate", "1/2"),  # the first that fits decides, not the best
        ("growth rate", "1/2"),
        ("µmax", "3/4"),  # micro sign, and the Greek letter below
        ("\N{GREEK SMALL LETTER MU} MAX", "3/4"),
        ("the yield", "0"),
        ("yield and growth rate", "1/2"),
        (None, "0"),
        ("   ", "0"),
    ],
)
def test_short_text_scores_as_its_golden_table_says(text: str | None, fraction: str) -> None:
    assert str(score(text).fraction) == fraction


@pytest.mark.parametrize("text", ["growth", "specific growth rates", "growth-rate", "?", "*"])
def test_what_no_pattern_fits_is_left_to_a_person_and_never_zero(text: str) -> None:
    with pytest.raises(LeftToPerson):
        score(text)


def test_blank_is_scored_and_troubles_nobody() -> None:
    assert score(None).trace == (("No answer was given.", {}),)


def test_trace_says_which_answer_of_the_key_fits_and_why_it_is_not_enough() -> None:
    (fits_it, params), (earns, share), (_message, told) = score("the growth rate").trace
    assert fits_it % params == "Your answer fits “… growth rate”, which the key accepts in part." \
        .replace("… ", "…")  # fmt: skip
    assert earns % share == "It earns 1/2 of the points."
    assert told == {"feedback": "Which one?"}


@pytest.mark.parametrize(
    ("pattern", "text", "right"),
    [
        ("a*", "a", True), ("a*", "ba", False), ("*a", "ba", True), ("*a", "ab", False),
        ("a*a", "a", False), ("a*a", "aa", True), ("a*b*a", "aba", True), ("a*b*a", "aa", False),
        ("*ab*", "xaby", True), ("a**b", "ab", True), ("*a*a*", "a", False), ("", "", True),
        ("a.c", "abc", False), ("[ab]", "a", False), ("a?", "ab", False),
        ("STRASSE", "straße", True), ("caf\u00e9", "cafe\u0301", True),
    ],
)  # fmt: skip
def test_star_is_any_run_of_characters_and_all_else_is_itself(
    pattern: str, text: str, right: bool
) -> None:
    assert fits(normalised(text), pattern) is right


def test_hostile_pattern_and_text_are_compared_at_once() -> None:
    assert not fits("a" * 100_000 + "b", "*a" * 100 + "c*")


@given(st.text(max_size=40))
def test_how_a_text_is_typed_never_changes_how_it_is_read(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
    assert normalised(f"  {text}\u200e\n") == once
    assert normalised(unicodedata.normalize("NFD", text)) == once
    assert Short().alike({"text": f" {text} "}) == once


@given(st.text(min_size=1, max_size=30).filter(lambda text: "*" not in text))
def test_pattern_without_stars_fits_itself(text: str) -> None:
    assert fits(normalised(text), text)


def test_equal_answers_are_found_by_what_they_have_in_common() -> None:
    same = {Short().alike({"text": text}) for text in ("Yield Rate", "yield  rate", "YIELD RATE ")}
    assert same == {"yield rate"}
    assert Short().alike(None) == ""


def test_rubric_of_a_person_has_one_criterion_of_five_levels() -> None:
    (criterion,) = question().key["criteria"]
    assert criterion == {"id": "answer", "title": "The answer", "levels": LEVELS}
    own = {"title": "The name", "levels": list("01234")}
    assert question(rubric=own).key["criteria"] == [{"id": "answer", **own}]


def test_nothing_of_the_key_is_shown() -> None:
    made = question()
    assert "growth" not in str(made.shown) + str(Short().present(made.shown, {}))


def accepting(*patterns: str, **more: Any) -> dict[str, Any]:
    return {"accept": [{"pattern": one} | more for one in patterns]}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"critical": "safety"}, "critical"),
        (accepting("*"), "accept[0].pattern"),
        (accepting("specific*", "specific growth rate"), "accept[1].pattern"),
        (accepting("specific growth rate", weight="2"), "accept[0].weight"),
        (accepting("specific growth rate", weight="-1"), "accept[0].weight"),
        (accepting("specific growth rate", weight="half"), "accept[0].weight"),
        (accepting("*growth rate", weight="0.5"), "accept[0].why"),
        (accepting("*growth rate", weight="0.5", why="w"), "answer"),
        (accepting("something else"), "answer"),
        ({"accept": []}, "accept"),
        ({"accept": "a"}, "accept"),
        ({"answer": ""}, "answer"),
        ({"rubric": {"levels": ["0"]}}, "rubric.levels"),
    ],
)
def test_table_that_cannot_be_scored_is_refused(change: dict[str, Any], key: str) -> None:
    with pytest.raises(QuestionRefused) as refusal:
        question(**change)
    assert key in {problem.key for problem in refusal.value.problems}
