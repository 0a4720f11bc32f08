"""Claims about reading rosters: what spreadsheets write is read, what is broken is named."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.cohort.roster.decoding import MOST_BYTES, decoded
from lms.cohort.roster.reading import (
    LABELS,
    LOGIN,
    MOST_ROWS,
    NAME,
    NATIVE,
    WHAT,
    Roster,
    headings,
    read,
)
from lms.errors import DomainError, RuleBroken, TooLarge
from lms.web.sheet import safe, written

NAMES = headings({NAME: ["الاسم"]})
PLAIN = "Name,E-mail,Module\nAmina Okafor,amina@x.example,FND103\n"


def _read(text: str) -> Roster:
    return read(text, NAMES)


def _one(text: str) -> dict[str, str]:
    (row,) = _read(text).rows
    assert not row.problems
    return dict(row.cells)


def _flaws(column: str, cell: str) -> list[str]:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([LABELS[NAME], LABELS[LOGIN], LABELS[WHAT]])
    cells = {NAME: "Amina", LOGIN: "A-1", WHAT: ""} | {column: cell}
    writer.writerow(cells.values())
    (row,) = _read(out.getvalue()).rows
    assert {p.column for p in row.problems} <= {column}
    return [p.message % dict(p.params) for p in row.problems]


# --- what spreadsheets write ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        "sep=;\n" + PLAIN.replace(",", ";"),
        PLAIN.replace("Amina Okafor", '"Amina  Okafor "'),
        PLAIN.replace("Amina Okafor", '"Amina\nOkafor"'),
        "\n\n" + PLAIN + "\n,,\n",
        PLAIN.replace("Name,E-mail,Module", "FULL NAME, e_mail ,Module / Programme"),
        PLAIN.replace("Name,", "الاسم,"),
        PLAIN.replace("Module\n", "Module,,\n").replace("FND103", "FND103,,"),
    ],
)
def test_what_spreadsheets_write_comes_to_the_same_row(text: str) -> None:
    cells = _one(text)
    assert (cells[NAME], cells[LOGIN], cells[WHAT]) == (
        "Amina Okafor",
        "amina@x.example",
        "FND103",
    )


def test_rows_have_the_numbers_of_the_sheet_blank_ones_counted() -> None:
    text = "Name,ID\nA,1\n\n,\nB,2\n"
    assert [row.number for row in _read(text).rows] == [2, 5]


def test_a_column_that_nobody_asked_for_is_named_and_left_out() -> None:
    found = _read("Name,ID,Shoe size\nAmina,1,40\n")
    assert found.unused == ("Shoe size",)


def test_names_in_any_script_stay_as_they_are() -> None:
    cells = _one("Name,Name in own script,ID\nKim,김 하나,1\n")
    assert cells[NATIVE] == "김 하나"


def test_leading_zeros_of_a_staff_number_stay() -> None:
    assert _one("Name;Staff number\nKim;00042\n")[LOGIN] == "00042"


# --- what is broken -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 a workbook", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0 an old one", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x7fELF\0\0", "no text file"),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (PLAIN.replace("Amina", "José Peña").encode("cp1252"), "line 2 on it looks"),
        (PLAIN.replace("Amina", "محمد علي").encode("cp1256"), "Arabic"),
        (PLAIN.replace("Amina", "김하나").encode("euc_kr"), "Korean"),
        (b"Name,ID\nAndr\xe9 \xd8st,1", "Windows-1252"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_utf8_text_is_refused_by_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        decoded(content)
    assert said in str(refusal.value)


def test_a_file_is_read_with_or_without_its_mark() -> None:
    assert decoded(PLAIN.encode("utf-8-sig")) == decoded(PLAIN.encode()) == PLAIN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing in it"),
        (" \n \n", "nothing in it"),
        ("Name,ID\n", "no row below"),
        ("Amina,A-1\n", "No column is headed “Name”"),
        ("Name,Module\nAmina,FND103\n", "No column is headed “E-mail or staff number”"),
        ("Name,ID,Full name\nA,1,B\n", "Two columns are headed “Name”"),
        ('Name,ID\nA,1\n"B,2\nC,3\n', "After row 2 a quotation mark"),
        ('Name,ID\n"A"x,1\n', "After row 1 a quotation mark"),
        ("Name,ID" + ",x" * 1000 + "\n", "at most 100"),
        ("Name,ID\n" + "a," * 100_000 + "\n", "at most 100"),
        ("Name,ID\nA\0,1\n", "no text file"),
        ("Name,ID\n" + "A,1\n" * (MOST_ROWS + 1), "more than 2000 rows"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(text: str, said: str) -> None:
    if text.startswith("Name,ID,x"):
        text = "Name,ID" + ",y" * 1000 + "\nA,1\n"
    with pytest.raises(RuleBroken) as refusal:
        _read(text)
    assert said in str(refusal.value)


def test_what_is_too_large_is_not_even_looked_at() -> None:
    with pytest.raises(TooLarge):
        decoded(b"a" * (MOST_BYTES + 1))
    with pytest.raises(TooLarge):
        _read("ü" * (MOST_BYTES // 2 + 1))


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (NAME, "=HYPERLINK()", "begins with “=”"),
        (NAME, "@SUM(A1)", "begins with “@”"),
        (LOGIN, "+8210", "begins with “+”"),
        (NAME, "Amina \u202egnp.exe", "U+202E"),
        (NAME, "Ami\u200fna", "U+200F"),
        (NAME, "Ami\x07na", "no text has"),
        (NAME, "A" * 201, "longer than 200"),
        (NAME, "", "empty"),
        (NAME, "#N/A", "put an error here"),
        (LOGIN, "1.04E+05", "shortened this number"),
        (LOGIN, "amina okafor", "has no blanks"),
        (LOGIN, "", "empty"),
        (WHAT, "#REF!", "put an error here"),
    ],
)
def test_a_cell_that_cannot_stand_is_named_with_its_column(
    column: str, cell: str, said: str
) -> None:
    assert any(said in one for one in _flaws(column, cell)), _flaws(column, cell)


def test_more_cells_than_headings_are_no_guess() -> None:
    (row,) = _read("Name,ID\nOkafor, Amina,A-1\n").rows
    assert "separator" in row.problems[0].message


# --- whatever is sent -----------------------------------------------------------------------


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_plain_words(text: str) -> None:
    with suppress(DomainError):  # anything else would be a failure of ours
        assert _read("Name,ID\n" + text).rows


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused_in_plain_words(content: bytes) -> None:
    with suppress(DomainError):
        assert isinstance(decoded(content), str)


_LETTERS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(_LETTERS, _LETTERS), min_size=1, max_size=10), st.sampled_from(",;\t"))
def test_what_is_written_is_read_back_whatever_the_separator(
    rows: list[tuple[str, str]], separator: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([("Name", "ID"), *rows])
    found = _read(out.getvalue())
    assert [row.number for row in found.rows] == list(range(2, len(rows) + 2))
    again = written(["Name", "ID"], [(r.cells[NAME], r.cells[LOGIN]) for r in found.rows])
    assert [r.cells for r in _read(decoded(again)).rows] == [r.cells for r in found.rows]


def test_a_cell_that_we_made_safe_comes_back_and_is_refused_again() -> None:
    assert _flaws(NAME, safe("=1+1"))
