"""The worked values of the curriculum map, computed by the keys that learners are marked by.

The values were worked out by hand or by other programs before any question was written.
"""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from lms.curriculum.text.formula import parse

MODULES = Path(__file__).parents[2] / "modules"

# Module, question, what is drawn (or comes between), the answer, and how far off it may be.
WORKED = [
    ("FND101", "mrna-molar-mass", {"n": "4000"}, "1282", "0.5"),
    ("FND103", "growth-rate-cho", {"x1": "0.3", "x2": "4.2", "dt": "72"}, "0.036654", "5e-7"),
    ("FND103", "tris-base-fraction", {"ph": "7.4"}, "17.61", "0.005"),
    ("FND103", "a280-antibody", {"a": "0.742", "d": "10", "e": "1.4"}, "5.300", "5e-4"),
    ("FND103", "insulin-strength", {"c": "3.47"}, "100.0", "0.05"),
    (
        "FND103",
        "log-reduction",
        {"v1": "100", "v2": "120", "a1": "7.50", "a2": "2.20"},
        "5.22082",
        "5e-6",
    ),
    ("SFM101", "ppv", {"p": "10", "se": "90", "sp": "95"}, "66.67", "0.005"),
    ("BIO101", "oxygen-left", {"v": "60", "l": "25"}, "14.89", "0.005"),
    ("FFP202", "ucl-zero", {"n": "5000"}, "0.0598967", "5e-8"),
    ("FFP202", "ucl-zero", {"n": "10000"}, "0.0299528", "5e-8"),
    (
        "FFP203",
        "f0-trapezoid",
        {"t1": "100", "t2": "110", "t3": "118", "t4": "121", "t5": "121", "t6": "119", "t7": "108"},
        "3.16684",
        "5e-6",
    ),
    ("FFP203", "ramp-integral", {"t1": "100", "t2": "121.1", "r": "2"}, "2.15462", "5e-6"),
    ("FFP203", "ramp-integral", {"t1": "100", "t2": "121.1", "r": "1.5"}, "2.87282", "5e-6"),
    ("FFP203", "hold-f0", {"T": "122.5", "t": "12"}, "16.5646", "5e-5"),
    ("FFP203", "hold-f0", {"T": "118", "t": "1"}, "0.489779", "5e-7"),
    ("FFP203", "hold-f0", {"T": "123", "t": "1"}, "1.54882", "5e-6"),
    ("FFP203", "log-survivors", {"n": "6", "F": "17.5", "D": "1.5"}, "-5.66667", "5e-6"),
    ("FFP203", "fd-tunnel", {"T": "300", "t": "6"}, "71.7360", "5e-5"),
    ("ANA202", "en-mvd", {"l": "0.5", "c": "20", "lam": "0.005"}, "2000", "0.5"),
]
# Module, a printed result, and the arithmetic behind it.
PRINTED = [
    ("FND103", "0.7104", "0.95 * 0.90 * 0.98 * 0.92 * 0.97 * 0.95"),
    ("FFP203", "20.03", "10/(2*ln(10))*(1 - 10^(-2.11)) + 15 + 10/(1.5*ln(10))*(1 - 10^(-2.11))"),
]


def folder(module):
    return next(MODULES.glob(f"*/{module.lower()}-*"))


def question(module, name):
    for path in sorted(folder(module).glob("questions/*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["question"]:
            if one["id"] == name:
                return one
    raise AssertionError(f"{module} has no question {name}")


@pytest.mark.parametrize(("module", "name", "drawn", "answer", "off"), WORKED)
def test_key_of_a_question_gives_the_worked_value_of_the_map(module, name, drawn, answer, off):
    asked = question(module, name)
    values = {key: Decimal(value) for key, value in drawn.items()}
    for key, formula in asked.get("derived", {}).items():
        if key not in values:
            values[key] = parse(formula).evaluate(values)
    reached = parse(asked["key"]["formula"]).evaluate(values)
    assert abs(reached - Decimal(answer)) <= Decimal(off)


@pytest.mark.parametrize(("module", "printed", "arithmetic"), PRINTED)
def test_lesson_prints_the_worked_value_of_the_map(module, printed, arithmetic):
    lessons = "".join(path.read_text("utf-8") for path in folder(module).glob("lessons/*.md"))
    assert printed in lessons
    places = Decimal(1).scaleb(Decimal(printed).as_tuple().exponent)
    assert parse(arithmetic).evaluate({}).quantize(places) == Decimal(printed)
