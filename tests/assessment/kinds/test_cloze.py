"""Cloze: gaps keep their place and kind, weigh what they should, and what is wrong is named."""

from copy import deepcopy
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.cloze import Cloze
from lms.curriculum.kind import LeftToPerson, QuestionRefused
from lms.curriculum.text import markdown

KIND = Cloze()
OPTIONS = [
    {"id": "a", "text": "Grade A", "correct": True},
    {"id": "b", "text": "Grade B", "why": "No."},
]
TABLE: dict[str, Any] = {
    "id": "q", "kind": "cloze", "outcome": "LO1", "lesson": "l", "prompt": "Fill in.",
    "why": "So.", "text": "In **{grade}** one fills {volume} of {medium}.",
    "gap": [
        {"id": "grade", "kind": "single", "option": OPTIONS},
        {"id": "medium", "kind": "short", "answer": "broth", "accept": [{"pattern": "broth"}]},
        {"id": "volume", "kind": "numeric", "weight": 2, "key": {"formula": "50", "unit": "mL"}},
    ],
}  # fmt: skip
FORM = {"grade-choice": ["a"], "medium-text": ["broth"], "volume-number": ["50"],
        "volume-unit": ["mL"]}  # fmt: skip
MADE = KIND.parse(TABLE)
VARIANT = KIND.draw(MADE.shown, MADE.key, Random(1))


def score(form: dict[str, list[str]]) -> Fraction:
    found = KIND.score(MADE.shown, MADE.key, VARIANT, KIND.read(form), "en")
    assert sum((part for _, part in found.parts), Fraction(0)) == found.fraction
    return found.fraction


def test_text_is_rendered_whole_and_gaps_stand_where_they_were_written() -> None:
    shown = KIND.present(MADE.shown, VARIANT, block=markdown.prompt, inline=markdown.inline)
    assert shown["before"] == "<p>In <strong>"
    assert [(gap["id"], gap["number"], gap["after"]) for gap in shown["gaps"]] == [
        ("grade", 1, "</strong> one fills "),
        ("volume", 3, " of "),
        ("medium", 2, ".</p>\n"),
    ]


def test_nothing_of_the_key_is_shown() -> None:
    shown = str(KIND.present(MADE.shown, VARIANT)) + str(MADE.shown)
    for secret in ("broth", "formula", "correct", "No."):
        assert secret not in shown


@given(st.permutations(list(FORM)), st.sets(st.sampled_from(sorted(FORM))))
def test_order_of_fields_never_changes_a_score_and_empty_gaps_only_lower_it(
    order: list[str], empty: set[str]
) -> None:
    form = {name: ([""] if name in empty else FORM[name]) for name in order}
    assert KIND.read(form) == KIND.read(dict(sorted(form.items())))
    assert score(form) <= score(FORM) == 1


def test_trace_goes_gap_by_gap() -> None:
    found = KIND.score(MADE.shown, MADE.key, VARIANT, KIND.read(FORM), "en")
    said = [message % params for message, params in found.trace]
    assert said[:2] == ["Gap 1 earned 1 of its points.", "“Grade A” is right."]


def test_unknown_text_is_left_to_a_person_whose_levels_count_for_the_texts_alone() -> None:
    payload = KIND.read(FORM | {"medium-text": ["TSB"]})
    with pytest.raises(LeftToPerson):
        KIND.score(MADE.shown, MADE.key, VARIANT, payload, "en")
    assert [criterion["id"] for criterion in MADE.key["criteria"]] == ["medium"]
    for points, fraction in ((0, "3/4"), (2, "7/8"), (4, "1")):
        earned = KIND.marked(MADE.shown, MADE.key, VARIANT, payload, "en", {"medium": points})
        assert str(earned) == fraction


def test_equal_texts_are_found_whatever_else_was_given() -> None:
    one = KIND.read(FORM | {"medium-text": ["TSB "], "grade-choice": ["b"]})
    other = KIND.read(FORM | {"medium-text": ["tsb"]})
    assert KIND.alike(one) == KIND.alike(other) != ""


def test_after_release_each_gap_says_what_is_right() -> None:
    told = KIND.explain(MADE.shown, MADE.key, VARIANT, KIND.read(FORM | {"grade-choice": ["b"]}))
    assert [(gap["number"], gap["right"], gap["correct"]) for gap in told["gaps"]] == [
        (1, "Grade A", False), (2, "broth", True), (3, "50.0\u00a0mL", True),
    ]  # fmt: skip


def changed(at: int, **gap: Any) -> dict[str, Any]:
    gaps = deepcopy(TABLE["gap"])
    gaps[at] |= gap
    return {"gap": gaps}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"text": "In {grade} and {grade} {volume} {medium}"}, "text"),
        ({"text": "In {grade} {volume}"}, "text"),
        ({"text": TABLE["text"] + " {more}"}, "text"),
        ({"text": TABLE["text"] + "\ue010"}, "text"),
        ({"critical": "safety"}, "scoring"),
        ({"critical": "safety", "scoring": "exact"}, "gap[1].kind"),
        (changed(0, id="volume"), "gap"),
        (changed(0, kind="essay"), "gap[0].kind"),
        (changed(0, option=[]), "gap[0].option"),
        (changed(0, answer="x"), "gap[0].answer"),
        (changed(1, accept=[{"pattern": "x"}]), "gap[1].answer"),
        (changed(2, weight=0), "gap[2].weight"),
        (changed(2, key={"formula": "5 +"}), "gap[2].key.formula"),
        (changed(2, parameters={"v": {"choices": ["1"]}}), "gap[2].parameters"),
        ({"gap": []}, "gap"),
        ({"gap": "x"}, "gap"),
    ],
)
def test_table_that_cannot_be_scored_is_refused(change: dict[str, Any], key: str) -> None:
    with pytest.raises(QuestionRefused) as refusal:
        KIND.parse(TABLE | change)
    assert key in {problem.key for problem in refusal.value.problems}
