"""A draft module folder around imported questions: files as bytes, a ZIP of them, a folder."""

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from lms.errors import N_, RuleBroken
from lms.exchange import toml
from lms.exchange.item import Report, Table
from lms.exchange.judging import LESSON

MANIFEST = "module.toml"
_MOST_DRAWN = 20
_HEAD = """Questions imported from {name}. Each text that begins with TODO is for you to write,
and every outcome "LO0" and lesson "10-todo" to be replaced by one of the module's own."""


def files_of(name: str, report: Report) -> dict[str, bytes]:
    """Return the files of a whole draft module that holds what a report took.

    Args:
        name: the name of the file that was read; what the questions' file is called after.
    """
    files = question_files(name, report)
    if not files:
        raise RuleBroken(N_("No question of this file was taken: there is nothing to keep."))
    files[MANIFEST] = _manifest(name, report.taken).encode()
    files[f"lessons/{LESSON}.md"] = _lesson().encode()
    return files


def question_files(name: str, report: Report) -> dict[str, bytes]:
    """Return the files with the questions alone, essays apart, and their pictures."""
    stem = stem_of(name)
    parts = {
        f"questions/{stem}.toml": [one for one in report.taken if one["kind"] != "essay"],
        f"essays/{stem}.toml": [one for one in report.taken if one["kind"] == "essay"],
    }
    head = _HEAD.format(name=_printable(name))
    files = {path: toml.written(tables, head).encode() for path, tables in parts.items() if tables}
    return files | report.pictures


def stem_of(name: str) -> str:
    """Return what the files of a draft are called: letters, digits and hyphens."""
    stem = PurePosixPath(name.replace("\\", "/")).stem.lower()
    return re.sub(r"[^a-z0-9]+", "-", stem)[:60].strip("-") or "questions"


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in name)[:120]


def _manifest(name: str, tables: Sequence[Table]) -> str:
    outcomes = sorted({str(table["outcome"]) for table in tables})
    lines = [
        "# A draft around imported questions: each TODO is for you to write.",
        'id = "NEW101"',
        f"title = {json.dumps(f'TODO: title ({_printable(name)})', ensure_ascii=False)}",
        'version = "1.0.0"',
        'level = "foundation"',
        'language = "en"',
        'summary = "TODO: one or two sentences for the catalogue."',
        "hours = { theory = 1, simulator = 0, practical = 0, workplace = 0 }",
        "needs = []",
        'roles = ["all"]',
        "requalify_months = 24",
        f"lessons = [{toml.value_of(LESSON)}]",
        "references = []",
    ]
    for outcome in outcomes:
        lines += ["", "[[outcome]]", f"id = {toml.value_of(outcome)}"]
        lines += [f'text = "TODO: what the learner can do ({outcome})"']
    lines += ["", "[[competency]]", 'id = "FND-01"', "most = 1", "from_paper = 1"]
    lines += ["", "[paper]", "minutes = 45"]
    for outcome in outcomes:
        lines += _draws(outcome, [table for table in tables if table["outcome"] == outcome])
    lines += ["", "[pass]", 'knowledge = "0.80"', "attempts = 2", "wait_hours = 24"]
    return "\n".join(lines) + "\n"


def _draws(outcome: str, tables: Sequence[Table]) -> list[str]:
    """Return the lines of the paper for one outcome: what a machine marks, and what a person."""
    essays = sum(table["kind"] == "essay" for table in tables)
    lines = []
    for count, kinds in ((len(tables) - essays, ""), (min(essays, 1), 'kinds = ["essay"]')):
        if count:
            lines += ["", "[[paper.draw]]", f"outcomes = [{toml.value_of(outcome)}]"]
            lines += [kinds] * bool(kinds) + [f"count = {min(count, _MOST_DRAWN)}"]
    return lines


def _lesson() -> str:
    return (
        "# TODO: title of the lesson\n\n"
        "TODO: write what a learner reads before these questions, and again after a mistake.\n"
    )


def write_into(folder: Path, name: str, report: Report) -> list[Path]:
    """Write a draft below `folder`: a whole module, or its questions where a module is already.

    Nothing is overwritten; the same draft again changes nothing.

    Raises:
        RuleBroken: a file is there and says something else, or nothing was taken.
    """
    files = files_of(name, report)
    if (folder / MANIFEST).exists():
        files = question_files(name, report)
    for path, data in files.items():
        place = folder / path
        if place.is_symlink() or (place.exists() and _held(place) != data):
            said = N_("%(file)s is there already and holds something else: nothing was written.")
            raise RuleBroken(said, file=str(place))
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return [folder / path for path in files]


def _held(place: Path) -> bytes:
    return place.read_bytes() if place.is_file() else b""


def tables_in(path: str, data: bytes) -> list[Table]:
    """Return the `[[question]]` tables of one file; those of a case begin with its stimulus.

    Raises RuleBroken where it is no TOML.
    """
    try:
        whole = tomllib.loads(data.decode("utf-8"))
    except ValueError as error:
        said = N_("%(file)s cannot be read: %(error)s")
        raise RuleBroken(said, file=path, error=str(error)) from None
    held = whole.get("question", [])
    tables = [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []
    stimulus = whole.get("stimulus")
    if isinstance(stimulus, str):
        return [one | {"prompt": f"{stimulus.strip()}\n\n{one.get('prompt')}"} for one in tables]
    return tables
