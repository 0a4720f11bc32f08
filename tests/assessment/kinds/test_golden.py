"""The golden tables of docs/question-kinds.md are what the kinds do."""

import re
from pathlib import Path
from typing import Any

import pytest

from lms.assessment.kinds.cloze import Cloze
from lms.assessment.kinds.hotspot import Hotspot
from lms.assessment.kinds.matching import Matching
from lms.assessment.kinds.multiple import Multiple
from lms.assessment.kinds.numeric import Numeric
from lms.assessment.kinds.ordering import Ordering
from lms.assessment.kinds.short import Short
from lms.assessment.kinds.single import Single
from lms.assessment.kinds.worksheet import Worksheet
from lms.curriculum.kind import LeftToPerson, QuestionKind
from lms.plugins import plugins

DOC = Path(__file__).parents[3] / "docs/question-kinds.md"
COMMON = {"id": "q", "outcome": "LO1", "lesson": "l", "prompt": "Which?", "why": "So."}
Row = dict[str, str]


def tables(kind: str) -> list[list[Row]]:
    """Return the golden tables of a kind, each as rows by column."""
    text = DOC.read_text(encoding="utf-8")
    (section,) = re.findall(rf"^## [^\n]*`{kind}`\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    found = []
    for block in re.findall(r"^Golden table[^\n]*\n\n((?:\|[^\n]*\n)+)", section, re.M):
        head, _line, *rows = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in block.splitlines()
        ]
        found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found


def told(
    kind: QuestionKind, table: dict[str, Any], payload: Any, values: dict[str, str] | None = None
) -> str:
    """Return what a question of this kind gives for an answer, as the tables write it."""
    made = kind.parse({**COMMON, "kind": kind.name, **table})
    number = {"values": values or {}, "derived": {}}
    variant = {**number, "order": [], **dict.fromkeys(("volume", "mass", "bottles"), number)}
    try:
        score = kind.score(made.shown, made.key, variant, payload, "en")
    except LeftToPerson:
        return "a person"
    assert sum(part for _, part in score.parts) == score.fraction
    assert score.trace
    return str(score.fraction)


def options(right: str, all_of: str, **weights: str) -> dict[str, Any]:
    made: list[dict[str, Any]] = [
        {"id": one, "text": f"Option {one}", "correct": one in right, "why": "Why."}
        for one in all_of
    ]
    for option in made:
        if option["id"] in weights:
            option["weight"] = weights[option["id"]]
    return {"option": made}


@pytest.mark.parametrize("row", tables("single")[0])
def test_single_choice(row: Row) -> None:
    payload = None if row["Chosen"] == "blank" else {"choice": row["Chosen"]}
    assert told(Single(), options("B", "ABCD", C="0.5"), payload) == row["Score"]


WEIGHTS = {"A": "0.5", "B": "0.25", "D": "0.25", "C": "-0.25", "E": "-0.5", "F": "0"}


@pytest.mark.parametrize("row", tables("multiple")[0])
def test_multiple_response(row: Row) -> None:
    rule = row.pop("Rule")
    table = options("ABD", "ABCDEF", **(WEIGHTS if rule == "weighted" else {}))
    for chosen, score in row.items():
        payload = None if chosen == "blank" else {"choices": list(chosen)}
        assert told(Multiple(), table | {"scoring": rule}, payload) == score, (rule, chosen)


@pytest.mark.parametrize("row", tables("matching")[0])
def test_matching(row: Row) -> None:
    rule = row.pop("Rule")
    table = {
        "scoring": rule,
        "target": [{"id": one, "text": one} for one in "XYZ"],
        "stem": [
            {"id": stem, "text": stem, "target": target, "why": "w"}
            for stem, target in zip("abc", "XXY", strict=True)
        ],
    }
    for pairs, score in row.items():
        given = {} if pairs == "blank" else {pair[0]: pair[1] for pair in pairs.split()}
        payload = {"pairs": given} if given else None
        assert told(Matching(), table, payload) == score, (rule, pairs)


@pytest.mark.parametrize(
    ("row", "free"),
    [(row, free) for free, rows in enumerate(tables("ordering")) for row in rows],
)
def test_ordering(row: Row, free: int) -> None:
    rule = row.pop("Rule")
    steps = [{"id": one, "text": one, "why": "w"} for one in "ABCD"]
    table = {"scoring": rule, "step": steps, "free": [["A", "B"]] if free else []}
    for order, score in row.items():
        payload = None if order == "blank" else {"places": [[step] for step in order]}
        assert told(Ordering(), table, payload) == score, (rule, free, order)


@pytest.mark.parametrize("row", tables("numeric")[0])
def test_numbers(row: Row) -> None:
    key = {
        "formula": "50", "unit": "mL", "units": ["mL", "L", "kg"], "relative": "0.02",
        "tier": [{"relative": "0.05", "weight": "0.5"}, {"relative": "0.06", "weight": "0.25"}],
    }  # fmt: skip
    payload = {"text": row["Typed"], "unit": row["Unit"]} if row["Typed"] != "blank" else None
    assert told(Numeric(), {"key": key}, payload) == row["Score"]


@pytest.mark.parametrize("row", tables("numeric")[1])
def test_significant_figures(row: Row) -> None:
    key = {
        "formula": "100", "unit": "mL", "figures": 3, "weights": {"value": "0.8", "figures": "0.2"}
    }  # fmt: skip
    payload = {"text": row["Typed"], "unit": "mL"} if row["Typed"] != "blank" else None
    assert told(Numeric(), {"key": key}, payload) == row["as it stands"]
    assert told(Numeric(), {"key": key | {"figures_strict": True}}, payload) == row["strict"]


@pytest.mark.parametrize("row", tables("short")[0])
def test_short_text(row: Row) -> None:
    accept = [
        {"pattern": "specific growth rate"},
        {"pattern": "*growth rate", "weight": "0.5", "why": "w"},
        {"pattern": "*yield*", "weight": "0", "why": "w"},
    ]
    table = {"answer": "specific growth rate", "accept": accept}
    payload = None if row["Typed"] == "blank" else {"text": row["Typed"]}
    assert told(Short(), table, payload) == row["Score"]


GAPS = [
    {"id": "grade", "kind": "single", "weight": 1, **options("A", "AB")},
    {
        "id": "medium", "kind": "short", "weight": 1,
        "answer": "soya broth", "accept": [{"pattern": "soya broth"}],
    },
    {"id": "volume", "kind": "numeric", "weight": 2, "key": {"formula": "50", "unit": "mL"}},
]  # fmt: skip


@pytest.mark.parametrize("row", tables("cloze")[0])
def test_cloze(row: Row) -> None:
    gaps: dict[str, Any] = {
        "grade": {"choice": row["grade"]},
        "medium": {"text": row["medium"]},
        "volume": {"text": row["volume"], "unit": "mL"},
    }
    given = {gap: one for gap, one in gaps.items() if row[gap] != "blank"}
    for scoring in ("weighted", "exact"):
        table = {"text": "{grade} {medium} {volume}", "scoring": scoring, "gap": GAPS}
        assert told(Cloze(), table, {"gaps": given} if given else None) == row[scoring]


DRAWN = {
    "text": "{v} L of {c} g/L: {mass}, {bottles}",
    "parameters": {"c": {"choices": ["20"]}, "v": {"choices": ["2", "3"]}},
    "gap": [
        {"id": "mass", "kind": "numeric", "key": {"formula": "c * v", "unit": "g"}},
        {
            "id": "bottles", "kind": "numeric",
            "key": {"formula": "ceil(c * v / 25)", "absolute": "0"},
        },
    ],
}  # fmt: skip


@pytest.mark.parametrize("row", tables("cloze")[1])
def test_cloze_with_drawn_values(row: Row) -> None:
    gaps = {"mass": {"text": row["mass"], "unit": "g"}, "bottles": {"text": row["bottles"]}}
    given = {gap: one | {"unit": "g"} for gap, one in gaps.items() if row[gap] != "blank"}
    for scoring in ("weighted", "exact"):
        payload = {"gaps": given} if given else None
        found = told(Cloze(), DRAWN | {"scoring": scoring}, payload, {"c": "20", "v": "3"})
        assert found == row[scoring]


PARTS = [
    {"id": name, "prompt": name, "why": "w", "key": {"formula": formula, "unit": "mL"}}
    for name, formula in (("a", "4 * 5"), ("b", "2 * a"), ("c", "b - a"))
]


@pytest.mark.parametrize("row", tables("worksheet")[0])
def test_worksheet(row: Row) -> None:
    given = {part: {"text": row[part], "unit": "mL"} for part in "abc" if row[part] != "blank"}
    for scoring in ("follow-through", "weighted", "exact"):
        table = {"scoring": scoring, "part": PARTS}
        assert told(Worksheet(), table, {"parts": given} if given else None) == row[scoring]


REGIONS = [
    {"id": "A", "text": "A", "circle": [20, 20, 10], "correct": True, "why": "w"},
    {"id": "B", "text": "B", "rectangle": [50, 50, 70, 60], "correct": True, "why": "w"},
    {"id": "C", "text": "C", "polygon": [[80, 10], [90, 10], [90, 20]], "why": "w"},
]


@pytest.mark.parametrize("row", tables("hotspot")[0])
def test_hotspot(row: Row) -> None:
    pairs = [] if row["Points"] == "blank" else [one.split() for one in row["Points"].split(";")]
    points = [{"x": x, "y": y} for x, y in pairs]
    for scoring in ("net", "exact"):
        table = {"scoring": scoring, "size": [100, 100], "region": REGIONS}
        table["prompt"] = "![A plan](figures/plan.svg)"
        assert told(Hotspot(), table, {"points": points} if points else None) == row[scoring]


def test_every_kind_that_a_machine_marks_has_a_golden_table(new_app: Any) -> None:
    with new_app().app_context():
        kinds = list(plugins().collect("question_kinds"))
    assert [
        kind.name for kind in kinds if kind.marked_by != "person" and not tables(kind.name)
    ] == []
