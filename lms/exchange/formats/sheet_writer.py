"""Writes the spreadsheet template, CSV or XLSX; nothing of a question is left out."""

import io
import json
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from lms.errors import N_
from lms.exchange.formats.columns import LETTERS, header
from lms.exchange.item import Table
from lms.exchange.numbers import digits, number
from lms.exchange.outgoing import Leaving
from lms.web.sheet import written

_COPIED = ("id", "kind", "outcome", "lesson", "critical", "points", "scoring", "prompt", "why")
_MORE = ("free", "parameters", "derived", "mistake", "characters", "rubric")
_IN_KEY = ("formula", "unit", "units")
_PARTS = {"single": "option", "multiple": "option", "matching": "stem", "ordering": "step",
          "essay": "criterion", "short": "accept"}  # fmt: skip


def write_csv(leaving: Sequence[Leaving]) -> bytes:
    """Return questions as a CSV file that spreadsheets open safely."""
    headings, rows = _table(leaving)
    return written(headings, rows)


def write_xlsx(leaving: Sequence[Leaving]) -> bytes:
    """Return questions as a workbook; every cell is text, so that nothing is computed."""
    headings, rows = _table(leaving)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("questions")
    for row in (headings, *rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text or None)
            cell.data_type = "s" if text else "n"
            cells.append(cell)
        sheet.append(cells)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _table(leaving: Sequence[Leaving]) -> tuple[list[str], list[list[str]]]:
    rows = [cells for one in leaving if (cells := _cells(one))]
    most = max((len(_lettered(one.table)) for one in leaving), default=0)
    headings = header(most)
    return headings, [[cells.get(name, "") for name in headings] for cells in rows]


def _lettered(table: Table) -> list[Table]:
    """Return what gets a letter: options, steps, …; unmatched targets stand behind the stems."""
    parts = list(table.get(_PARTS.get(table["kind"], ""), []))
    used = {one.get("target") for one in parts}
    return parts + [one for one in table.get("target", []) if one["id"] not in used]


def _cells(one: Leaving) -> dict[str, str]:
    table = one.table
    cells = {name: str(table[name]) for name in _COPIED if table.get(name)}
    more = {name: table[name] for name in _MORE if table.get(name)}
    if table["kind"] not in (*_PARTS, "numeric"):  # a kind without columns of its own
        more = {"table": {name: value for name, value in table.items() if name not in _COPIED}}
    parts = _lettered(table)
    if len(parts) > len(LETTERS):
        one.refuse(N_("It has more parts than the template has columns."))
        return {}
    if table["kind"] in _OWN:
        _OWN[table["kind"]](table, cells, more)
    for letter, part in zip(LETTERS, parts, strict=False):
        if table["kind"] != "matching" or "target" in part:  # unmatched targets: no stem
            cells[letter] = str(part.get("text") or part.get("title") or part.get("pattern"))
        if part.get("why"):
            cells[f"{letter} why"] = part["why"]
    if ids := [part["id"] for part in table.get(_PARTS.get(table["kind"], ""), []) if "id" in part]:
        cells["ids"] = ", ".join(ids)
    if more:
        cells["more"] = json.dumps(more, ensure_ascii=False, sort_keys=True)
    return cells


def _of_options(table: Table, cells: dict[str, str], more: Table) -> None:
    options = table["option"]
    right = [letter for letter, o in zip(LETTERS, options, strict=False) if o.get("correct")]
    cells["answer"] = ", ".join(right)
    if pinned := [option["id"] for option in options if option.get("pinned")]:
        more["pinned"] = pinned
    for letter, option in zip(LETTERS, options, strict=False):
        if "weight" in option:
            cells[f"{letter} match"] = option["weight"]


def _of_pairs(table: Table, cells: dict[str, str], more: Table) -> None:
    parts = _lettered(table)
    targets = {target["id"]: target["text"] for target in table["target"]}
    for letter, part in zip(LETTERS, parts, strict=False):
        cells[f"{letter} match"] = targets[part.get("target", part["id"])]
    ids = dict.fromkeys(str(part.get("target", part["id"])) for part in parts)
    cells["match ids"] = ", ".join(ids)


def _of_number(table: Table, cells: dict[str, str], more: Table) -> None:
    key = table["key"]
    cells["answer"] = key["formula"]
    held = {name: value for name, value in key.items() if name not in _IN_KEY}
    relative, absolute = key.get("relative"), key.get("absolute")
    if absolute is not None and relative is None:
        cells["tolerance"] = held.pop("absolute")
    elif absolute is None:
        share = number(held.pop("relative", "0.02")) or Decimal(0)
        cells["tolerance"] = f"{digits((share * 100).normalize())} %"
    if key.get("unit"):
        cells["unit"] = key["unit"]
    if key.get("units"):
        cells["units"] = ", ".join(key["units"])
    if held:
        more["key"] = held


def _of_essay(table: Table, cells: dict[str, str], more: Table) -> None:
    if table.get("model_answer"):
        cells["model answer"] = table["model_answer"]
    for name in ("words_min", "words_max"):
        if name in table:
            cells[name.replace("_", " ")] = str(table[name])
    for letter, one in zip(LETTERS, table.get("criterion", []), strict=False):
        cells[f"{letter} match"] = "\n".join(" ".join(level.split()) for level in one["levels"])


def _of_words(table: Table, cells: dict[str, str], more: Table) -> None:
    cells["answer"] = table["answer"]
    for letter, one in zip(LETTERS, table["accept"], strict=False):
        if "weight" in one:
            cells[f"{letter} match"] = one["weight"]


_OWN = {
    "single": _of_options,
    "multiple": _of_options,
    "matching": _of_pairs,
    "numeric": _of_number,
    "essay": _of_essay,
    "short": _of_words,
}
