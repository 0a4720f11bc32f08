"""Drawing a paper: a case comes whole, in its author's order, least-seen first."""

from random import Random
from typing import Any

from lms.assessment.kinds.single import Single
from lms.assessment.paper import draw
from lms.columns import digest
from lms.curriculum.case import Case, under
from lms.curriculum.models import Question, QuestionKey

KINDS = {"single": Single()}


def question(code: str, case: str = "", number: int = 0, kind: str = "single") -> Any:
    parsed = Single().parse(
        {
            "id": code,
            "kind": "single",
            "outcome": "LO1",
            "lesson": "10-lesson",
            "prompt": f"Prompt {code}",
            "why": "Because.",
            "option": [
                {"id": "a", "text": "This", "correct": True},
                {"id": "b", "text": "That", "correct": False, "why": "No."},
            ],
        }
    )
    if case:
        parsed = under(Case(case, f"Case {case}", "A *stimulus*"), parsed, number, 2)
    row = Question(id=code, code=code, kind=kind, outcome="LO1", points="1", shown=parsed.shown)
    return row, QuestionKey(key=parsed.key)


def drawn(lines: list[dict[str, Any]], pairs: Any, seen: Any = None, seed: int = 1) -> Any:
    block = "<p>{}</p>".format
    return list(draw({"draw": lines}, pairs, KINDS, seen or {}, "en", Random(seed), block))


PAIRS = [
    question("z-first", "one", 1),
    question("m-second", "two", 2),
    question("alone"),
    question("a-second", "one", 2),
    question("n-first", "two", 1),
]
LINES = [{"count": 2, "cases": ["one", "two"]}, {"count": 1, "outcomes": ["LO1"]}]


def test_items_of_a_case_stay_together_in_the_order_of_its_file():
    for seed in range(20):
        codes = [item["question_id"] for item in drawn(LINES, PAIRS, seed=seed)]
        assert codes in (
            ["z-first", "a-second", "n-first", "m-second", "alone"],
            ["n-first", "m-second", "z-first", "a-second", "alone"],
        )


def test_item_of_a_case_holds_its_stimulus_as_shown_and_digested():
    item = drawn(LINES, PAIRS)[0]
    assert item["shown"]["case"]["stimulus"] == "<p>A *stimulus*</p>"
    assert item["shown_digest"] == digest(item["shown"])
    assert "case" not in drawn(LINES, PAIRS)[4]["shown"]


def test_case_that_was_not_seen_comes_first():
    lines = [{"count": 1, "cases": ["one", "two"]}]
    for seed in range(20):
        items = drawn(lines, PAIRS, {"z-first": 1, "a-second": 1}, seed)
        assert [item["question_id"] for item in items] == ["n-first", "m-second"]


def test_case_with_a_kind_that_is_not_plugged_in_is_left_out():
    pairs = [*PAIRS[:4], question("n-first", "two", 1, kind="poem")]
    lines = [{"count": 1, "cases": ["one", "two"]}]
    for seed in range(20):
        assert drawn(lines, pairs, seed=seed)[0]["question_id"] == "z-first"
