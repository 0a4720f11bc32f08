"""The formula grammar: what it means, what it refuses, and that no text can hang it."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lms.curriculum.text.formula import FUNCTIONS, FormulaError, parse


def value(text: str, **values: str) -> Decimal:
    return parse(text).evaluate({name: Decimal(number) for name, number in values.items()})


def outcome(text: str) -> Decimal | FormulaError:
    """Return the value with every name at -2.5, or the one error that may be raised."""
    try:
        formula = parse(text)
        return formula.evaluate(dict.fromkeys(formula.names, Decimal("-2.5")))
    except FormulaError as refusal:
        return refusal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 - 4 - 2", "1"),
        ("24 / 4 / 2", "3"),
        ("-2 ^ 2", "-4"),
        ("2 ^ 3 ^ 2", "512"),
        ("2 ^ -1", "0.5"),
        ("--3", "3"),
        ("2 * -3", "-6"),
        (".5 + 5.", "5.5"),
        ("1.5e-3 * 2E3", "3"),
        ("round(2.5, 0)", "3"),
        ("round(-2.5, 0)", "-3"),
        ("round(1234.567, 1)", "1234.6"),
        ("round(1234.567, -2)", "1200"),
        ("ceil(2000 * 4 / (20 * 36))", "12"),
        ("floor(-1.5)", "-2"),
        ("abs(-3.2)", "3.2"),
        ("min(3, 1, 2) + max(3, 1, 2)", "4"),
        ("sum(1, 2, 3, 4)", "10"),
        ("mean(1, 2, 3, 4)", "2.5"),
        ("sd(2, 4, 4, 4, 5, 5, 7, 9) ^ 2 * 7", "32"),
        ("sqrt(2) ^ 2", "2"),
        ("ln(exp(2.5))", "2.5"),
        ("log10(0.001)", "-3"),
    ],
)
def test_formula_means_what_it_means_on_paper(text: str, expected: str) -> None:
    assert round(value(text), 20) == Decimal(expected)


def test_growth_rate_of_the_catalogue_comes_out_right() -> None:
    mu = value("ln(x2 / x1) / dt", x1="0.3", x2="4.2", dt="72")
    assert round(mu, 6) == Decimal("0.036654")


def test_names_are_those_that_need_a_value() -> None:
    assert parse("ln(x2/x1)/dt + sum(a, -b)^c").names == {"x1", "x2", "dt", "a", "b", "c"}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("1 +", 3),
        ("2x", 1),
        ("a b", 2),
        ("2 ** 3", 3),
        ("2 × 3", 2),
        ("(1", 2),
        ("1)", 1),
        ("ln", 0),
        ("ln()", 3),
        ("1 + sin(2)", 4),
        ("sd(1)", 0),
        ("round(1)", 0),
        ("sqrt(1, 2)", 0),
        ("1e100", 0),
        ("1" * 41, 0),
        ("__import__('os')", 11),
        ("__import__(1)", 0),
        ("a.b", 1),
        ("a[0]", 1),
        ("1_000", 1),
        ("+1", 0),
        ("1,5", 1),
        ("٣", 0),
    ],
)
def test_what_is_no_formula_is_refused_at_its_place(text: str, position: int) -> None:
    with pytest.raises(FormulaError) as refusal:
        parse(text)
    assert refusal.value.position == position
    assert str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0",
        "1 / (x - x)",
        "ln(0)",
        "ln(-1)",
        "log10(0)",
        "sqrt(-1)",
        "0 ^ 0",
        "0 ^ -1",
        "(-8) ^ 0.5",
        "9 ^ 9 ^ 9 ^ 9",
        "exp(1e9)",
        "10 ^ 999 * 10",
        "round(1, 0.5)",
        "round(1, 99)",
        "round(1e60, 5)",
        "y + 1",
    ],
)
def test_formula_without_a_value_says_so(text: str) -> None:
    with pytest.raises(FormulaError):
        value(text, x="3")


@pytest.mark.parametrize("text", ["(" * 50, "-" * 50 + "1", "2^" * 50 + "2", "1" * 2001])
def test_formula_too_deep_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


def test_long_row_of_readings_is_no_deep_formula() -> None:
    assert value("1" + " + 1" * 400) == 401


@given(st.text(max_size=80) | st.text("0123456789.eE+-*/^(),  abxln", max_size=80))
@example("9^9^9^9")
@example("1.0000001^1e99")
@example("(1+1e-40)^(1e99+0.1)")
@example("exp(-exp(exp(5)))")
def test_any_text_gives_a_value_or_a_formula_error(text: str) -> None:
    result = outcome(text)
    assert result.is_finite() if isinstance(result, Decimal) else str(result)
    assert isinstance(result, Decimal) or 0 <= result.position <= len(text)


@given(
    st.recursive(
        st.integers(1, 9).map(str) | st.sampled_from(["x", "1e99", "0.5"]),
        lambda inner: (
            st.builds("({}{}{})".format, inner, st.sampled_from("+-*/^"), inner)
            | st.builds("{}({},{})".format, st.sampled_from(sorted(FUNCTIONS)), inner, inner)
            | st.builds("{}({})".format, st.sampled_from(sorted(FUNCTIONS)), inner)
        ),
        max_leaves=30,
    )
)
def test_any_well_formed_text_gives_a_value_or_a_formula_error(text: str) -> None:
    result = outcome(text)
    assert result.is_finite() if isinstance(result, Decimal) else str(result)


Exact = tuple[str, Fraction | None]  # the text, and its value by another arithmetic


def _exact(left: Exact, mark: str, right: Exact) -> Exact:
    text = f"({left[0]} {mark} {right[0]})"
    a, b = left[1], right[1]
    if a is None or b is None or (mark == "/" and b == 0):
        return text, None
    result = {"+": a + b, "-": a - b, "*": a * b}.get(mark)
    return text, a / b if result is None else result


exact_numbers = st.decimals(-1000, 1000, places=3).map(
    lambda number: (f"({number})", Fraction(number))
)


@given(
    st.recursive(
        exact_numbers,
        lambda inner: st.builds(_exact, inner, st.sampled_from("+-*/"), inner),
        max_leaves=12,
    )
)
def test_arithmetic_agrees_with_fractions(generated: Exact) -> None:
    text, expected = generated
    assume(expected is not None and (expected == 0 or Fraction(1, 10**30) < abs(expected)))
    assert expected is not None
    try:
        result = Fraction(value(text))
    except FormulaError:  # a divisor that only rounding to 50 digits made 0
        assume(False)
    largest = max([abs(expected), Fraction(1, 10**20)])
    assert abs(result - expected) <= largest / 10**9


Rough = tuple[str, float]


def _positive(inner: st.SearchStrategy[Rough]) -> st.SearchStrategy[Rough]:
    """Only operations that keep numbers positive: nothing cancels, so floats stay a fair oracle."""
    pairs = st.tuples(inner, inner)
    return (
        pairs.map(lambda p: (f"{p[0][0]} + {p[1][0]}", p[0][1] + p[1][1])).map(_bracket)
        | pairs.map(lambda p: (f"{p[0][0]} * {p[1][0]}", p[0][1] * p[1][1])).map(_bracket)
        | pairs.map(lambda p: (f"{p[0][0]} / {p[1][0]}", p[0][1] / p[1][1])).map(_bracket)
        | inner.map(lambda x: (f"sqrt({x[0]})", math.sqrt(x[1])))
        | inner.map(lambda x: (f"ln(1 + {x[0]})", math.log1p(x[1])))
        | inner.map(lambda x: (f"log10(1 + {x[0]})", math.log1p(x[1]) / math.log(10)))
        | inner.map(lambda x: (f"exp(1 / (1 + {x[0]}))", math.exp(1 / (1 + x[1]))))
        | inner.map(lambda x: (f"({x[0]}) ^ 0.75", x[1] ** 0.75))
        | pairs.map(lambda p: (f"mean({p[0][0]}, {p[1][0]})", (p[0][1] + p[1][1]) / 2))
        | pairs.map(lambda p: (f"max({p[0][0]}, {p[1][0]})", max(p[0][1], p[1][1])))
        | pairs.map(lambda p: (f"min({p[0][0]}, {p[1][0]})", min(p[0][1], p[1][1])))
    )


def _bracket(rough: Rough) -> Rough:
    return f"({rough[0]})", rough[1]


positive = st.decimals("0.001", "1000", places=3).map(lambda number: (str(number), float(number)))


@given(st.recursive(positive, _positive, max_leaves=10))
def test_functions_agree_with_floating_point(generated: Rough) -> None:
    text, expected = generated
    assume(1e-30 < expected < 1e30)
    assert float(value(text)) == pytest.approx(expected, rel=1e-9)
