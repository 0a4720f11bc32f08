"""A question as a file from elsewhere holds it, and what became of it. No format lives here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lms.errors import N_
from lms.exchange.pictures import LEFT_OUT, Gallery, Unfit

Table = dict[str, Any]  # a [[question]] table, as TOML would give it
Said = tuple[str, Mapping[str, str]]  # a translatable template and its parameters
Verdict = Literal["imported", "changed", "refused"]

BESIDE = N_("The picture “%(name)s” lies in %(path)s of the draft: draw it where TODO stands.")
UNNAMED = 60  # characters of the prompt that stand for a missing name


class Unreadable(Exception):
    """A file of which nothing can be read; says why, and at which line if at one."""

    def __init__(
        self, message: str, line: int | None = None, file: str = "", **params: str
    ) -> None:
        super().__init__(message % params)
        self.said: Said = (message, params)
        self.line = line
        self.file = file


@dataclass
class Found:
    """One question of a file, on its way into a table of ours.

    Attributes:
        name: what the source calls it; "" where it has no name.
        line: where it begins, from 1; in a spreadsheet the row; None where nobody counts.
        kind: ours, or the source's own word for what we do not have.
        table: as far as the source fills it; None where it is refused.
        changes: what differs from the source, or is lacking in it.
        refused: why it is not taken.
        file: which file of a package it stands in; "" outside packages.
        gallery: the pictures that the source holds.
        pictures: those that it shows, by their paths in the draft.
    """

    name: str
    line: int | None
    kind: str = ""
    table: Table | None = None
    changes: list[Said] = field(default_factory=list)
    refused: Said | None = None
    file: str = ""
    gallery: Gallery = field(default_factory=Gallery)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def picture(self, source: str, alt: str) -> str:
        """Take a picture along and return its path in the draft; "" (and why) where it cannot."""
        name = "…" if source.startswith("data:") else source.rpartition("/")[2][:60]
        try:
            path = self.gallery.take(source, alt, self.file)
        except Unfit as unfit:
            message = unfit.message if self.gallery.held else LEFT_OUT
            self.change(message, name=name or alt or "…", **unfit.params)
            return ""
        self.pictures[path] = self.gallery.taken[path]
        if not path.startswith("figures/"):
            self.change(BESIDE, name=name, path=path)
        return path

    def change(self, message: str, **params: object) -> None:
        """Note what differs, once."""
        said = (message, {name: str(value) for name, value in params.items()})
        if said not in self.changes:
            self.changes.append(said)

    def refuse(self, message: str, **params: object) -> "Found":
        """Note why it is not taken; the first reason stands."""
        if self.refused is None:
            self.refused = (message, {name: str(value)[:200] for name, value in params.items()})
        self.table = None
        return self


@dataclass(frozen=True)
class Item:
    """The verdict on one question: what it is called, where it stood, and why."""

    name: str
    kind: str
    verdict: Verdict
    line: int | None
    reasons: tuple[Said, ...] = ()
    table: Table | None = None
    file: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Return all reasons on one line, in the source language."""
        return " ".join(" ".join((message % params).split()) for message, params in self.reasons)

    def plain(self) -> dict[str, Any]:
        """Return the item as `questions import --json` prints it."""
        return {
            "name": self.name,
            "kind": self.kind,
            "verdict": self.verdict,
            "line": self.line,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Report:
    """What a file held: a verdict for every question, and the format it was read as."""

    format: str
    items: tuple[Item, ...]

    @property
    def taken(self) -> list[Table]:
        """Return the tables of what was imported or changed, in the order of the file."""
        return [item.table for item in self.items if item.table is not None]

    @property
    def pictures(self) -> dict[str, bytes]:
        """Return the pictures of what was taken, by their paths in the draft."""
        taken = (one.pictures for one in self.items if one.table is not None)
        return {path: data for held in taken for path, data in held.items()}

    def count(self, verdict: Verdict) -> int:
        """Return how many questions have a verdict."""
        return sum(item.verdict == verdict for item in self.items)

    def plain(self) -> dict[str, Any]:
        """Return the report as `questions import --json` prints it."""
        return {"items": [item.plain() for item in self.items]}


def whole_refused(name: str, format: str, error: Unreadable) -> Report:
    """Return the report on a file of which nothing could be read."""
    item = Item(name, "", "refused", error.line, (error.said,), None, error.file)
    return Report(format, (item,))


NOTHING = N_("There is no question in this file.")
