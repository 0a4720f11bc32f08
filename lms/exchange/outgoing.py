"""A question of ours on its way out: what is written, and what its format has no place for."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from lms.errors import N_
from lms.exchange.item import Said, Table
from lms.exchange.judging import LESSON, OUTCOME, TODO
from lms.exchange.numbers import digits, number

_FIGURE = re.compile(r"\]\((figures/[A-Za-z0-9._-]{1,120})\)")
_PARTS = ("option", "stem", "step", "accept")


@dataclass
class Leaving:
    """One question that is written, with what is left out of it and why it may not be written."""

    table: Table
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    changes: list[Said] = field(default_factory=list)
    refused: Said | None = None

    @property
    def verdict(self) -> Literal["exported", "changed", "refused"]:
        """Return what became of it."""
        if self.refused:
            return "refused"
        return "changed" if self.changes else "exported"

    @property
    def reason(self) -> str:
        """Return all reasons on one line, in the source language."""
        return " ".join(message % params for message, params in self.reasons)

    @property
    def reasons(self) -> list[Said]:
        """Return why it is not written, or what is left out of it."""
        return [self.refused] if self.refused else self.changes

    def plain(self) -> dict[str, str]:
        """Return the question as `questions export --json` prints it."""
        kind = str(self.table.get("kind", ""))
        name = str(self.table.get("id", ""))
        return {"name": name, "kind": kind, "verdict": self.verdict, "reason": self.reason}

    def change(self, message: str, **params: object) -> None:
        """Note what is left out, once."""
        said = (message, {name: str(value) for name, value in params.items()})
        if said not in self.changes:
            self.changes.append(said)

    def refuse(self, message: str, **params: object) -> None:
        """Note why it is not written."""
        self.refused = (message, {name: str(value) for name, value in params.items()})

    def leave_out(self, *names: str) -> None:
        """Note those of these keys that the question has and the format has no place for."""
        there = [name for name in names if self.has(name)]
        if there:
            self.change(N_("Left out: %(names)s."), names=", ".join(there))

    def shown(self) -> list[str]:
        """Return the paths of the figures that its texts show, in order."""
        texts = json.dumps(self.table, ensure_ascii=False)
        return list(dict.fromkeys(_FIGURE.findall(texts)))

    def without_pictures(self) -> None:
        """Note the pictures that the format cannot carry."""
        if names := self.shown():
            self.change(N_("This format carries no pictures: %(names)s."), names=", ".join(names))

    def carried(self) -> dict[str, bytes]:
        """Return the pictures that go along, and note those that are not at hand."""
        shown = self.shown()
        if gone := [path for path in shown if path not in self.pictures]:
            self.change(N_("Left out: %(names)s."), names=", ".join(gone))
        return {path: self.pictures[path] for path in shown if path not in gone}

    def has(self, name: str) -> bool:
        """Tell whether the question has a key: of its own, or `stem.why` of one of its parts."""
        part, _, key = name.partition(".")
        if not key:
            return bool(self.table.get(part))
        held = self.table.get(part, [])
        return any(one.get(key) for one in ([held] if isinstance(held, Mapping) else held))


def without_todo(table: Mapping[str, Any]) -> Table:
    """Return a table without the texts that wait to be written: they are no content."""
    kept = {name: value for name, value in table.items() if not _is_todo(value)}
    if kept.get("outcome") == OUTCOME:
        del kept["outcome"]
    if kept.get("lesson") == LESSON:
        del kept["lesson"]
    for name in _PARTS:
        if isinstance(kept.get(name), list):
            kept[name] = [{k: v for k, v in o.items() if not _is_todo(v)} for o in kept[name]]
    criteria = kept.get("criterion")
    if isinstance(criteria, list) and any(_is_todo(one.get("title")) for one in criteria):
        del kept["criterion"]
    return kept


def _is_todo(value: object) -> bool:
    return isinstance(value, str) and value.startswith(TODO)


def fixed_number(leaving: Leaving) -> tuple[Decimal, Decimal] | None:
    """Return a numeric question's answer and how far off it may be; None if it is worked out."""
    table = leaving.table
    key = table.get("key", {})
    answer = number(str(key.get("formula", "")))
    if table.get("parameters") or table.get("derived") or answer is None:
        leaving.refuse(N_("Its numbers are drawn anew for everybody: this format cannot say that."))
        return None
    try:
        share = abs(answer) * Decimal(str(key.get("relative", "0")))
        if "relative" not in key and "absolute" not in key:
            share = abs(answer) * Decimal("0.02")
        off = max(Decimal(str(key.get("absolute", "0"))), share)
    except InvalidOperation:
        leaving.refuse(N_("Its tolerance is no number."))
        return None
    return answer, Decimal(digits(off.normalize()))


def tiers(leaving: Leaving, answer: Decimal) -> list[tuple[Decimal, Decimal]]:
    """Return the wider tolerances of a numeric question: how far off, and the share it earns."""
    listed = []
    for tier in leaving.table.get("key", {}).get("tier", []):
        off = max(
            Decimal(tier.get("absolute", "0")), abs(answer) * Decimal(tier.get("relative", "0"))
        )
        listed.append((Decimal(digits(off.normalize())), Decimal(tier["weight"])))
    return listed


def per_cent(share: Decimal) -> str:
    """Return a share in per cent, to five decimals, as Moodle's formats write it."""
    text = f"{(share * 100).quantize(Decimal('0.00001')):f}"
    return text.rstrip("0").rstrip(".")


def option_shares(table: Table) -> list[Decimal]:
    """Return what each option earns, of 1: by its weight, or by the rule of its kind."""
    options = table.get("option", [])
    right = sum(bool(one.get("correct")) for one in options) or 1
    one_each = table["kind"] == "single"
    shares = []
    for one in options:
        if "weight" in one:
            shares.append(Decimal(one["weight"]))
        elif one.get("correct"):
            shares.append(Decimal(1) if one_each else Decimal(1) / right)
        else:
            shares.append(Decimal(0) if one_each or _is_weighted(table) else -Decimal(1) / right)
    return shares


def _is_weighted(table: Table) -> bool:
    return table.get("scoring") == "weighted"
