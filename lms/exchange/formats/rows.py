"""A row of the spreadsheet template as a question; which file it came from is no matter here."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lms.errors import N_
from lms.exchange import building, numbers
from lms.exchange.building import Choice
from lms.exchange.formats.columns import LETTERS
from lms.exchange.formats.extras import is_deep
from lms.exchange.item import Found, Table
from lms.exchange.markup.plain import one_line

_MORE = {
    "free",
    "parameters",
    "derived",
    "mistake",
    "key",
    "pinned",
    "characters",
    "rubric",
    "table",
}
_COPIED = ("outcome", "lesson", "critical", "scoring")


@dataclass(frozen=True)
class Row:
    """The cells of a row by their folded headings; blank ones are not there."""

    cells: dict[str, str]

    def get(self, name: str) -> str:
        """Return a cell's text, "" where it is blank."""
        return self.cells.get(name, "")

    def letters(self, *suffixes: str) -> list[str]:
        """Return the letters that have a cell of their own, or one of these beside it."""
        return [
            letter.lower()
            for letter in LETTERS
            if any(f"{letter.lower()}{suffix}" in self.cells for suffix in suffixes)
        ]

    def listed(self, name: str) -> list[str]:
        """Return the entries of a cell that holds several, parted by commas."""
        return [one.strip() for one in re.split(r"[,;]", self.get(name)) if one.strip()]


def question_of(found: Found, row: Row) -> Found:
    """Return what a row means, with the reason where it means nothing."""
    found.name = row.get("id") or one_line(row.get("prompt"))
    found.kind = row.get("kind").lower() or _guess(row)
    build = _KINDS.get(found.kind)
    if not row.get("prompt"):
        return found.refuse(N_("The cell “%(name)s” is empty."), name="prompt")
    more = _more(found, row)
    if build is None:
        if more is None or not isinstance(more.get("table"), dict):
            said = N_("There is no kind of question “%(kind)s” here.")
            return found.refuse(said, kind=found.kind)
        build = _other
    built = build(found, row) if more is not None else None
    if built is None or more is None:
        return found
    table: Table = {"id": row.get("id")} if row.get("id") else {}
    table |= {"prompt": row.get("prompt")} | {k: row.get(k) for k in _COPIED if row.get(k)}
    table |= {"why": row.get("why")} if row.get("why") else {}
    if points := row.get("points"):
        if not (points.isdecimal() and len(points) < 4):
            return found.refuse(N_("“%(text)s” is no whole number."), text=points[:60])
        table["points"] = int(points)
    table |= built
    _merge(table, more)
    found.table = table
    return found


def _guess(row: Row) -> str:
    if row.letters(" match"):
        return "matching"
    if row.letters(""):
        return "multiple" if len(row.listed("answer")) > 1 else "single"
    return "numeric" if row.get("answer") else "essay"


def _more(found: Found, row: Row) -> dict[str, Any] | None:
    """Return the keys of the last column, a table in JSON; None (and the reason) if it is none."""
    text = row.get("more")
    if not text:
        return {}
    try:
        more = json.loads(text)
    except (ValueError, RecursionError):
        more = None
    fits = isinstance(more, dict) and _MORE.issuperset(more) and "\\ud" not in text.lower()
    if not fits or is_deep(more):
        found.refuse(N_("The cell “%(name)s” is no table of known keys in JSON."), name="more")
        return None
    return more


def _merge(table: Table, more: dict[str, Any]) -> None:
    for name, value in more.items():
        if name == "key" and isinstance(value, dict) and isinstance(table.get("key"), dict):
            table["key"] |= value
        elif name == "table":
            table |= {key: one for key, one in value.items() if key not in table}
        elif name == "pinned" and isinstance(value, list):
            for option in table.get("option", []):
                if option["id"] in value:
                    option["pinned"] = True
        else:
            table[name] = value


def _choices(found: Found, row: Row) -> list[Choice] | None:
    letters = row.letters("")
    right = [one.lower() for one in row.listed("answer")]
    unknown = next((one for one in right if one not in letters), None)
    if unknown is not None or not right:
        wrong = unknown or row.get("answer")
        found.refuse(N_("The answer “%(answer)s” is none of the options."), answer=wrong)
        return None
    ids = row.listed("ids") or letters
    if len(ids) != len(letters):
        found.refuse(N_("The cell “%(name)s” names more or fewer than there are."), name="ids")
        return None
    choices = []
    for letter, id in zip(letters, ids, strict=True):
        share = _share(found, row, letter, Fraction(letter in right))
        if share is None:
            return None
        text = one_line(row.get(letter))
        choices.append(Choice(text, share, row.get(f"{letter} why"), id))
    return choices


def _share(found: Found, row: Row, letter: str, else_: Fraction) -> Fraction | None:
    """Return what a part earns, of 1, by the cell “match” beside it."""
    text = row.get(f"{letter} match")
    share = numbers.number(text.removesuffix("%"))
    if not text:
        return else_
    if share is None:
        found.refuse(N_("“%(text)s” is no number."), text=text[:60])
        return None
    return Fraction(share) / (100 if text.endswith("%") else 1)


def _single(found: Found, row: Row) -> Table | None:
    choices = _choices(found, row)
    return building.choose_one(found, choices) if choices else None


def _multiple(found: Found, row: Row) -> Table | None:
    choices = _choices(found, row)
    weighted = bool(row.letters(" match"))
    return building.choose_several(found, choices, weighted=weighted) if choices else None


def _matching(found: Found, row: Row) -> Table | None:
    letters = row.letters("", " match")
    stems = [letter for letter in letters if row.get(letter)]
    if any(not row.get(f"{letter} match") for letter in letters):
        found.refuse(N_("A pair has no cell “match”."))
        return None
    more = [row.get(f"{letter} match") for letter in letters if letter not in stems]
    table = building.pairs(
        [(one_line(row.get(one)), one_line(row.get(f"{one} match"))) for one in stems], more
    )
    for stem, letter in zip(table["stem"], stems, strict=True):
        stem["why"] = row.get(f"{letter} why")
    _rename(table, "stem", row.listed("ids"))
    names = {
        one["id"]: id for one, id in zip(table["target"], row.listed("match ids"), strict=False)
    }
    if len(names) == len(table["target"]):
        for one in (*table["stem"], *table["target"]):
            name = "target" if "target" in one else "id"
            one[name] = names[one[name]]
    return table


def _rename(table: Table, name: str, ids: list[str]) -> None:
    if len(ids) == len(table[name]):
        for one, id in zip(table[name], ids, strict=True):
            one["id"] = id


def _ordering(found: Found, row: Row) -> Table | None:
    letters = row.letters("")
    table = building.in_order([one_line(row.get(letter)) for letter in letters])
    for step, letter in zip(table["step"], letters, strict=True):
        step["why"] = row.get(f"{letter} why")
    _rename(table, "step", row.listed("ids"))
    return table


def _numeric(found: Found, row: Row) -> Table | None:
    if not row.get("answer"):
        found.refuse(N_("The cell “%(name)s” is empty."), name="answer")
        return None
    answer = numbers.number(row.get("answer"))
    key: Table = {"formula": row.get("answer")}
    if answer is not None:
        key = numbers.a_number(answer, Decimal(0))["key"]
        del key["absolute"]
    off = row.get("tolerance")
    share = numbers.number(off.removesuffix("%")) if off.endswith("%") else None
    size = numbers.number(off) if off and share is None else None
    if share is not None:
        key["relative"] = numbers.digits(abs(share) / 100)
    elif size is not None:
        key["absolute"] = numbers.digits(abs(size))
    elif off:
        found.refuse(N_("“%(text)s” is no number with a tolerance."), text=off[:60])
        return None
    elif not re.search(r'"(absolute|relative)"', row.get("more")):
        key["absolute"] = "0"
        found.change(N_("No tolerance is given: only the exact number is right."))
    key |= {"unit": row.get("unit")} if row.get("unit") else {}
    key |= {"units": row.listed("units")} if row.get("units") else {}
    return {"kind": "numeric", "key": key}


def _essay(found: Found, row: Row) -> Table | None:
    table = building.essay()
    if row.get("model answer"):
        table["model_answer"] = row.get("model answer")
    for name in ("words min", "words max"):
        if (text := row.get(name)).isdecimal() and len(text) < 6:
            table[name.replace(" ", "_")] = int(text)
        elif text:
            found.refuse(N_("“%(text)s” is no whole number."), text=text[:60])
            return None
    letters = row.letters("")
    if letters:
        table["criterion"] = [
            {"id": letter, "title": row.get(letter), "levels": _levels(row.get(f"{letter} match"))}
            for letter in letters
        ]
        _rename(table, "criterion", row.listed("ids"))
    return table


def _short(found: Found, row: Row) -> Table | None:
    patterns = []
    for letter in row.letters(""):
        share = _share(found, row, letter, Fraction(1))
        if share is None:
            return None
        patterns.append(Choice(row.get(letter), share, row.get(f"{letter} why")))
    table = building.short(found, patterns or [Choice(row.get("answer"), Fraction(1))])
    if table and row.get("answer"):
        table["answer"] = one_line(row.get("answer"))
    return table


def _other(found: Found, row: Row) -> Table:
    """A kind without columns of its own: all of it stands in the last one."""
    return {"kind": found.kind}


def _levels(cell: str) -> list[str]:
    return [line.strip() for line in cell.split("\n") if line.strip()]


_KINDS = {
    "single": _single,
    "multiple": _multiple,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "essay": _essay,
    "short": _short,
}
