"""A plain table of chosen options with its key, read from CSV text; strict, and pure.

A row a person, a column an item named in the header, cells the chosen option; a cell left empty
is a blank answer, scored 0. The key has the columns `item` and `key`. Nothing of the database.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lms.psychometrics.rules.items import Table

DELIMITERS = ",;\t"


class SheetRefused(Exception):
    """What is wrong with a file, in one sentence, with the line where it has one."""


@dataclass(frozen=True)
class Answers:
    """What each person chose: `chosen[person][item]`, "" for a blank; the key of each item.

    id_column: the name of a first column that is no item of the key, where there is one.
    """

    items: tuple[str, ...]
    key: tuple[str, ...]
    persons: tuple[str, ...]
    chosen: tuple[tuple[str, ...], ...]
    id_column: str | None

    @property
    def blanks(self) -> int:
        """Return how many cells are blank."""
        return sum(cell == "" for row in self.chosen for cell in row)

    @property
    def repeated(self) -> list[str]:
        """Return the ids that stand in more than one row."""
        if self.id_column is None:
            return []
        return [one for one, count in Counter(self.persons).items() if count > 1]

    def scores(self) -> Table:
        """Return persons × items: 1 where the key was chosen, else 0."""
        shape = (len(self.persons), len(self.items))
        hits = [[cell == key for cell, key in zip(row, self.key, strict=True)]
                for row in self.chosen]  # fmt: skip
        return np.array(hits, dtype=float).reshape(shape)

    def column(self, item: int) -> list[str]:
        """Return what everybody chose of an item, by its number from 0."""
        return [row[item] for row in self.chosen]


def read_answers(text: str, key_text: str) -> Answers:
    """Return the answers of a file, with the key of another.

    Raises:
        SheetRefused: at the first thing that is wrong.
    """
    key = _read_key(key_text)
    rows = _rows(text, "the answers")
    _line, header = next(rows, (0, []))
    items, id_column = _items(header, key)
    persons: list[str] = []
    chosen: list[tuple[str, ...]] = []
    for line, row in rows:
        if len(row) != len(header):
            raise SheetRefused(
                f"line {line} of the answers has {len(row)} cells, the header has {len(header)}"
            )
        persons.append(row[0] if id_column is not None else str(len(persons) + 1))
        chosen.append(tuple(row[len(header) - len(items) :]))
    if not persons:
        raise SheetRefused("the answers have a header and no row of a person")
    return Answers(items, tuple(key[one] for one in items), tuple(persons), tuple(chosen),
                   id_column)  # fmt: skip


def _items(header: list[str], key: dict[str, str]) -> tuple[tuple[str, ...], str | None]:
    if not header:
        raise SheetRefused("the answers are empty: a header with the items is missing")
    id_column = header[0] if header[0] not in key else None
    items = header[1:] if id_column is not None else header
    if unnamed := [place for place, one in enumerate(items) if not one]:
        raise SheetRefused(f"column {header.index('', unnamed[0]) + 1} of the answers has no name")
    if twice := [one for one, count in Counter(items).items() if count > 1]:
        raise SheetRefused(f"the answers name item “{twice[0]}” twice")
    if unkeyed := [one for one in items if one not in key]:
        more = f" and {len(unkeyed) - 1} more" if len(unkeyed) > 1 else ""
        raise SheetRefused(f"the key has no item “{unkeyed[0]}”{more}, which the answers name")
    if missing := [one for one in key if one not in items]:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise SheetRefused(f"the answers have no column “{missing[0]}”{more}, which the key names")
    return tuple(items), id_column


def _read_key(text: str) -> dict[str, str]:
    rows = _rows(text, "the key")
    _line, header = next(rows, (0, []))
    names = [one.casefold() for one in header]
    if "item" not in names or "key" not in names:
        raise SheetRefused("the key needs the columns “item” and “key” in its header")
    found: dict[str, str] = {}
    for line, row in rows:
        if len(row) != len(header):
            raise SheetRefused(
                f"line {line} of the key has {len(row)} cells, the header has {len(header)}"
            )
        item, right = row[names.index("item")], row[names.index("key")]
        if not item or not right:
            raise SheetRefused(f"line {line} of the key lacks its item or its key")
        if item in found:
            raise SheetRefused(f"line {line} of the key names item “{item}” a second time")
        found[item] = right
    if not found:
        raise SheetRefused("the key names no item")
    return found


def _rows(text: str, what: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with its line, cells without the blanks around them."""
    first = text.removeprefix("\ufeff").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) or len(cells) > 1:
                yield reader.line_num, cells
    except csv.Error as error:
        raise SheetRefused(f"line {reader.line_num} of {what} is no CSV: {error}") from None
