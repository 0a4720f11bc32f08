"""A module as a review reads it: its tables as written, its lessons in blocks. Judges nothing."""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.draft import Shared
from lms.curriculum.drafts.source import Folder
from lms.curriculum.needs import ref
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.prose import Block, blocks

Table = Mapping[str, Any]
NOTHING: Table = MappingProxyType({})
_TEXTS = ("prompt", "stimulus", "why", "text", "model_answer", "guide", "set_up", "safety")
_ASKED = ("prompt", "text")


@dataclass(frozen=True)
class Place:
    """A file of a module and a key in it; `about` is the question that the key counts."""

    file: str
    key: str = ""
    about: str = ""


@dataclass(frozen=True)
class Item:
    """One [[question]] as its author wrote it, with the id of the case that it stands in."""

    place: Place
    table: Table
    case: str = ""

    @property
    def id(self) -> str:
        return str(self.table.get("id", ""))

    @property
    def kind(self) -> str:
        return str(self.table.get("kind", ""))

    @property
    def options(self) -> Sequence[Table]:
        return rows(self.table, "option")

    def asked(self) -> str:
        """Return all that a learner reads before answering: prompt, options, pairs, steps."""
        return " ".join(text for _, text in texts(self.table, self.place, _ASKED))


@dataclass(frozen=True)
class Lesson:
    """A lesson's file, text and blocks."""

    code: str
    file: str
    text: str

    @cached_property
    def blocks(self) -> Sequence[Block]:
        return blocks(self.text)


@dataclass
class Matter:
    """One module under review.

    Attributes:
        items: every question, those of cases too.
        tables: case heads and practicals with their file: texts beside the questions.
    """

    folder: Folder
    manifest: Table
    lessons: list[Lesson] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    tables: list[tuple[str, Table]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.manifest.get("id", ""))

    @property
    def outcomes(self) -> list[str]:
        return [str(outcome.get("id")) for outcome in rows(self.manifest, "outcome")]

    def finding(
        self,
        kind: str,
        at: Place,
        what: str,
        mend: str,
        params: Mapping[str, Any] = NOTHING,
        *,
        about: str = "",
        note: bool = False,
    ) -> Finding:
        """Return a finding in this module."""
        file = self.folder.place(at.file)
        problem = Problem(file, at.key, what, mend, dict(params), note, at.about)
        return Finding(kind, problem, about or at.about)

    @cached_property
    def authored(self) -> Sequence[tuple[Place, str]]:
        """Every text outside the lessons with its place."""
        tables = [(item.place, item.table) for item in self.items]
        tables += [(Place(file), table) for file, table in self.tables]
        return [text for place, table in tables for text in texts(table, place, _TEXTS)]


@dataclass(frozen=True)
class Curriculum:
    """What is reviewed together: all modules, and what is defined beside them."""

    modules: Sequence[Matter]
    shared: Shared

    def known_modules(self) -> Collection[str]:
        """Return every module's id that exists or that roles and programmes still wait for."""
        names = {matter.id for matter in self.modules} | self._planned()
        for table in self.shared.roles.values():
            names |= {ref(name).module for role in table.role for name in role.modules}
        for programme in self.shared.programmes.values():
            names |= {ref(name).module for name in programme.modules}
        return names

    def unwritten(self) -> Collection[str]:
        """Return the ids of the modules that are planned and not there yet."""
        return self._planned() - {matter.id for matter in self.modules}

    def _planned(self) -> set[str]:
        return {one.id for table in self.shared.tracks.values() for one in table.planned}


def rows(table: Table, name: str) -> Sequence[Table]:
    """Return the [[tables]] of a name, as far as they are tables."""
    found = table.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def texts(table: Table, place: Place, names: Collection[str]) -> Iterator[tuple[Place, str]]:
    """Yield each text of a table, at any depth, whose key is one of `names`."""
    for name, value in table.items():
        key = f"{place.key}.{name}" if place.key else name
        here = Place(place.file, key, place.about)
        if isinstance(value, str) and name in names:
            yield here, value
        elif isinstance(value, Mapping):
            yield from texts(value, here, names)
        elif isinstance(value, list) and name != "question":
            for index, entry in enumerate(value):
                if isinstance(entry, Mapping):
                    yield from texts(
                        entry, Place(place.file, f"{key}[{index}]", place.about), names
                    )


def matter_of(folder: Folder) -> Matter:
    """Return a module's folder as a review reads it; what is no TOML is for the check to say."""
    matter = Matter(folder, _table(folder.files.get("module.toml", b"")))
    listed = matter.manifest.get("lessons")
    order = listed if isinstance(listed, list) else []
    found = {}
    for path, data in folder.files.items():
        top, stem = path.partition("/")[0], PurePosixPath(path).stem
        if top == "lessons" and path.endswith(".md"):
            found[stem] = Lesson(stem, path, data.decode("utf-8-sig", "replace"))
        elif top in ("questions", "essays", "cases"):
            _read_items(matter, path, _table(data))
        elif top == "practicals":
            matter.tables.append((path, _table(data)))
    matter.lessons = [found[code] for code in order if code in found]
    return matter


def _read_items(matter: Matter, file: str, table: Table) -> None:
    case = ""
    if file.startswith("cases/"):
        case = str(table.get("id", PurePosixPath(file).stem))
        matter.tables.append((file, {k: v for k, v in table.items() if k != "question"}))
    for index, question in enumerate(rows(table, "question")):
        place = Place(file, f"question[{index}]", str(question.get("id", ""))[:80])
        matter.items.append(Item(place, question, case))


def _table(data: bytes) -> Table:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
