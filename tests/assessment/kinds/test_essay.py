"""Essays: kept as typed, marked by a person on a rubric."""

from typing import Any

import pytest

from lms.assessment.kinds.essay import Essay, count_words
from lms.curriculum.kind import QuestionRefused
from lms.errors import RuleBroken

LEVELS = ["nothing", "little", "half", "most", "all"]


def table(**more: Any) -> dict[str, Any]:
    return {
        "id": "deviation-essay",
        "kind": "essay",
        "outcome": "LO5",
        "lesson": "40-data-sense",
        "prompt": "Write a report.",
        "model_answer": "The **report**.",
        "words_min": 100,
        "words_max": 200,
        "criterion": [
            {"id": "technical", "title": "Technical correctness", "levels": LEVELS},
            {"id": "clarity", "title": "Clarity", "levels": LEVELS},
        ],
    } | more


def test_rubric_and_model_answer_are_key_and_only_titles_are_shown() -> None:
    question = Essay().parse(table())
    shown = Essay().present(question.shown, {})
    assert shown["criteria"] == ["Technical correctness", "Clarity"]
    assert "half" not in str(question.shown)
    assert "report**" not in str(question.shown)
    assert question.key["criteria"][1]["levels"] == LEVELS
    told = Essay().explain(question.shown, question.key, {}, None)
    assert told["model_answer"] == "The **report**."


def test_text_is_kept_exactly_as_typed() -> None:
    assert Essay().read({"text": ["\r\n one  two\r\n"]}) == {"text": "\r\n one  two\r\n"}
    assert Essay().read({"text": [" \r\n "]}) is None
    assert Essay().read({}) is None
    assert count_words(" one  two\n three ") == 3
    assert Essay().echo({"text": "one two"}, "en") == ("Words: %(count)s", {"count": "2"})


def test_no_machine_scores_an_essay() -> None:
    question = Essay().parse(table())
    with pytest.raises(RuleBroken):
        Essay().score(question.shown, question.key, {}, {"text": "mine"}, "en")


def test_every_mistake_of_an_essay_is_named_at_once() -> None:
    twice = {"id": "clarity", "title": "Clarity", "levels": LEVELS[:4]}
    broken = table(words_min=300, critical="safety", criterion=[twice, twice], rubric="none")
    with pytest.raises(QuestionRefused) as refusal:
        Essay().parse(broken)
    assert {problem.key for problem in refusal.value.problems} == {
        "words_max", "critical", "criterion", "rubric",
        "criterion[0].levels", "criterion[1].levels",
    }  # fmt: skip
