"""Claims about files for spreadsheets: nothing in them is computed, everything comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.web.sheet import MARK, RISKY, safe, written


@pytest.mark.parametrize("text", ["=1+1", "+82", "-1", "@sum", " =1", "\t=1", "\r=1", "\u00a0=1"])
def test_a_cell_that_would_be_computed_is_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_no_cell_begins_as_a_formula_whatever_it_holds(rows: list[list[str]]) -> None:
    text = written(["a", "b"], rows).decode()
    assert text.startswith(MARK)
    read = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert len(read) == len(rows) + 1
    assert not [cell for row in read for cell in row if cell.lstrip(" ").startswith(RISKY)]
    for row, cells in zip(rows, read[1:], strict=True):
        assert [cell.removeprefix("'") for cell in cells] == [t.removeprefix("'") for t in row]
