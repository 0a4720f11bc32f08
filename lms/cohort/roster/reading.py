"""Text of a roster to rows of cells, each cell's flaws named. Pure; who they are is planning's."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from lms.cohort.roster.decoding import MOST_BYTES
from lms.errors import N_, RuleBroken, TooLarge
from lms.web.sheet import RISKY

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2000, 100, 200
NAME, NATIVE, LOGIN, PLACE, ROLE, WHAT, DELIVERING, PROBLEM = (
    "name", "native_name", "login", "organisation", "role", "what", "delivering", "problem",
)  # fmt: skip
LABELS = {
    NAME: N_("Name"),
    NATIVE: N_("Name in own script"),
    LOGIN: N_("E-mail or staff number"),
    PLACE: N_("Organisation"),
    ROLE: N_("Role"),
    WHAT: N_("Module or programme"),
    DELIVERING: N_("Delivering organisation"),
    PROBLEM: N_("Problem"),
}
# What people write above such columns as well; compared without case, blanks and signs.
_ALSO = {
    NAME: ("full name", "name as on passport", "person"),
    NATIVE: ("native name", "local name"),
    LOGIN: ("sign-in name", "login", "email", "e-mail", "mail", "staff number", "staff no", "id"),
    PLACE: ("sending organisation", "organization", "sending organization", "employer", "site"),
    WHAT: ("module", "programme", "program", "course", "module/programme"),
    DELIVERING: ("delivering organization", "delivered by", "training centre"),
}
_TURNS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPOILT = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_EXCEL_ERROR = re.compile(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")


class Problem(NamedTuple):
    """Why a row is refused: at which column, in a message with its parameters."""

    column: str
    message: str
    params: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Row:
    """A row of the roster: its number in the sheet, its cells by column, what is wrong in them."""

    number: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The rows, and the headings of columns that nobody asked for."""

    rows: tuple[Row, ...]
    unused: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Return a text as headings and names of organisations are compared: letters and digits."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LMN")


def headings(labels: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which column a folded heading names, from the labels in each language on offer."""
    found: dict[str, str] = {}
    for column, label in LABELS.items():
        for text in (label, *_ALSO.get(column, ()), *labels.get(column, ())):
            found.setdefault(folded(text), column)
    return found


def read(text: str, names: Mapping[str, str]) -> Roster:
    """Read a roster from CSV text, separated by comma, semicolon or tab.

    Args:
        names: which column a folded heading names (`headings`).

    Raises:
        TooLarge: more than 1 MiB.
        RuleBroken: nothing in it, columns missing or double, too many rows, broken quotes.
    """
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise TooLarge(N_("The file is larger than 1 MB. Send it in parts."))
    if "\0" in text:
        raise RuleBroken(N_("This is no text file. Send a table saved as CSV UTF-8."), field="file")
    text = text.removeprefix("\ufeff")
    told = re.match(r"sep=(.)\r?\n", text)  # Excel's own first line
    if told:
        text = text[told.end() :]
    records = _records(text, told[1] if told else _separator(text, names))
    top = next(records, None)
    if top is None:
        raise RuleBroken(N_("There is nothing in it. Send a heading and a row a person."))
    columns = _columns(top[1], names)
    rows: list[Row] = []
    for number, cells in records:
        if len(rows) == MOST_ROWS:
            said = N_("There are more than %(most)s rows. Send them in parts.")
            raise RuleBroken(said, most=MOST_ROWS)
        rows.append(_row(number, cells, columns))
    if not rows:
        raise RuleBroken(N_("There is a heading and no row below it."))
    unused = [h.strip() for h, c in zip(top[1], columns, strict=True) if not c and h.strip()]
    return Roster(tuple(rows), tuple(one[:60] for one in unused))


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number in the sheet, cells) of each record that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise RuleBroken(
                N_(
                    "After row %(row)s a quotation mark is opened and not closed, or more follows"
                    " a closed one. Save the table as CSV again."
                ),
                row=number,
            ) from None
        if cells is None:
            return
        number += 1
        if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
            said = N_("Row %(row)s has %(count)s columns; a roster has at most %(most)s.")
            raise RuleBroken(said, row=number, count=len(cells), most=MOST_COLUMNS)
        if any(cell.strip() for cell in cells):
            yield number, cells[:MOST_COLUMNS]


def _separator(text: str, names: Mapping[str, str]) -> str:
    """Return the separator by which most headings are known."""
    line = next((one for one in text.splitlines() if one.strip()), "")[:10_000]

    def known(separator: str) -> int:
        cells = next(csv.reader([line], delimiter=separator), [])
        return sum(folded(cell) in names for cell in cells)

    return max((",", ";", "\t"), key=known)


def _columns(top: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return the column of each heading, "" for those nobody asked for."""
    columns = [names.get(folded(cell), "") for cell in top]
    for column in (NAME, LOGIN):
        if column not in columns:
            raise RuleBroken(
                N_("No column is headed “%(column)s”. The first row must name the columns."),
                column=LABELS[column],
            )
    double = next((c for c in columns if c and columns.count(c) > 1), None)
    if double:
        raise RuleBroken(N_("Two columns are headed “%(column)s”."), column=LABELS[double])
    return columns


def _row(number: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    named = dict.fromkeys(LABELS, "")
    problems: list[Problem] = []
    for column, cell in zip(columns, cells, strict=False):
        if column and column != PROBLEM:
            named[column] = _clean(cell)
            problems += _flaws(column, cell, named[column])
    if any(cell.strip() for cell in cells[len(columns) :]):
        said = N_("There are more cells than headings: is a separator in one of them?")
        problems.append(Problem("", said))
    for column in (NAME, LOGIN):
        if not named[column]:
            problems.append(Problem(column, N_("This is empty.")))
    return Row(number, named, tuple(problems))


def _clean(cell: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", cell.replace("\ufeff", "")).split())
    return text[1:] if text[:1] == "'" and text[1:2] in RISKY else text  # as we wrote it


def _flaws(column: str, cell: str, text: str) -> Iterator[Problem]:
    turning = next((c for c in cell if c in _TURNS), None)
    if turning:
        said = N_(
            "There is an invisible sign that turns the direction of writing (%(code)s). Remove it."
        )
        yield Problem(column, said, {"code": f"U+{ord(turning):04X}"})
    elif any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in text):
        yield Problem(column, N_("There is a sign in it that no text has. Type it again."))
    if text.startswith(RISKY):
        said = N_("It begins with “%(sign)s”, as a formula does. Write it as text.")
        yield Problem(column, said, {"sign": text[0]})
    if _EXCEL_ERROR.fullmatch(text):
        yield Problem(column, N_("The spreadsheet put an error here. Write the value."))
    if len(text) > LONGEST_CELL:
        said = N_("It is longer than %(most)s characters.")
        yield Problem(column, said, {"most": LONGEST_CELL})
    if column == LOGIN and _SPOILT.fullmatch(text):
        said = N_(
            "The spreadsheet shortened this number. Format the column as text, and type it again."
        )
        yield Problem(column, said)
    elif column == LOGIN and any(c.isspace() or not c.isprintable() for c in text):
        yield Problem(column, N_("An e-mail address or a staff number has no blanks."))
