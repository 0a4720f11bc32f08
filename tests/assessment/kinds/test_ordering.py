"""Ordering: golden scores, partial orders, drawn orders that never stand right already."""

from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.ordering import Ordering
from lms.curriculum.kind import BLANK, ParsedQuestion, QuestionRefused

IDS = "ABCDE"
KIND = Ordering()


def table(steps: str = IDS, **more: Any) -> dict[str, Any]:
    return {
        "id": "gowning",
        "kind": "ordering",
        "outcome": "LO1",
        "lesson": "10-gowning",
        "prompt": "In which order?",
        "why": "Because.",
        "step": [{"id": one, "text": f"Step {one}", "why": f"Why {one}"} for one in steps],
    } | more


def ordering(steps: str = IDS, **more: Any) -> ParsedQuestion:
    return KIND.parse(table(steps, **more))


def fields(order: str) -> dict[str, list[str]]:
    return {f"place-{step}": [str(place)] for place, step in enumerate(order, 1) if step != " "}


def scored(question: ParsedQuestion, form: dict[str, list[str]], seed: int = 1) -> Fraction:
    variant = KIND.draw(question.shown, question.key, Random(seed))
    score = KIND.score(question.shown, question.key, variant, KIND.read(form), "en")
    assert sum((part for _, part in score.parts), Fraction(0)) == score.fraction
    assert score.trace
    return score.fraction


@pytest.mark.parametrize(
    ("order", "precedence", "exact"),
    [
        # Five steps have ten pairs; p right of ten give max(0, 2p − 1).
        ("ABCDE", "1", "1"),
        ("BACDE", "4/5", "0"),
        ("BADCE", "3/5", "0"),
        ("BCDEA", "1/5", "0"),
        ("EABCD", "1/5", "0"),
        ("CBAED", "1/5", "0"),
        ("EDCBA", "0", "0"),
        ("AB   ", "0", "0"),  # one pair of ten
        ("ABCD ", "1/5", "0"),  # six pairs of ten, E has no place
        ("", "0", "0"),
    ],
)
def test_ordering_scores_pairs_in_the_right_order_above_chance(
    order: str, precedence: str, exact: str
) -> None:
    assert str(scored(ordering(), fields(order))) == precedence
    assert str(scored(ordering(scoring="exact"), fields(order))) == exact


def test_two_steps_on_one_place_are_in_no_order() -> None:
    form = fields("ABCDE") | {"place-B": ["1"]}
    assert scored(ordering(), form) == Fraction(4, 5)
    assert scored(ordering(scoring="exact"), form) == 0


@pytest.mark.parametrize(
    ("order", "precedence", "exact"),
    [
        # B and C are free: nine pairs matter.
        ("ABCDE", "1", "1"),
        ("ACBDE", "1", "1"),
        ("ACBED", "7/9", "0"),
        ("CABDE", "7/9", "0"),
        ("EDBCA", "0", "0"),
    ],
)
def test_free_steps_may_stand_either_way(order: str, precedence: str, exact: str) -> None:
    free = [["B", "C"]]
    assert str(scored(ordering(free=free), fields(order))) == precedence
    assert str(scored(ordering(free=free, scoring="exact"), fields(order))) == exact


def test_exact_order_needs_a_place_for_a_step_that_is_free_of_all_others() -> None:
    free = [["D", one] for one in "ABCE"]
    question = ordering(free=free, scoring="exact")
    assert scored(question, fields("DABCE")) == 1
    assert scored(question, fields("ABC E")) == 0


forms = st.dictionaries(
    st.sampled_from([f"place-{one}" for one in [*IDS, "x"]] + ["other"]),
    st.sampled_from([[str(place)] for place in range(12)] + [[""], ["-1"], ["two"], []]),
)


@given(st.sampled_from(["precedence", "longest", "exact"]), forms, st.integers(), st.integers())
def test_no_order_of_the_page_changes_a_score_and_it_stays_in_bounds(
    scoring: str, form: dict[str, list[str]], one: int, other: int
) -> None:
    question = ordering(scoring=scoring)
    backwards = dict(reversed(form.items()))
    assert KIND.read(form) == KIND.read(backwards)
    assert scored(question, form, one) == scored(question, backwards, other)
    assert 0 <= scored(question, form, one) <= 1


@given(st.sampled_from(["precedence", "longest"]), st.permutations(IDS), st.integers(0, 3))
def test_mending_a_neighbouring_pair_never_lowers_a_score(
    scoring: str, order: list[str], at: int
) -> None:
    mended = [*order]
    mended[at : at + 2] = sorted(mended[at : at + 2])
    question = ordering(scoring=scoring)
    before = scored(question, fields("".join(order)))
    assert scored(question, fields("".join(mended))) >= before


@pytest.mark.parametrize("free", [[], [["A", "B"]], [["A", "B"], ["A", "C"], ["B", "C"]]])
def test_a_drawn_order_never_stands_right_already_and_every_other_may(
    free: list[list[str]],
) -> None:
    question = ordering("ABC" if len(free) < 3 else "ABCD", free=free, scoring="exact")
    count = len(question.key["order"])
    drawn = set()
    for seed in range(400):
        order = "".join(KIND.draw(question.shown, question.key, Random(seed))["order"])
        assert scored(question, fields(order)) == 0
        drawn.add(order)
    wrong = [
        "".join(order)
        for order in permutations(IDS[:count])
        if not scored(question, fields("".join(order)))
    ]
    assert drawn == set(wrong)


def test_nothing_chosen_is_blank() -> None:
    assert KIND.read({f"place-{one}": [""] for one in IDS}) is None
    assert KIND.read({"place-A": ["11"], "place-B": ["0"], "place-C": ["²"]}) is None
    question = ordering()
    assert KIND.score(question.shown, question.key, {}, None, "en") is BLANK


def test_half_an_answer_is_kept_as_it_was_given() -> None:
    form = {"place-A": ["3"], "place-B": ["1"], "place-C": ["3"], "place-D": [""]}
    assert KIND.read(form) == {"places": [["B"], [], ["A", "C"]]}


def test_what_is_shown_holds_nothing_of_the_key() -> None:
    one, other = ordering("ABCDE"), ordering("EDCBA")
    assert one.shown == other.shown
    page = KIND.present(one.shown, {"order": list("BADCE")})
    assert [step["id"] for step in page["steps"]] == list("BADCE")
    assert "Why" not in str(page) + str(one.shown)
    assert "Because" not in str(page) + str(one.shown)


def test_after_release_each_step_says_its_places_and_why() -> None:
    question = ordering("ABC", free=[["B", "C"]])
    told = KIND.explain(
        question.shown, question.key, {}, {"places": [["B"], ["A"], ["C"]]}, block=str.upper
    )
    assert told["why"] == "BECAUSE."
    rows = [(one["id"], one["given"], one["first"], one["last"]) for one in told["steps"]]
    assert rows == [("A", 2, 1, 1), ("B", 1, 2, 3), ("C", 3, 2, 3)]
    assert [one["correct"] for one in told["steps"]] == [False, False, True]
    assert told["steps"][0]["why"] == "Why A"
    blank = KIND.explain(question.shown, question.key, {}, None)
    assert [one["given"] for one in blank["steps"]] == [0, 0, 0]
    assert not any(one["correct"] for one in blank["steps"])


def keys(broken: dict[str, Any]) -> set[str]:
    with pytest.raises(QuestionRefused) as refusal:
        KIND.parse(broken)
    assert all(problem.text() for problem in refusal.value.problems)
    return {problem.key for problem in refusal.value.problems}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (table("AB"), {"step"}),
        (table("AAB"), {"step"}),
        (table("ABCDEFGHIJK"), {"step"}),
        (table(step=7), {"step"}),
        (table(step=[{"id": one, "text": one} for one in "ABC"]),
         {f"step[{place}].why" for place in range(3)}),
        (table(free=[["A", "X"]]), {"free[0]"}),
        (table(free=[["A", "A"]]), {"free[0]"}),
        (table(free=[["A"]]), {"free[0]"}),
        (table(free="AB"), {"free"}),
        (table("ABC", free=[["A", "B"], ["A", "C"], ["B", "C"]]), {"free"}),
        (table(free=[["A", "C"]]), {"free"}),  # B comes between them
        (table(scoring="net"), {"scoring"}),
        (table(critical="safety"), {"scoring"}),
    ],
)  # fmt: skip
def test_table_that_makes_no_order_is_refused(change: dict[str, Any], found: set[str]) -> None:
    assert keys(change) == found


def test_critical_ordering_is_all_or_nothing() -> None:
    assert ordering(critical="safety", scoring="exact").key["scoring"] == "exact"
