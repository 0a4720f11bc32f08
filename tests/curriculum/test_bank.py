"""What the curriculum map demands of the bundled papers and their banks. Reads TOML alone."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

MODULES = Path(__file__).parents[2] / "modules"
BUNDLED = sorted(path.parent for path in MODULES.glob("*/*/module.toml"))
LEAST_DELIVERED = 15
LEAST_IN_THE_FIRST = 20  # in whole modules of the programmes that are written first
FIRST = ("c01", "c05", "c10", "c16")

Tables = list[dict[str, Any]]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def of_programme(code: str) -> set[str]:
    """Return the ids of the modules that a programme names; a single lesson is none."""
    (file,) = MODULES.glob(f"programmes/{code}-*.toml")
    return set(read(file)["modules"])


def bank(module: Path) -> tuple[Tables, dict[str, Tables]]:
    """Return the questions that stand alone, and those of each case."""
    alone = [
        question
        for folder in ("questions", "essays")
        for path in sorted(module.glob(f"{folder}/*.toml"))
        for question in read(path)["question"]
    ]
    cases = [read(path) for path in sorted(module.glob("cases/*.toml"))]
    return alone, {case["id"]: case["question"] for case in cases}


def delivered(module: Path, alone: Tables, cases: dict[str, Tables]) -> Counter[str]:
    """Return how many items of each outcome every paper delivers at least; a line over several
    outcomes, or a choice of cases, promises none of them but counts under ""."""
    named = {question["id"]: question["outcome"] for question in alone}
    items: Counter[str] = Counter()
    for draw in read(module / "module.toml")["paper"]["draw"]:
        if "cases" in draw:
            sizes = [Counter(q["outcome"] for q in cases[name]) for name in draw["cases"]]
            if draw["count"] == len(sizes):
                items += sum(sizes, Counter[str]())
            else:
                items[""] += draw["count"] * min(size.total() for size in sizes)
        elif "questions" in draw:
            outcomes = {named[name] for name in draw["questions"]}
            items[outcomes.pop() if len(outcomes) == 1 else ""] += draw["count"]
        else:
            items[draw["outcomes"][0] if len(draw["outcomes"]) == 1 else ""] += draw["count"]
    return items


def test_the_modules_for_everybody_are_found_among_the_bundled_ones():
    written = {read(module / "module.toml")["id"] for module in BUNDLED}
    assert {"FND101", "FND103", "FND104"} <= written & of_programme("c01")


@pytest.mark.parametrize("module", BUNDLED, ids=lambda path: path.name[:6])
def test_papers_deliver_enough_items_two_of_each_outcome_from_a_bank_three_times_as_large(module):
    alone, cases = bank(module)
    items = delivered(module, alone, cases)
    every = alone + [question for case in cases.values() for question in case]
    worth = sum(3 if question.get("parameters") else 1 for question in every)
    told = read(module / "module.toml")
    outcomes = [outcome["id"] for outcome in told["outcome"]]
    first = any(told["id"] in of_programme(code) for code in FIRST)
    least = LEAST_IN_THE_FIRST if first else LEAST_DELIVERED
    assert items.total() >= least
    assert {outcome: items[outcome] for outcome in outcomes if items[outcome] < 2} == {}
    assert worth >= 3 * items.total()


@pytest.mark.parametrize("module", BUNDLED, ids=lambda path: path.name[:6])
def test_every_wrong_option_of_the_bank_says_which_mistake_it_is(module):
    alone, cases = bank(module)
    every = alone + [question for case in cases.values() for question in case]
    silent = [
        f"{question['id']}/{option['id']}"
        for question in every
        for option in question.get("option", ())
        if not option.get("correct") and not option.get("why")
    ]
    assert silent == []
