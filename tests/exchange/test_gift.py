"""Claims about GIFT: what Moodle writes is read, and no question is dropped without a word."""

import pytest

from tests.exchange.taking import only, read, table, verdicts


def test_file_as_moodle_writes_it_has_a_verdict_for_every_question() -> None:
    assert verdicts(read("moodle.gift")) == [
        ("Airlock doors", "single", "changed"),
        ("Particles", "multiple", "changed"),
        ("Grade A air speed", "numeric", "changed"),
        ("Range", "numeric", "changed"),
        ("TF 1", "single", "changed"),
        ("Pairs", "matching", "changed"),
        ("Describe", "essay", "changed"),
        ("Water for injection is made by", "single", "changed"),
        ("Escapes", "single", "changed"),
        ("Weights in one", "single", "changed"),
        ("Read the drawing before you answer the next three questions.", "description", "refused"),
        ("Short", "short", "changed"),
        ("Broken", "", "refused"),
        ("Two braces", "", "refused"),
        ("No right one", "multiple", "refused"),
        ("Tiered", "numeric", "changed"),
    ]


def test_lines_are_those_where_questions_begin() -> None:
    lines = {item.name: item.line for item in read("moodle.gift").items}
    assert (lines["Airlock doors"], lines["Range"], lines["Tiered"]) == (6, 27, 56)


def test_formatting_feedback_and_escapes_come_along() -> None:
    items = {item.name: item.table for item in read("moodle.gift").items if item.table}
    doors = items["Airlock doors"]
    assert doors["prompt"] == "Why are the two doors of an airlock **never** open together?"
    assert doors["why"] == "Doors part two pressures."
    assert doors["option"][0]["why"] == "Right: the pressure falls."
    assert items["Escapes"]["prompt"] == r"What does 5 = 2 + 3 {x} ~ #1 : mean in C:\\lab?"
    assert items["Escapes"]["option"][0]["text"] == "A sum, =5"
    assert items["Water for injection is made by"]["prompt"] == (
        r"Water for injection is made by \____\_ or by membranes."
    )


def test_numbers_keep_their_tolerance_exactly() -> None:
    key = table(read("a.gift", "x {#0.45:0.09}"))["key"]
    assert (key["formula"], key["absolute"]) == ("0.45", "0.09")
    key = table(read("a.gift", "x {#-1.5e3..2}"))["key"]
    assert (key["formula"], key["absolute"]) == ("-749", "751")


def test_true_false_feedback_goes_to_the_answer_it_is_said_of() -> None:
    options = table(read("a.gift", "x {F#wrong#right}"))["option"]
    assert [(one["id"], one.get("correct"), one["why"]) for one in options] == [
        ("true", None, "wrong"),
        ("false", True, "right"),
    ]


def test_what_is_lacking_is_a_todo_and_the_verdict_says_so() -> None:
    item = only(read("a.gift", "Which? {=a ~b}"))
    assert item.verdict == "changed"
    assert item.table is not None
    assert (item.table["outcome"], item.table["lesson"]) == ("LO0", "10-todo")
    assert item.table["why"].startswith("TODO")
    assert item.table["option"][1]["why"].startswith("TODO")
    assert "outcome" in item.reason
    assert "TODO texts stand in: why, option." in item.reason


def test_question_that_says_everything_is_imported_as_it_stands() -> None:
    text = (
        "// [id:doors] [tag:outcome=LO2] [tag:lesson=10-air] [tag:critical=sterility]\n"
        "::doors::Which? {=a ~b#No. ####Because.}"
    )
    item = only(read("a.gift", text))
    assert (item.verdict, item.reason) == ("imported", "")
    assert item.table is not None
    assert [item.table[key] for key in ("id", "outcome", "lesson", "critical")] == [
        "doors",
        "LO2",
        "10-air",
        "sterility",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x {=a ~b", "not closed"),
        ("x =a ~b}", "not closed"),
        ("x {#abc}", "no number"),
        ("x {#5..1}", "no number"),
        ("x {#=1 =2}", "one"),
        ("x {=%50%a}", "all points"),
        ("{=a ~b}", "no text before"),
        ("x {=a -> b =c}", "form"),
        ("x {y =a ~b}", "none"),
        ("x {=a ~a}", "two options read"),
        ("x {=a -> b =c -> " + "d" * 130 + "}", "target"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(text: str, reason: str) -> None:
    item = only(read("a.gift", text))
    assert (item.verdict, item.line) == ("refused", 1)
    assert reason in item.reason


def test_two_questions_of_one_name_get_two_ids() -> None:
    report = read("a.gift", "::A::x {=a ~b}\n\n::A::y {=a ~b}")
    assert [one["id"] for one in report.taken] == ["a", "a-2"]
