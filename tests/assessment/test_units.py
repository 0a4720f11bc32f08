"""The closed table of units: exact factors, and nothing that only looks like a unit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.units import UNITS, UnitError, convert, find_unit, same_dimension

DEMANDED = (
    "IU EU CFU cells vvm rpm log10 OD600 MOI kDa L/m²/h mM µg/mL g/L mg/mL cells/mL IU/mL "
    "mmol/L osmol/kg mOsm/kg % 1/h h⁻¹ °C K bar Pa kPa mbar s min h d kg g mg µg ng L mL µL mol "
    "mmol m cm mm µm nm EU/mL EU/mg CFU/mL U/mL TCID50/mL pg/cell/d 1"
)


@pytest.mark.parametrize("symbol", [*DEMANDED.split(), "% w/v"])
def test_unit_of_the_trade_is_known(symbol: str) -> None:
    assert find_unit(symbol)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("0.125", "L", "mL", "125"),
        ("1", "mg/mL", "g/L", "1"),
        ("1", "% w/v", "mg/mL", "10"),
        ("5", "µg/mL", "mg/L", "5"),
        ("37", "°C", "K", "310.15"),
        ("98.6", "°F", "°C", "37"),
        ("-40", "°C", "°F", "-40"),
        ("1", "bar", "mbar", "1000"),
        ("760", "Torr", "Pa", "101325"),
        ("71", "%", "1", "0.71"),
        ("150", "kDa", "g/mol", "150000"),
        ("0.5", "1/h", "1/d", "12"),
        ("2", "cells/µL", "cells/mL", "2000"),
        ("25", "CFU/100 mL", "CFU/mL", "0.25"),
        ("50", "mM", "mol/L", "0.05"),
        ("1", "mL/min", "L/h", "0.06"),
        ("100", "IU/mL", "kIU/mL", "0.1"),
    ],
)
def test_conversion_is_exact(value: str, source: str, target: str, expected: str) -> None:
    assert convert(Decimal(value), source, target) == Fraction(expected)


def test_both_signs_for_micro_are_one_unit() -> None:
    assert find_unit("\u00b5g/mL") is find_unit("\u03bcg/mL")


@pytest.mark.parametrize(
    "symbol", ["MM", "ML", "Mg/mL", "KDA", "iu", "celcius", "9**9", "mg;", "?"]
)
def test_case_matters_and_what_the_table_lacks_is_no_unit(symbol: str) -> None:
    with pytest.raises(UnitError):
        find_unit(symbol)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("mol/L", "g/L"),
        ("IU/mL", "EU/mL"),
        ("EU/mL", "U/mL"),
        ("cells/mL", "CFU/mL"),
        ("vp/mL", "vg/mL"),
        ("vvm", "1/min"),
        ("rpm", "1/min"),
        ("mL", "g"),
        ("% w/w", "% w/v"),
        ("OD600", "AU"),
    ],
)
def test_what_measures_different_things_never_converts(left: str, right: str) -> None:
    assert not same_dimension(left, right)
    with pytest.raises(UnitError):
        convert(1, left, right)


@given(
    st.decimals("-1e9", "1e9", places=6),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(sorted(UNITS)),
)
def test_there_and_back_is_the_same_number(value: Decimal, left: str, right: str) -> None:
    if same_dimension(left, right):
        there = convert(value, left, right)
        assert convert(there, right, left) == Fraction(value)
