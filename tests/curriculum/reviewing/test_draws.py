"""Claims about drawing many times: floating point counts what the exact draw refuses."""

import math
from decimal import Decimal
from random import Random

import pytest

from lms.assessment.kinds.drawing import OutOfBounds, _check_bounds, _values, work_out
from lms.curriculum.reviewing.columns import column
from lms.curriculum.reviewing.draws import draw
from lms.curriculum.reviewing.matter import Item, Place
from lms.curriculum.text.formula import parse

FORMULAS = [
    "a + b * 2 - 3 / a",
    "-a ^ 2 + b ^ (1 / 2)",
    "ln(a) + log10(b) - exp(-a) + sqrt(b)",
    "round(a / b, 2) + ceil(a) + floor(b) + abs(a - b)",
    "min(a, b) + max(a, b, 3) + sum(a, b) + mean(a, b, 4) + sd(a, b, 7)",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_columns_come_to_what_exact_arithmetic_comes_to(text):
    formula = parse(text)
    drawn = {"a": [0.5, 2.25, 8.0], "b": [3.0, 4.5, 0.75]}
    exact = [
        float(formula.evaluate({name: Decimal(str(row[at])) for name, row in drawn.items()}))
        for at in range(3)
    ]
    assert column(formula.root, drawn, 3) == pytest.approx(exact)


def test_draw_without_a_value_is_refused_alone():
    found = column(parse("1 / a").root, {"a": [0.0, 2.0]}, 2)
    assert found[1] == 0.5
    assert math.isnan(found[0])


def test_share_of_refused_draws_is_that_of_exact_draws():
    parameters = {
        "a": {"min": "1", "max": "50", "significant": 2},
        "b": {"min": "1", "max": "4", "decimals": 1},
    }
    key = {"formula": "a / b", "min": "2", "max": "10"}
    item = Item(Place("q.toml"), {"id": "ratio", "parameters": parameters})
    rng, refused = Random(1), 0
    for _ in range(3000):
        try:
            drawn = _values({"parameters": parameters, "derived": []}, rng)
            _check_bounds(work_out(key["formula"], drawn["values"]), key)
        except OutOfBounds:
            refused += 1
    assert draw(item, key, 20_000).refused == pytest.approx(refused / 3000, abs=0.04)
