"""Matching: golden scores, what is refused, and that no order of the page changes a score."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.matching import Matching
from lms.curriculum.kind import BLANK, ParsedQuestion, QuestionRefused

# Rooms to grades: one grade serves two rooms, one serves none.
PAIRS = {"filling": "a", "loading": "a", "background": "b", "weighing": "d"}
TARGETS = "abcd"
KIND = Matching()


def table(**more: Any) -> dict[str, Any]:
    return {
        "id": "grades",
        "kind": "matching",
        "outcome": "LO1",
        "lesson": "10-grades",
        "prompt": "Which grade?",
        "why": "Because.",
        "target": [{"id": one, "text": f"Grade {one.upper()}"} for one in TARGETS],
        "stem": [
            {"id": stem, "text": f"Room of {stem}", "target": target, "why": f"Why {stem}"}
            for stem, target in PAIRS.items()
        ],
    } | more


def matching(scoring: str = "pairs") -> ParsedQuestion:
    return KIND.parse(table(scoring=scoring))


def scored(question: ParsedQuestion, pairs: dict[str, str], seed: int = 1) -> Fraction:
    variant = KIND.draw(question.shown, question.key, Random(seed))
    payload = KIND.read({f"stem-{stem}": [target] for stem, target in pairs.items()})
    score = KIND.score(question.shown, question.key, variant, payload, "en")
    assert sum((part for _, part in score.parts), Fraction(0)) == score.fraction
    assert score.trace
    return score.fraction


@pytest.mark.parametrize(
    ("given_pairs", "pairs", "exact"),
    [
        (PAIRS, "1", "1"),
        (PAIRS | {"weighing": "c"}, "3/4", "0"),
        ({"filling": "a", "loading": "a"}, "1/2", "0"),
        (dict.fromkeys(PAIRS, "a"), "1/2", "0"),
        (dict.fromkeys(PAIRS, "c"), "0", "0"),
        (PAIRS | {"weighing": "none-such", "no-stem": "a"}, "3/4", "0"),
        ({}, "0", "0"),
    ],
)
def test_matching_scores_right_pairs_of_all_stems(
    given_pairs: dict[str, str], pairs: str, exact: str
) -> None:
    assert str(scored(matching(), given_pairs)) == pairs
    assert str(scored(matching("exact"), given_pairs)) == exact


answers = st.dictionaries(st.sampled_from([*PAIRS, "other"]), st.sampled_from([*TARGETS, "", "x"]))


@given(st.sampled_from(["pairs", "exact"]), answers, st.integers(), st.integers())
def test_no_order_of_the_page_changes_a_score_and_it_stays_in_bounds(
    scoring: str, pairs: dict[str, str], one: int, other: int
) -> None:
    question = matching(scoring)
    backwards = dict(reversed(pairs.items()))
    assert scored(question, pairs, one) == scored(question, backwards, other)
    assert 0 <= scored(question, pairs, one) <= 1


@given(answers, st.sampled_from(list(PAIRS)))
def test_one_more_right_pair_never_lowers_a_score(pairs: dict[str, str], stem: str) -> None:
    before = scored(matching(), pairs)
    assert scored(matching(), pairs | {stem: PAIRS[stem]}) >= before


def test_nothing_chosen_is_blank() -> None:
    assert KIND.read({f"stem-{stem}": [""] for stem in PAIRS}) is None
    assert KIND.read({}) is None
    question = matching()
    assert KIND.score(question.shown, question.key, {}, None, "en") is BLANK


def test_answers_are_kept_by_id_wherever_they_stood() -> None:
    read = KIND.read({"stem-loading": ["a"], "stem-filling": [""], "other": ["b"]})
    assert read == {"pairs": {"loading": "a"}}


@given(st.integers())
def test_every_draw_keeps_all_stems_and_targets(seed: int) -> None:
    question = matching()
    variant = KIND.draw(question.shown, question.key, Random(seed))
    assert sorted(variant["stems"]) == sorted(PAIRS)
    assert sorted(variant["targets"]) == sorted(TARGETS)
    shown = KIND.present(question.shown, variant)
    assert [one["id"] for one in shown["stems"]] == variant["stems"]
    assert [one["id"] for one in shown["targets"]] == variant["targets"]


def test_stems_and_targets_are_drawn_apart() -> None:
    question = matching()
    drawn = [KIND.draw(question.shown, question.key, Random(seed)) for seed in range(40)]
    assert len({tuple(one["stems"]) for one in drawn}) > 5
    assert len({tuple(one["targets"]) for one in drawn}) > 5


def test_nothing_of_the_key_is_shown() -> None:
    question = matching()
    variant = KIND.draw(question.shown, question.key, Random(1))
    page = KIND.present(question.shown, variant)
    assert page.keys() == {"prompt", "stems", "targets"}
    for word in ("Why", "Because", "target': "):
        assert word not in str(page)
        assert word not in str(question.shown)


def test_after_release_each_stem_says_what_was_given_what_is_right_and_why() -> None:
    question = matching()
    variant = {"stems": ["weighing", "filling"], "targets": list(TARGETS)}
    told = KIND.explain(
        question.shown, question.key, variant, {"pairs": {"weighing": "c"}}, block=str.upper
    )
    assert told["why"] == "BECAUSE."
    assert told["pairs"] == [
        {"id": "weighing", "text": "Room of weighing", "given": "Grade C", "right": "Grade D",
         "correct": False, "why": "Why weighing"},
        {"id": "filling", "text": "Room of filling", "given": "", "right": "Grade A",
         "correct": False, "why": "Why filling"},
    ]  # fmt: skip


def keys(broken: dict[str, Any]) -> set[str]:
    with pytest.raises(QuestionRefused) as refusal:
        KIND.parse(broken)
    assert all(problem.text() for problem in refusal.value.problems)
    return {problem.key for problem in refusal.value.problems}


STEM = {"id": "s", "text": "S", "target": "a", "why": "W"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"stem": [STEM]}, {"stem"}),
        ({"stem": "none"}, {"stem"}),
        ({"stem": [STEM, STEM | {"text": "T"}]}, {"stem"}),
        ({"stem": [STEM, STEM | {"id": "t"}]}, {"stem"}),
        ({"stem": [STEM, STEM | {"id": "t", "text": "T", "target": "e"}]}, {"stem[1].target"}),
        ({"stem": [STEM, {"id": "t", "text": "T", "target": "a"}]}, {"stem[1].why"}),
        ({"target": [{"id": "a", "text": "A"}]},
         {"target", *(f"stem[{place}].target" for place in (2, 3))}),
        ({"target": [{"id": one, "text": "Same"} for one in TARGETS]}, {"target"}),
        ({"target": [{"id": one, "text": f"${one}$"} for one in TARGETS]},
         {f"target[{place}].text" for place in range(4)}),
        ({"target": [{"id": one, "text": one * 121} for one in TARGETS]},
         {f"target[{place}].text" for place in range(4)}),
        ({"scoring": "net"}, {"scoring"}),
        ({"critical": "sterility"}, {"scoring"}),
        ({"critical": "sterility", "scoring": "pairs"}, {"scoring"}),
    ],
)  # fmt: skip
def test_table_that_cannot_be_scored_is_refused(change: dict[str, Any], found: set[str]) -> None:
    assert keys(table(**change)) == found


def test_critical_matching_is_all_or_nothing() -> None:
    assert KIND.parse(table(critical="sterility", scoring="exact")).key["scoring"] == "exact"
