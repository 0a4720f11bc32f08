"""Reads the spreadsheet template, CSV or XLSX: rows of cells; a row's meaning is `rows`'."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl import load_workbook

from lms.errors import N_
from lms.exchange import archive, xml
from lms.exchange.bounds import LONGEST_TEXT, MOST_ITEMS, clean, too_many
from lms.exchange.formats.columns import KNOWN, folded, known
from lms.exchange.formats.rows import Row, question_of
from lms.exchange.item import Found, Unreadable
from lms.web.sheet import RISKY

_MOST_COLUMNS = 120
_HEAD_ROWS = 20  # a heading stands in one of the first rows
_SEPARATORS = (",", ";", "\t")

Record = tuple[int, list[str]]  # number of the row, its cells


def read_csv(text: str) -> list[Found]:
    """Return every question of a table as CSV text, separated by comma, semicolon or tab."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    if first.lower().startswith("sep=") and len(first) == 5:  # Excel's own first line
        return _read(_records(text.split("\n", 1)[1], first[4], 1))
    separator = max(_SEPARATORS, key=lambda one: known(first.replace('"', "").split(one)))
    return _read(_records(text, separator, 0))


def _records(text: str, separator: str, before: int) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = before
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            said = N_("A quotation mark is opened and not closed, or more follows a closed one.")
            raise Unreadable(said, number) from None
        if cells is None:
            return
        yield number, [_unsafe(cell) for cell in cells[:_MOST_COLUMNS]]


def _unsafe(cell: str) -> str:
    """Return a cell without the mark that keeps a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" \u00a0").startswith(RISKY) else cell


def read_xlsx(data: bytes) -> list[Found]:
    """Return every question of the sheets of a workbook; formulas count by their last value."""
    for name, part in archive.unpacked(data, (".xml", ".rels", ".vml")).items():
        try:
            xml.tree_of(part)  # what the workbook's reader is going to read is bounded first
        except Unreadable as error:
            raise Unreadable(error.said[0], None, name, **dict(error.said[1])) from None
    try:
        return _sheets(data)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        # Its reader meets a broken workbook with whatever comes: all of it means the same.
        raise Unreadable(N_("This is no workbook that can be read.")) from error


def _sheets(data: bytes) -> list[Found]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        found: list[Found] = []
        for sheet in book.worksheets[:20]:
            rows = sheet.iter_rows(
                max_row=MOST_ITEMS + _HEAD_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True
            )
            records = ((n, [_text(cell) for cell in row]) for n, row in enumerate(rows, 1))
            try:
                found += _read(records)
            except _NoHeading:
                continue  # a sheet of notes beside the questions
        if not found:
            raise _NoHeading(_NO_HEADING)
        return found
    finally:
        book.close()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return clean(str(cell).replace("\r\n", "\n").replace("\r", "\n")).replace("_x000D_", "")


_NO_HEADING = N_("No row has the headings of the template: “prompt”, “answer”, “A”, “B” …")


class _NoHeading(Unreadable):
    """A table without the template's headings."""


def _read(records: Iterable[Record]) -> list[Found]:
    headings: list[str] = []
    found: list[Found] = []
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if not headings:
            headings = _headings(number, cells)
            continue
        if len(found) >= MOST_ITEMS:
            raise too_many()
        found.append(_row(number, headings, cells))
    if not headings:
        raise _NoHeading(_NO_HEADING)
    return found


def _headings(number: int, cells: Sequence[str]) -> list[str]:
    """Return the headings if this row has them; [] if it may be a title above them."""
    names = [folded(cell) for cell in cells]
    if "prompt" not in names:
        if number >= _HEAD_ROWS:
            raise _NoHeading(_NO_HEADING)
        return []
    twice = next((one for one in names if one and one in KNOWN and names.count(one) > 1), "")
    if twice:
        raise Unreadable(N_("Two columns are called “%(name)s”."), number, name=twice)
    return names


def _row(number: int, headings: Sequence[str], cells: Sequence[str]) -> Found:
    found = Found("", number)
    held: dict[str, str] = {}
    for heading, cell in zip(headings, cells, strict=False):
        if not cell.strip():
            continue
        if heading in KNOWN:
            held[heading] = cell.strip()
        else:
            name = heading[:40] or "?"
            found.change(N_("The column “%(name)s” is not known: it was left out."), name=name)
    if any(cell.strip() for cell in cells[len(headings) :]):
        found.change(N_("Cells beyond the last heading were left out."))
    if any(len(cell) > LONGEST_TEXT for cell in held.values()):
        return found.refuse(N_("A text is longer than %(most)s characters."), most=LONGEST_TEXT)
    return question_of(found, Row(held))
