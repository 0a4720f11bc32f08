"""The table of a numeric question: every mistake in it is named, all of them at once."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.numeric import Numeric
from lms.curriculum.kind import QuestionRefused

GOOD: dict[str, Any] = {
    "id": "dilution-volume",
    "kind": "numeric",
    "outcome": "LO2",
    "lesson": "10-units",
    "prompt": "{organism}: {v2} mL of {c2} with $\\frac{a}{b}$",
    "why": "{answer} mL, {ratio}",
    "parameters": {
        "organism": {"choices": ["E. coli", "CHO cells"], "text": True},
        "c2": {"choices": ["1", "2e6"]},
        "v2": {"min": "100", "max": "2000", "decimals": 0},
    },
    "derived": {"ratio": "c2 / 1000"},
    "key": {"formula": "ratio * v2", "unit": "mL", "units": ["mL", "L"], "relative": "0.02"},
    "mistake": [{"formula": "answer * 2", "why": "Twice {answer}."}],
}


def problems(table: dict[str, Any]) -> set[str]:
    found = []
    try:
        Numeric().parse(table)
    except QuestionRefused as refusal:
        found = refusal.problems
    assert all(problem.text() for problem in found)
    return {problem.key for problem in found}


def test_good_table_has_no_problem() -> None:
    assert problems(GOOD) == set()


def put(table: dict[str, Any], *path: Any, value: Any) -> None:
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] = value


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("colour",), "red", "colour"),
        (("parameters", "v2", "maks"), "1", "parameters.v2.maks"),
        (("parameters", "v2", "max"), "100", "parameters.v2.max"),
        (("parameters", "v2", "max"), 2000, "parameters.v2.max"),
        (("parameters", "v2", "min"), "a lot", "parameters.v2.min"),
        (("parameters", "v2", "significant"), 3, "parameters.v2"),
        (("parameters", "v2", "choices"), ["1"], "parameters.v2"),
        (("parameters", "v2"), {"min": "1", "decimals": 0}, "parameters.v2"),
        (("parameters", "v2"), {}, "parameters.v2"),
        (("parameters", "v2", "distribution"), "normal", "parameters.v2.distribution"),
        (
            ("parameters", "v2"),
            {"min": "0", "max": "9", "decimals": 1, "distribution": "log"},
            "parameters.v2.min",
        ),
        (("parameters", "c2", "choices"), ["1", "E. coli"], "parameters.c2.choices"),
        (("parameters", "ln"), {"choices": ["1"]}, "parameters.ln"),
        (("parameters", "answer"), {"choices": ["1"]}, "parameters.answer"),
        (("parameters", "2x"), {"choices": ["1"]}, "parameters.2x"),
        (("parameters", "unused"), {"choices": ["1"]}, "parameters.unused"),
        (("derived", "c2"), "1", "derived.c2"),
        (("derived", "ratio"), "c2 / (1000", "derived.ratio"),
        (("derived", "ratio"), "organism * 2", "derived.ratio"),
        (("derived", "ratio"), "c3 / 1000", "derived.ratio"),
        (("derived", "ratio"), "answer", "derived.ratio"),
        (("key", "formula"), "ratio ** v2", "key.formula"),
        (("key", "formula"), "rato * v2", "key.formula"),
        (("key", "unit"), "ml", "key.unit"),
        (("key", "units"), ["mL", "ML"], "key.units"),
        (("key", "units"), ["L", "µL"], "key.units"),
        (("key", "units"), ["mL", "L", "L"], "key.units"),
        (("key", "relative"), 0.02, "key.relative"),
        (("key", "relative"), "-0.02", "key.relative"),
        (("key", "min"), "1e1000", "key.min"),
        (("key", "weights"), {"value": "0.5"}, "key.weights"),
        (("key", "weights"), {"value": "0.5", "figures": "0.5"}, "key.figures"),
        (("key", "tier"), [{"relative": "0.05"}], "key.tier[0].weight"),
        (("key", "tier"), [{"weight": "0.5"}], "key.tier[0]"),
        (("key", "tier"), [{"relative": "0.02", "weight": "0.5"}], "key.tier[0]"),
        (("key", "tier"), [{"relative": "0.05", "weight": "1"}], "key.tier[0].weight"),
        (("key", "tier"), [{"relative": "0.05", "weight": "0"}], "key.tier[0].weight"),
        (
            ("key", "tier"),
            [{"relative": "0.2", "weight": "0.5"}, {"relative": "0.1", "weight": "0.2"}],
            "key.tier[1]",
        ),
        (("mistake", 0, "formula"), "answer +", "mistake[0].formula"),
        (("mistake", 0, "why"), "{nothing}", "mistake[0].why"),
        (("prompt",), "{v3} {v2} {c2} {organism}", "prompt"),
        (("prompt",), "{answer} {v2} {c2} {organism}", "prompt"),
        (("why",), "{v4}", "why"),
        (("lesson",), "No such slug", "lesson"),
    ],
)
def test_mistake_is_named_at_its_key(path: tuple[Any, ...], value: Any, key: str) -> None:
    table = deepcopy(GOOD)
    put(table, *path, value=value)
    assert key in problems(table)


def test_all_mistakes_are_named_at_once() -> None:
    table = deepcopy(GOOD)
    for path, value in [
        (("colour",), "red"),
        (("points",), "one"),
        (("parameters", "v2", "max"), "100"),
        (("derived", "ratio"), "c3 / 1000"),
        (("key", "formula"), "ratio *"),
        (("key", "units"), ["mL", "ML"]),
        (("mistake", 0, "why"), "{nothing}"),
    ]:
        put(table, *path, value=value)
    assert problems(table) == {
        "colour", "points", "parameters.v2.max", "derived.ratio", "key.formula", "key.units",
        "mistake[0].why",
    }  # fmt: skip


def test_unknown_name_is_answered_with_the_nearest_one() -> None:
    table = deepcopy(GOOD)
    put(table, "key", "formula", value="rato * v2")
    with pytest.raises(QuestionRefused, match="did you mean “ratio”"):
        Numeric().parse(table)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
places: list[Callable[[dict[str, Any], Any], None]] = [
    lambda table, value, key=key: table.__setitem__(key, value)  # type: ignore[misc]
    for key in GOOD
] + [
    lambda table, value, name=name, key=key: table[name].__setitem__(key, value)  # type: ignore[misc]
    for name in ("parameters", "derived", "key")
    for key in GOOD[name]
]


@given(st.sampled_from(places), junk)
def test_junk_anywhere_is_refused_and_never_raises_anything_else(
    place: Callable[[dict[str, Any], Any], None], value: Any
) -> None:
    table = deepcopy(GOOD)
    place(table, value)
    problems(table)
