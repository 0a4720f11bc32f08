"""Claims about the rules of exams: what is drawn from where, what passes, which code is right."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules import Scored, outcome
from lms.errors import RuleBroken
from lms.examination import rules
from lms.examination.rules import Passed, Source

RULE = {"knowledge": "0.75", "each_outcome": "0.60", "critical": True}
EXAM = {
    "items": 10, "overall": "0.75", "each_domain": "0.60", "critical_all_right": True,
    "domain": [{"title": "One", "modules": ["FND101"]},
               {"title": "Two", "modules": ["FND103-L1"], "elective": True}],
}  # fmt: skip
PROGRAMME = {"id": "X02", "title": "X", "version": "1.0.0", "exam": EXAM}


def _scored(rows: str, critical: str = "") -> list[Scored]:
    """Return items of one point: a letter is a domain, capital: right; `critical` by place."""
    return [
        Scored(str(n), row.lower(), Fraction(1), Fraction(row.isupper()), "x" if n in where else "")
        for where in [{int(one) for one in critical}]
        for n, row in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "critical", "passed"),
    [
        ("AAAABBBB", "", True),
        ("AAAaBBBb", "", True),  # three quarters overall and in each
        ("AAAABBbb", "", False),  # overall 75 %, a domain at half
        ("AAAAABBBbb", "", True),  # 80 %, the second domain just at 60 %
        ("AAAaBBbbBB", "", False),  # 70 %
        ("AAAaBBBB", "3", False),  # a critical one is wrong
        ("AAAaBBBB", "0", True),
        ("", "", False),
    ],
)
def test_a_pass_takes_the_whole_each_domain_and_every_critical_question(
    rows: str, critical: str, passed: bool
) -> None:
    assert outcome(_scored(rows, critical), [], RULE).passed is passed


def test_critical_questions_decide_nothing_where_the_programme_says_so() -> None:
    assert outcome(_scored("AAAaBBBB", "3"), [], RULE | {"critical": False}).passed


@given(st.text("AaBbCc", min_size=1, max_size=40))
def test_passing_is_what_the_shares_say(rows: str) -> None:
    found = outcome(_scored(rows), [], RULE)
    right = sum(one.isupper() for one in rows)
    shares = {d: Fraction(rows.count(d.upper()), rows.lower().count(d)) for d in set(rows.lower())}
    assert found.passed == (
        Fraction(right, len(rows)) >= Fraction("0.75")
        and all(share >= Fraction("0.60") for share in shares.values())
    )


@given(st.text("AaBb", min_size=1, max_size=30), st.integers(0, 29))
def test_one_more_right_answer_never_costs_a_pass(rows: str, place: int) -> None:
    better = rows[: place % len(rows)] + rows[place % len(rows)].upper()
    better += rows[place % len(rows) + 1 :]
    before, after = (outcome(_scored(one), [], RULE).passed for one in (rows, better))
    assert after or not before


def _source(code: str, hours: int, *named: str, **questions: int) -> Source:
    return Source(code, f"id-{code}", "1.0.0", code, hours, questions, named)


def test_questions_go_by_hours_and_within_a_module_over_its_outcomes() -> None:
    made = rules.manifest(
        PROGRAMME,
        [_source("FND101", 8, LO1=20, LO2=10), _source("FND103-L1", 1, "a", "b", LO1=2),
         _source("UPS201", 7, LO1=9)],
        ["UPS201"],
    )  # fmt: skip
    parts = made["paper"]["parts"]
    assert [sum(line["count"] for line in part["draw"]) for part in parts] == [5, 1, 4]
    assert [part["domain"] for part in parts] == ["1", "2", "2"]
    assert parts[0]["draw"] == [
        {"count": 3, "outcomes": ["LO1"]},
        {"count": 2, "outcomes": ["LO2"]},
    ]
    assert parts[1]["draw"] == [{"count": 1, "questions": ["a", "b"]}]
    assert made["paper"]["minutes"] == 20
    assert made["pass"]["each_outcome"] == "0.60"


@given(
    st.lists(st.tuples(st.integers(1, 40), st.lists(st.integers(1, 30), min_size=1)), min_size=1,
             max_size=8),
    st.integers(8, 60),
)  # fmt: skip
def test_every_question_of_an_exam_has_a_line_and_no_line_more_than_there_is(
    modules: list[tuple[int, list[int]]], items: int
) -> None:
    sources = [
        _source(f"M{n}", hours, **{f"LO{k}": count for k, count in enumerate(questions)})
        for n, (hours, questions) in enumerate(modules)
    ]
    exam = EXAM | {
        "items": items,
        "domain": [{"title": "All", "modules": [s.code for s in sources]}],
    }
    try:
        made = rules.manifest(PROGRAMME | {"exam": exam}, sources, [])
    except RuleBroken:
        return
    lines = [line for part in made["paper"]["parts"] for line in part["draw"]]
    assert sum(line["count"] for line in lines) == items
    for source, part in zip(sources, made["paper"]["parts"], strict=True):
        for line in part["draw"]:
            there = [source.questions[name] for name in line.get("outcomes", source.questions)]
            assert 0 < line["count"] <= sum(there)


def test_too_few_questions_are_said_with_their_module() -> None:
    with pytest.raises(RuleBroken, match="too few questions"):
        rules.manifest(PROGRAMME, [_source("FND101", 8, LO1=3), _source("FND103-L1", 1, LO1=9)], [])


def test_two_lessons_of_a_module_stand_in_one_part() -> None:
    one, two = (
        Source(code, "same", "1.0.0", "T", 1, {"LO1": 9}, ("a",)) for code in ("A-L1", "A-L2")
    )
    exam = EXAM | {"domain": [{"title": "All", "modules": ["A-L1", "A-L2"]}]}
    parts = rules.manifest(PROGRAMME | {"exam": exam}, [one, two], [])["paper"]["parts"]
    assert [len(part["draw"]) for part in parts] == [2]


@pytest.mark.parametrize(
    ("typed", "right"),
    [("ABC347", True), ("abc 347", True), ("ABC-347", True), ("ABC34", False), ("", False)],
)
def test_a_room_code_may_be_typed_small_and_apart(typed: str, right: bool) -> None:
    assert rules.same_code(typed, "ABC347") is right


def test_a_sitting_takes_in_until_it_is_signed_or_half_a_day_is_over() -> None:
    now = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert rules.takes_in(now, signed=False, now=now + timedelta(hours=12))
    assert not rules.takes_in(now, signed=True, now=now)
    assert not rules.takes_in(now, signed=False, now=now + timedelta(hours=12, seconds=1))


@pytest.mark.parametrize(
    ("practice", "is_open", "counts"),
    [([], True, False), ([True], True, False), ([True], False, True), ([True, False], True, True)],
)
def test_practice_counts_while_a_programme_only_practises(
    practice: list[bool], is_open: bool, counts: bool
) -> None:
    assert rules.counts([Passed(one) for one in practice], is_open=is_open) is counts
