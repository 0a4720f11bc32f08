"""Claims about the spreadsheet template: CSV and XLSX say the same, whatever the separator."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.exchange.taking import FILES, only, read, table, verdicts

CSV = (FILES / "template.csv").read_text()


def workbook(rows: list[list[object]]) -> bytes:
    book, held = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(held)
    return held.getvalue()


def test_every_row_has_a_verdict_with_its_number() -> None:
    report = read("template.csv")
    assert [(item.line, item.kind, item.verdict) for item in report.items] == [
        (2, "single", "imported"),
        (3, "multiple", "imported"),
        (4, "numeric", "imported"),
        (5, "matching", "imported"),
        (6, "ordering", "imported"),
        (7, "single", "changed"),
        (8, "single", "refused"),
        (9, "single", "refused"),
        (10, "hologram", "refused"),
        (11, "numeric", "imported"),
    ]


def test_semicolons_and_tabs_and_excels_first_line_say_the_same() -> None:
    plain = "prompt,answer,A,B\nWhich?,A,x,y\n"
    expected = [table(read("x.csv", plain))]
    assert [table(read("x.csv", plain.replace(",", ";")))] == expected
    assert [table(read("x.csv", plain.replace(",", "\t")))] == expected
    assert [table(read("x.csv", "sep=;\n" + plain.replace(",", ";")))] == expected


def test_workbook_says_the_same_as_the_text() -> None:
    rows: list[list[object]] = [
        ["prompt", "Correct answer", "Option A", "option B", "tolerance"],
        ["Which?", "A", "x", "y", None],
        ["How many?", 3, None, None, 0.5],
    ]
    report = read("x.xlsx", workbook([["Questions of the course"], [], *rows]))
    assert [(item.line, item.kind) for item in report.items] == [(4, "single"), (5, "numeric")]
    key = report.taken[1]["key"]
    assert (key["formula"], key["absolute"]) == ("3", "0.5")


def test_unknown_columns_are_told_of_where_they_hold_something() -> None:
    text = "prompt,answer,A,B,colour\nWhich?,A,x,y,red\nWhy?,B,x,y,\n"
    one, other = read("x.csv", text).items
    assert "“colour”" in one.reason
    assert "colour" not in other.reason


def test_cell_that_was_made_safe_for_spreadsheets_is_read_as_it_was_meant() -> None:
    options = table(read("x.csv", "prompt,answer,A,B\nWhich?,A,'=1+1,'tis\n"))["option"]
    assert [one["text"] for one in options] == ["=1+1", "'tis"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "headings"),
        ('prompt,answer\n"open', "quotation"),
        ("prompt,prompt\nx,y", "Two columns"),
        ("prompt,answer,A,B\n,,,\n", "no question"),
    ],
)
def test_table_that_is_none_is_refused_as_a_whole(text: str, said: str) -> None:
    item = only(read("x.csv", text))
    assert item.verdict == "refused"
    assert said in item.reason


def _with_part(part: bytes) -> bytes:
    held = io.BytesIO(workbook([["prompt", "answer", "A", "B"], ["Which?", "A", "x", "y"]]))
    with zipfile.ZipFile(held, "a") as opened:
        opened.writestr("xl/more.xml", part)
    return held.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        b"<a>" * 200 + b"</a>" * 200,
        b"<a>" + b"<b/>" * 500_000 + b"</a>",
    ],
)
def test_hostile_workbook_is_refused_before_it_is_opened(part: bytes) -> None:
    assert only(read("x.xlsx", _with_part(part))).verdict == "refused"
    assert only(read("x.xlsx", _with_part(b"<a/>"))).verdict == "changed"


def test_workbook_that_unpacks_to_far_more_than_it_should_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/workbook.xml", b" " * 30_000_000)
    assert "far more" in only(read("x.xlsx", held.getvalue())).reason
    assert verdicts(read("x.xlsx", b"PK\x03\x04 no zip"))[0][2] == "refused"


def test_last_column_takes_no_tower_of_lists() -> None:
    for more in ('{""key"": ' + "[" * 900 + "]" * 900 + "}", "[" * 9_000, '{""x"": 1}', "{"):
        item = only(read("x.csv", f'prompt,answer,tolerance,more\nHow many?,3,0,"{more}"\n'))
        assert item.verdict == "refused"
        assert "JSON" in item.reason
