"""Single choice and multiple response: golden scores, and that the order of options is nothing."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.multiple import Multiple
from lms.assessment.kinds.single import Single
from lms.curriculum.kind import ParsedQuestion, QuestionRefused, own_fields

IDS = "ABCDEF"


def table(kind: str, correct: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "a-question",
        "kind": kind,
        "outcome": "LO1",
        "lesson": "10-units",
        "prompt": "Which?",
        "why": "Because.",
        "option": [
            {"id": one, "text": f"Option {one}", "correct": one in correct, "why": f"Why {one}"}
            for one in IDS
        ],
    } | more


def multiple(scoring: str, correct: str = "ABD") -> ParsedQuestion:
    return Multiple().parse(table("multiple", correct, scoring=scoring))


def scored(question: ParsedQuestion, chosen: str, order: list[str] | None = None) -> Fraction:
    payload = {"choices": list(chosen)} if chosen else None
    variant = {"order": order or list(IDS)}
    score = Multiple().score(question.shown, question.key, variant, payload, "en")
    assert sum((part for _, part in score.parts), Fraction(0)) == score.fraction
    assert score.trace
    return score.fraction


@pytest.mark.parametrize(
    ("scoring", "fractions"),
    [
        # Options A–F, key A B D; the table of the assessment reference.
        ("exact", {"ABD": "1", "AB": "0", "ABC": "0", "AC": "0", "ABCDEF": "0", "": "0"}),
        ("net", {"ABD": "1", "AB": "2/3", "ABC": "1/3", "AC": "0", "ABCDEF": "0", "": "0"}),
    ],
)
def test_multiple_response_scores_as_the_table_says(
    scoring: str, fractions: dict[str, str]
) -> None:
    question = multiple(scoring)
    assert {chosen: str(scored(question, chosen)) for chosen in fractions} == fractions


def test_wrong_options_alone_never_score_below_zero() -> None:
    assert scored(multiple("net"), "CEF") == 0


@given(st.sets(st.sampled_from(IDS), min_size=1), st.sets(st.sampled_from(IDS)))
def test_a_wrong_option_more_never_raises_a_net_score(right: set[str], chosen: set[str]) -> None:
    question = multiple("net", "".join(right))
    before = scored(question, "".join(sorted(chosen)))
    for wrong in set(IDS) - right - chosen:
        assert scored(question, "".join(sorted(chosen | {wrong}))) <= before


@given(
    st.sampled_from(["net", "exact"]),
    st.lists(st.sampled_from(IDS), max_size=8),
    st.permutations(IDS),
)
def test_shuffling_options_or_answers_never_changes_a_score(
    scoring: str, chosen: list[str], order: list[str]
) -> None:
    question = multiple(scoring)
    assert scored(question, "".join(chosen), order) == scored(question, "".join(sorted(chosen)))


@given(st.integers())
def test_every_draw_keeps_all_options_and_pinned_ones_last(seed: int) -> None:
    options = table("single", "A")["option"]
    options[1]["pinned"] = options[4]["pinned"] = True
    question = Single().parse(table("single", "A", option=options))
    order = Single().draw(question.shown, question.key, Random(seed))["order"]
    assert sorted(order) == list(IDS)
    assert order[-2:] == ["B", "E"]


@pytest.mark.parametrize(
    ("payload", "fraction"),
    [({"choice": "B"}, 1), ({"choice": "A"}, 0), ({"choice": "nothing"}, 0), (None, 0)],
)
def test_single_choice_is_right_or_not(payload: dict[str, str] | None, fraction: int) -> None:
    question = Single().parse(table("single", "B"))
    score = Single().score(question.shown, question.key, {"order": list(IDS)}, payload, "en")
    assert score.fraction == fraction
    assert score.trace


def test_nothing_of_the_key_is_shown() -> None:
    for kind, correct in ((Single(), "B"), (Multiple(), "AB")):
        question = kind.parse(table(kind.name, correct))
        shown = kind.present(question.shown, {"order": list("FEDCBA")})
        assert [option["id"] for option in shown["options"]] == list("FEDCBA")
        assert "Why" not in str(shown) + str(question.shown)
        assert "correct" not in str(shown) + str(question.shown)
        assert "Because" not in str(shown) + str(question.shown)


def test_after_release_each_option_says_why() -> None:
    question = multiple("net")
    told = Multiple().explain(
        question.shown, question.key, {"order": list("BA")}, {"choices": ["A"]}, block=str.upper
    )
    assert told["why"] == "BECAUSE."
    assert told["options"] == [
        {"id": "B", "text": "Option B", "correct": True, "chosen": False, "why": "Why B"},
        {"id": "A", "text": "Option A", "correct": True, "chosen": True, "why": "Why A"},
    ]


def test_only_the_items_own_fields_are_read_and_none_is_blank() -> None:
    form = {"item-x1-choice": ["B"], "item-x1-choices": ["A", "C"], "item-x2-choice": ["A"]}
    own = own_fields(form, "x1")
    assert Single().read(own) == {"choice": "B"}
    assert Multiple().read(own) == {"choices": ["A", "C"]}
    assert Single().read(own_fields(form, "x3")) is None
    assert Multiple().read({"choices": [""]}) is None


def keys(kind: Single | Multiple, broken: dict[str, Any]) -> set[str]:
    with pytest.raises(QuestionRefused) as refusal:
        kind.parse(broken)
    assert all(problem.text() for problem in refusal.value.problems)
    return {problem.key for problem in refusal.value.problems}


def test_every_mistake_of_a_table_is_named_at_once() -> None:
    broken = table("single", "AB", points=0, critical="maybe", colour="red")
    broken["option"][2] = {"id": "A", "text": "Option A", "pined": True}
    del broken["prompt"]
    assert keys(Single(), broken) == {
        "prompt", "points", "critical", "colour", "option[2].pined", "option[2].why", "option",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "change", "key"),
    [
        (Single(), {"option": []}, "option"),
        (Single(), {"option": "A"}, "option"),
        (Single(), {"option": [1, 2]}, "option[0]"),
        (Single(), table("single", ""), "option"),
        (Multiple(), table("multiple", ""), "option"),
        (Multiple(), {"critical": "safety"}, "scoring"),
        (Multiple(), {"critical": "safety", "scoring": "net"}, "scoring"),
        (Multiple(), {"scoring": "each"}, "scoring"),
    ],
)
def test_table_that_cannot_be_scored_is_refused(
    kind: Single | Multiple, change: dict[str, Any], key: str
) -> None:
    assert key in keys(kind, table(kind.name, "A") | change)


def test_critical_multiple_response_is_all_or_nothing() -> None:
    critical = table("multiple", "AB", critical="sterility", scoring="exact")
    assert Multiple().parse(critical).key["scoring"] == "exact"


@pytest.mark.parametrize(
    ("kind", "weights", "more", "key"),
    [
        (Single(), {"B": "0.5"}, {"critical": "safety"}, "option[1].weight"),
        (Single(), {"A": "0.5"}, {}, "option[0].weight"),
        (Single(), {"B": "1"}, {}, "option[1].weight"),
        (Single(), {"B": "-0.5"}, {}, "option[1].weight"),
        (Single(), {"B": "half"}, {}, "option[1].weight"),
        (Multiple(), {"A": "1"}, {}, "option[0].weight"),
        (Multiple(), {}, {"scoring": "weighted"}, "option[0].weight"),
        (Multiple(), {"A": "0.5"}, {"scoring": "weighted"}, "option"),
        (Multiple(), {"A": "1", "B": "0.5"}, {"scoring": "weighted"}, "option[1].weight"),
        (Multiple(), {"A": "1"}, {"scoring": "weighted", "critical": "safety"}, "scoring"),
        (Multiple(), {}, {"scoring": "coverage", "critical": "safety"}, "scoring"),
        (Multiple(), {}, {"scoring": "each-decision"}, "scoring"),
    ],
)
def test_weight_that_means_nothing_or_too_much_is_refused(
    kind: Single | Multiple, weights: dict[str, str], more: dict[str, Any], key: str
) -> None:
    broken = table(kind.name, "A", **more)
    for option in broken["option"]:
        option |= {"weight": weights[option["id"]]} if option["id"] in weights else {}
    assert key in keys(kind, broken)


def test_key_without_weights_is_stored_as_it_always_was() -> None:
    assert set(Single().parse(table("single", "B")).key) == {"why", "correct", "whys"}
    assert set(multiple("net").key) == {"why", "correct", "whys", "scoring"}


def test_part_of_the_points_is_told() -> None:
    options = table("single", "B")["option"]
    options[2]["weight"] = "0.5"
    made = Single().parse(table("single", "B", option=options))
    score = Single().score(made.shown, made.key, {"order": list(IDS)}, {"choice": "C"}, "en")
    assert [message % params for message, params in score.trace] == [
        "“Option C” is not right.",
        "It earns 1/2 of the points.",
    ]
