"""The worked values of the curriculum map, computed by the keys that learners are marked by.

The values were worked out by hand or by other programs before any question was written. They
stand in `worked/`, one file a module: `[[key]]` names a question, what is drawn (or comes
between), the answer and how far off it may be; `[[printed]]` a result that a lesson prints and
the arithmetic behind it.
"""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from lms.curriculum.text.formula import parse

MODULES = Path(__file__).parents[2] / "modules"
FILES = sorted((Path(__file__).parent / "worked").glob("*.toml"))


def worked(kind):
    """List each worked value of that kind as a case of a test, named by its module and place."""
    cases = []
    for path in FILES:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        assert set(values) <= {"key", "printed"}, path.name
        for number, value in enumerate(values.get(kind, []), start=1):
            cases.append(pytest.param(path.stem, value, id=f"{path.stem}-{number}"))
    return cases


def folder(module):
    return next(MODULES.glob(f"*/{module}-*"))


def question(module, name):
    for path in sorted(folder(module).glob("*s/*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8")).get("question", []):
            if one["id"] == name:
                return one
    raise AssertionError(f"{module} has no question {name}")


@pytest.mark.parametrize(("module", "value"), worked("key"))
def test_key_of_a_question_gives_the_worked_value_of_the_map(module, value):
    asked = question(module, value["question"])
    values = {name: Decimal(drawn) for name, drawn in value["drawn"].items()}
    for name, formula in asked.get("derived", {}).items():
        if name not in values:
            values[name] = parse(formula).evaluate(values)
    reached = parse(asked["key"]["formula"]).evaluate(values)
    assert abs(reached - Decimal(value["answer"])) <= Decimal(value["off"])


@pytest.mark.parametrize(("module", "value"), worked("printed"))
def test_lesson_prints_the_worked_value_of_the_map(module, value):
    lessons = "".join(path.read_text("utf-8") for path in folder(module).glob("lessons/*.md"))
    assert value["result"] in lessons
    places = Decimal(1).scaleb(Decimal(value["result"]).as_tuple().exponent)
    assert parse(value["arithmetic"]).evaluate({}).quantize(places) == Decimal(value["result"])
