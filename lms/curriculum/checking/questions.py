"""Reads a module's question, essay and case files through the kinds; each problem with its key."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from random import Random
from typing import Any

from lms.columns import canonical
from lms.curriculum.blueprint import Candidate
from lms.curriculum.case import Case, under
from lms.curriculum.checking.cases import KEYS, read_case
from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.checking.prose import Prose, check_prose
from lms.curriculum.checking.register import Register
from lms.curriculum.checking.tables import load_toml
from lms.curriculum.drafts.source import Folder
from lms.curriculum.kind import ParsedQuestion, QuestionKind, QuestionRefused
from lms.errors import N_

# Keys of a question whose text is Markdown, wherever in its table they stand.
_MARKDOWN = frozenset({"prompt", "why", "text", "model_answer"})


@dataclass
class Reading:
    """Reading one module's questions: what they may refer to, and what came of it.

    Attributes:
        outcomes: None where the manifest could not be read.
        used: figures and limits that the texts point to.
        cases: the file of each case by its id.
        candidates: every question as the blueprint sees it, those with mistakes too, so that a
            mistake in one is not reported again as a paper that cannot be filled.
        unread: whether a file is no TOML, so that its questions are unknown.
    """

    folder: Folder
    register: Register
    lessons: Collection[str]
    figures: Collection[str]
    outcomes: Collection[str] | None
    used: set[str]
    problems: list[Problem]
    questions: dict[str, ParsedQuestion] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    unread: bool = False


@dataclass(frozen=True)
class _Table:
    """One [[question]]: its file and key, and the case that it stands in with its number there."""

    file: str
    key: str
    table: dict[str, Any]
    case: Case | None
    number: int
    of: int


def read_questions(reading: Reading) -> list[ParsedQuestion]:
    """Return a module's questions in the order of their files."""
    for one in _tables(reading):
        file, key, table = one.file, one.key, one.table
        before = len(reading.problems)
        reading.problems.extend(_check_texts(_prose(reading, file), key, table))
        kind = _kind(reading, file, key, table)
        reading.candidates.append(_candidate(kind, table, one.case))
        question = kind and _parse(reading, kind, file, key, table)
        if question:
            reading.problems.extend(_check_names(reading, file, key, question))
            if one.case:
                question = under(one.case, question, one.number, one.of)
            reading.questions.setdefault(question.id, question)
            reading.where.setdefault(question.id, file)
        about = str(table.get("id", ""))[:80]
        reading.problems[before:] = [replace(p, about=about) for p in reading.problems[before:]]
    return list(reading.questions.values())


def _prose(reading: Reading, file: str) -> Prose:
    return Prose(file, "", reading.figures, reading.register.limits, used=reading.used)


def _candidate(kind: QuestionKind | None, table: Mapping[str, Any], case: Case | None) -> Candidate:
    id, name, outcome = (str(table.get(key, "")) for key in ("id", "kind", "outcome"))
    by_machine = kind is None or kind.marked_by != "person"
    return Candidate(id, name, outcome, by_machine, case.id if case else "")


def _tables(reading: Reading) -> Iterator[_Table]:
    """Yield each [[question]] of each file."""
    for path, data in reading.folder.files.items():
        if not (path.startswith(("questions/", "essays/", "cases/")) and path.endswith(".toml")):
            continue
        file = reading.folder.place(path)
        whole = load_toml(file, data, reading.problems)
        if whole is None:
            reading.unread = True
            continue
        is_case = path.startswith("cases/")
        known = {"question", *KEYS} if is_case else {"question"}
        for name in sorted(whole.keys() - known):
            reading.problems.append(unknown(file, name, N_("unknown key"), name, known))
        case = _case(reading, file, whole) if is_case else None
        tables = whole.get("question")
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            message = N_("there is no [[question]] in this file")
            reading.problems.append(
                Problem(file, "question", message, N_("begin one with a line [[question]]"))
            )
            continue
        for index, table in enumerate(tables):
            yield _Table(file, f"question[{index}]", table, case, index + 1, len(tables))


def _case(reading: Reading, file: str, whole: Mapping[str, Any]) -> Case:
    case = read_case(_prose(reading, file), whole, reading.lessons, reading.problems)
    if case.id in reading.cases:
        message = N_("the id “%(id)s” is taken, in %(other)s")
        params = {"id": case.id, "other": reading.cases[case.id]}
        reading.problems.append(Problem(file, "id", message, N_("choose another id"), params))
    reading.cases.setdefault(case.id, file)
    return case


def _kind(reading: Reading, file: str, key: str, table: dict[str, Any]) -> QuestionKind | None:
    name, kinds = table.get("kind"), reading.register.kinds
    if isinstance(name, str) and name in kinds:
        return kinds[name]
    what = N_("there is no kind of question “%(name)s”")
    reading.problems.append(unknown(file, f"{key}.kind", what, str(name or ""), kinds))
    return None


def _parse(
    reading: Reading, kind: QuestionKind, file: str, key: str, table: dict[str, Any]
) -> ParsedQuestion | None:
    try:
        question = kind.parse(table)
    except QuestionRefused as refused:
        reading.problems.extend(_placed(found, file, key) for found in refused.problems)
        return None
    if reading.register.draws and type(kind).check is not QuestionKind.check:
        found = _drawn(kind, question.id, canonical([question.shown, question.key]))
        reading.problems.extend(_placed(problem, file, key) for problem in found)
    return question


@lru_cache(maxsize=8192)
def _drawn(kind: QuestionKind, id: str, content: bytes) -> tuple[Problem, ...]:
    """Return what goes wrong when a question is drawn; the same question is drawn but once.

    The same draws on every machine and every day: a check that passed stays passed.
    """
    shown, key = json.loads(content)
    return tuple(kind.check(shown, key, Random(id)))


def _placed(problem: Problem, file: str, key: str) -> Problem:
    return replace(problem, file=file, key=f"{key}.{problem.key}" if problem.key else key)


def _check_texts(prose: Prose, key: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in table.items():
        place = f"{key}.{name}"
        if isinstance(value, str) and name in _MARKDOWN:
            yield from check_prose(replace(prose, text=value, key=place))
        elif isinstance(value, Mapping):
            yield from _check_texts(prose, place, value)
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, Mapping):
                    yield from _check_texts(prose, f"{place}[{index}]", entry)


def _check_names(
    reading: Reading, file: str, key: str, question: ParsedQuestion
) -> Iterator[Problem]:
    if question.id in reading.where:
        message = N_("the id “%(id)s” is taken, in %(other)s")
        params = {"id": question.id, "other": reading.where[question.id]}
        yield Problem(file, f"{key}.id", message, N_("choose another id"), params)
    if question.lesson not in reading.lessons:
        what = N_("there is no lesson “%(name)s”")
        yield unknown(file, f"{key}.lesson", what, question.lesson, reading.lessons)
    if reading.outcomes is not None and question.outcome not in reading.outcomes:
        what = N_("there is no outcome “%(name)s”")
        yield unknown(file, f"{key}.outcome", what, question.outcome, reading.outcomes)
