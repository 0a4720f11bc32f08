"""Numbers as people type them: read exactly or refused with a hint, never reinterpreted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.numbers import (
    NumberProblem,
    ReadNumber,
    print_number,
    print_quantity,
    read_number,
    to_figures,
    uses_comma,
)


def read(text: str, locale: str = "en") -> ReadNumber:
    number = read_number(text, locale)
    assert isinstance(number, ReadNumber), number
    return number


def refused(text: str, locale: str = "en") -> str:
    problem = read_number(text, locale)
    assert isinstance(problem, NumberProblem), problem
    return problem.message % problem.params


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1.5", "en", "1.5"),
        ("  1.5\u202f", "en", "1.5"),
        ("-0.25", "en", "-0.25"),
        ("−0.25", "en", "-0.25"),
        ("+7", "en", "7"),
        (".5", "en", "0.5"),
        ("100.", "en", "100"),
        ("2e6", "en", "2000000"),
        ("2.5E-3", "en", "0.0025"),
        ("3×10^6", "en", "3000000"),
        ("3 x 10^-2", "en", "0.03"),
        ("3.2 × 10⁶", "en", "3200000"),
        ("3.2 × 10⁻⁶", "en", "0.0000032"),
        ("1,5", "fr", "1.5"),
        ("1,5", "pt-BR", "1.5"),
        ("1,5e3", "de", "1500"),
        ("1.5", "fr", "1.5"),
        ("0.500", "de", "0.5"),
        ("١٢٫٥", "ar", "12.5"),
        ("\u200f١٢", "ar", "12"),
        ("۱۲٫۵", "fa", "12.5"),
        ("१२.५", "hi", "12.5"),
    ],
)
def test_number_is_read_as_it_was_meant(text: str, locale: str, value: str) -> None:
    number = read(text, locale)
    assert number.value == Decimal(value)
    assert number.raw == text


@pytest.mark.parametrize(
    ("text", "locale", "hint"),
    [
        ("1,5", "en", "decimal mark as a point"),
        ("1,500", "en", "decimal mark as a point"),
        ("1,5", "en-XA", "decimal mark as a point"),
        ("1,5", "ar", "decimal mark as a point"),
        ("1.500", "de", "could mean two numbers"),
        ("1,500.0", "en", "thousands marks"),
        ("1.500,0", "de", "thousands marks"),
        ("1 500", "en", "thousands marks"),
        ("1\u202f500", "en", "thousands marks"),
        ("1_500", "en", "thousands marks"),
        ("1'500", "en", "thousands marks"),
        ("1.5 mg", "en", "unit has a field"),
        ("1,5 mg", "fr", "1,5"),
        ("37 °C", "en", "unit has a field"),
        ("1/2", "en", "without a calculation"),
        ("3*10^6", "en", "without a calculation"),
        ("10^6", "en", "without a calculation"),
        ("2+3", "en", "without a calculation"),
        ("9**9**9", "en", "without a calculation"),
        ("1e100", "en", "power of ten"),
        ("1e", "en", "unit has a field"),
        ("1.2.3", "en", "thousands marks"),
        ("--5", "en", "not a number"),
        (".", "en", "not a number"),
        ("-", "en", "not a number"),
        ("e5", "en", "not a number"),
        ("NaN", "en", "not a number"),
        ("Infinity", "en", "not a number"),
        ("0x1F", "en", "unit has a field"),
        ("２", "en", "not a number"),
        ("five", "en", "not a number"),
        ("1" * 41, "en", "longer than 40"),
    ],
)
def test_what_is_no_number_is_refused_with_a_hint(text: str, locale: str, hint: str) -> None:
    assert hint in refused(text, locale)


@pytest.mark.parametrize(
    ("text", "fewest", "most"),
    [
        ("0.0010", 2, 2),
        ("1.00e3", 3, 3),
        ("10.0", 3, 3),
        ("100", 1, 3),
        ("100.", 3, 3),
        ("120", 2, 3),
        ("105", 3, 3),
        ("007", 1, 1),
        ("-2.50", 3, 3),
        ("0", 1, 1),
        ("1e6", 1, 1),
    ],
)
def test_significant_figures_are_counted_from_what_was_typed(
    text: str, fewest: int, most: int
) -> None:
    number = read(text)
    assert (number.fewest_figures, number.most_figures) == (fewest, most)


@pytest.mark.parametrize(
    ("text", "locale", "latex", "printed"),
    [
        ("12500.5", "en", False, "12\u202f500.5"),
        ("12500.5", "fr", False, "12\u202f500,5"),
        ("1234", "en", False, "1234"),
        ("-1234567", "en", False, "−1\u202f234\u202f567"),
        ("0.000123456", "en", False, "0.000\u202f123\u202f456"),
        ("1.23e7", "en", False, "1.23 × 10⁷"),
        ("5e-7", "en", False, "5 × 10⁻⁷"),
        ("12500", "en", True, r"12\,500"),
        ("-1.5e-3", "fr", True, r"-1{,}5 \times 10^{-3}"),
    ],
)
def test_number_is_printed_as_people_read_it(
    text: str, locale: str, latex: bool, printed: str
) -> None:
    assert print_number(text, locale, latex=latex) == printed


def test_number_keeps_its_unit_on_the_line_and_a_plain_number_has_none() -> None:
    assert print_quantity("5.0", "mL") == "5.0\u00a0mL"
    assert print_quantity("5.0", "1") == print_quantity("5.0", "") == "5.0"


@pytest.mark.parametrize(
    ("value", "figures", "text"),
    [
        ("125", 3, "125"),
        ("0.5", 3, "0.500"),
        ("99.96", 3, "100"),
        ("2345678", 3, "2.35e6"),
        ("1000", 2, "1000"),
        ("0.0000123456", 4, "1.235e-5"),
        ("0", 3, "0"),
    ],
)
def test_value_is_written_with_its_figures(value: str, figures: int, text: str) -> None:
    assert to_figures(Decimal(value), figures) == text


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar", "de", "xx", "", "en_US_POSIX"]))
def test_any_text_is_read_or_refused_in_words(text: str, locale: str) -> None:
    number = read_number(text, locale)
    if isinstance(number, NumberProblem):
        assert number.message % number.params
    else:
        assert number.value.is_finite()
        assert 1 <= number.fewest_figures <= number.most_figures


@given(st.decimals("-1e12", "1e12", places=4, allow_nan=False), st.sampled_from(["en", "fr", "de"]))
def test_printed_number_without_its_spaces_reads_back_the_same(value: Decimal, locale: str) -> None:
    printed = print_number(f"{value:f}", locale).replace("\u202f", "")
    assert read(printed, locale).value == value


@given(st.integers(1, 999999), st.integers(0, 5))
def test_no_decimal_comma_is_ever_read_where_points_are_written(whole: int, part: int) -> None:
    assert isinstance(read_number(f"{whole},{part}", "en"), NumberProblem)
    assert uses_comma("fr")
    assert not uses_comma("en")
