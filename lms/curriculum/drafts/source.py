"""Where curriculum comes from: named folders, found and read as bytes; nothing is judged here."""

import importlib.metadata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lms.columns import digest
from lms.curriculum.checking.problem import Problem
from lms.errors import N_

GROUP = "lms.curriculum"
UPLOADS = "uploads"  # the source of modules that were uploaded: they have no folder
LARGEST_FILE = 1024 * 1024
DEEPEST = 5
MOST_FILES = 20_000
_BESIDE = {"glossary.toml", "review.toml"}  # they may change without a new version
_PASSED_OVER = {"__pycache__", "node_modules"}


@dataclass(frozen=True)
class Source:
    """A named folder of curriculum."""

    name: str
    folder: Path


@dataclass(frozen=True)
class Folder:
    """The files of one folder as bytes, by their path from it."""

    source: str
    path: str
    files: dict[str, bytes]

    def place(self, file: str) -> str:
        """Return how a file of this folder is named to people."""
        return "/".join(part for part in (self.source, self.path, file) if part)

    def digest(self) -> str:
        """Return the digest of every file of a version as it lies here."""
        files = {path: digest(data) for path, data in self.files.items()}
        return digest({path: found for path, found in files.items() if path not in _BESIDE})


@dataclass
class Contents:
    """What one source holds: its own tables, and a folder for each module."""

    shared: Folder
    modules: list[Folder] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def from_directories(folders: Iterable[Path]) -> list[Source]:
    """Return a source for each configured directory, named after it."""
    return [Source(folder.resolve().name, folder) for folder in folders]


def from_distributions() -> list[Source]:
    """Return the data folders that installed distributions name in the group `lms.curriculum`.

    The distribution's list of files says where the folder is; nothing of it is imported.
    """
    sources = []
    for entry in importlib.metadata.entry_points(group=GROUP):
        top = PurePosixPath(entry.value.replace(".", "/"))
        files = (entry.dist.files if entry.dist else None) or []
        inside = [file for file in files if top in PurePosixPath(str(file)).parents]
        if entry.dist and inside:
            sources.append(Source(entry.name, Path(str(entry.dist.locate_file(str(top))))))
    return sources


def read(source: Source) -> Contents:
    """Read a source whole. Links are refused, never followed; a huge file is refused, not read."""
    contents = Contents(Folder(source.name, "", {}))
    folder = source.folder
    if not folder.is_dir():
        contents.problems.append(
            Problem(source.name, "", N_("there is no such folder"), N_("correct its path"))
        )
        return contents
    files = _files(source, folder.resolve(), contents.problems)
    homes: dict[str, Folder] = {}
    for path, data in files.items():
        home = _module_of(path, files)
        if home is None:
            contents.shared.files[path] = data
            continue
        module = homes.setdefault(home, Folder(source.name, home, {}))
        module.files[path.removeprefix(f"{home}/")] = data
    contents.modules.extend(homes.values())
    return contents


def _module_of(path: str, files: dict[str, bytes]) -> str | None:
    """Return the path of the module folder that a file lies in, None for a shared file."""
    for parent in PurePosixPath(path).parents:
        home = "" if str(parent) == "." else str(parent)
        if (f"{home}/module.toml" if home else "module.toml") in files:
            return home
    return None


def _files(source: Source, top: Path, problems: list[Problem]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path in _walk(top, 0):
        name = path.relative_to(top).as_posix()
        place = f"{source.name}/{name}"
        if path.is_symlink():
            message, mend = N_("this is a link"), N_("put the file itself in its place")
        elif path.stat().st_size > LARGEST_FILE:
            message, mend = N_("this file is larger than 1 MiB"), N_("make it smaller")
        elif len(files) >= MOST_FILES:
            message, mend = N_("this source has too many files"), N_("split it")
        else:
            files[name] = path.read_bytes()
            continue
        problems.append(Problem(place, "", message, mend))
    return files


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    """Yield files and links below a folder in order, files of a folder before its folders'."""
    entries = sorted(folder.iterdir(), key=lambda entry: (entry.is_dir(), entry.name))
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _PASSED_OVER or entry.suffix == ".py":
            continue
        if entry.is_symlink() or entry.is_file():
            yield entry
        elif entry.is_dir() and depth < DEEPEST:
            yield from _walk(entry, depth + 1)
