"""The verdict on each question found: its id, what it lacks filled with TODO, its kind's own check.

A question of ours says more than most formats hold: which outcome it tests, which lesson to read
again, why an answer is right. What is lacking becomes a text that begins with TODO, and the verdict
says so; nothing is made up.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from lms.curriculum.checking.problem import Problem
from lms.curriculum.checking.prose import Prose, check_prose
from lms.curriculum.kind import QuestionKind, QuestionRefused
from lms.errors import N_
from lms.exchange.bounds import LONGEST_TEXT, MOST_PARTS
from lms.exchange.item import NOTHING, UNNAMED, Found, Item, Report, Said, Table, Unreadable
from lms.exchange.markup.plain import one_line, unescaped

TODO = "TODO"
OUTCOME = "LO0"  # no outcome of any module: a sign that one has to be chosen
LESSON = "10-todo"
LONGEST_ID = 40  # of those made from a name
_FEW_DRAWS = 20
_MOST_PROBLEMS = 5  # told of one question
_BREAKS = N_("Our rules for this kind of question do not allow it.")
_MOST_BRACKETS = 2_000_000  # times characters: Markdown looks for the end of each of them
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_MARKED = re.compile(r"[<$\[]|:::")  # what `check_prose` looks for
_OWN_FIGURE = re.compile(r"(?m)^!\[[^\[\]\n]+\]\(figures/[a-z0-9-]+-[0-9a-f]{8}\.svg\)$")
_ORDER = ("id", "kind", "outcome", "lesson", "critical", "points", "prompt", "why")
_WHY = f"{TODO}: say why the right answer is right."
_WHY_OPTION = f"{TODO}: say which mistake this is."
_WHY_PART = f"{TODO}: say why this is right."
_LEVELS = [f"{TODO}: what earns {points} of 4 points" for points in range(5)]


def judged(found: Sequence[Found], format: str, kinds: Mapping[str, QuestionKind]) -> Report:
    """Return the verdict on every question of a file, in its order.

    Args:
        kinds: the kinds of question that exist, by name.

    Raises:
        Unreadable: there was none.
    """
    if not found:
        raise Unreadable(NOTHING)
    taken: set[str] = set()
    return Report(
        format, tuple(_judge(one, place, taken, kinds) for place, one in enumerate(found, 1))
    )


def _judge(found: Found, place: int, taken: set[str], kinds: Mapping[str, QuestionKind]) -> Item:
    name = _named(found, place)
    if found.table is not None:
        found.kind = str(found.table.get("kind", found.kind))
        _check(found, place, taken, kinds)
    if found.table is None or found.refused is not None:
        said = found.refused or (N_("This question could not be read."), {})
        # What was noted on the way to a refusal is no change: nothing was taken.
        more = found.changes if found.refused == (_BREAKS, {}) else []
        return Item(name, found.kind, "refused", found.line, (said, *more), None, found.file)
    taken.add(str(found.table["id"]))
    verdict = "changed" if found.changes else "imported"
    said_all = tuple(found.changes)
    return Item(name, found.kind, verdict, found.line, said_all, found.table, found.file,  # type: ignore[arg-type]
                found.pictures)  # fmt: skip


def _named(found: Found, place: int) -> str:
    prompt = unescaped(str((found.table or {}).get("prompt", "")))
    name = one_line(found.name) or one_line(prompt)
    name = "".join(sign for sign in name if sign.isprintable())
    return name if len(name) <= 2 * UNNAMED else f"{name[: 2 * UNNAMED]}…"


def _check(found: Found, place: int, taken: set[str], kinds: Mapping[str, QuestionKind]) -> None:
    table = found.table or {}
    kind = kinds.get(found.kind)
    if kind is None:
        found.refuse(N_("There is no kind of question “%(kind)s” here."), kind=found.kind)
        return
    if any(isinstance(one, list) and len(one) > MOST_PARTS for one in table.values()):
        found.refuse(N_("It has more than %(most)s parts."), most=MOST_PARTS)
        return
    if any(len(text) > LONGEST_TEXT for text in _texts(table)):
        found.refuse(N_("A text is longer than %(most)s characters."), most=LONGEST_TEXT)
        return
    if any(text.count("[") * len(text) > _MOST_BRACKETS for text in _texts(table)):
        found.refuse(N_("A text has more brackets than can be read."))
        return
    prompt = str(table.get("prompt", ""))
    id = _slug(str(table.get("id", ""))) or _slug(found.name) or _slug(prompt)
    id = _free(id or f"question-{place}", taken)
    if table.get("id") and id != table["id"]:
        found.change(N_("Its id is “%(id)s” now."), id=id)
    complete(table, found)
    table = {"id": id} | {key: value for key, value in table.items() if key != "id"}
    found.table = {key: table[key] for key in _ORDER if key in table} | {
        key: value for key, value in table.items() if key not in _ORDER
    }
    problems = [*_problems_of(kind, found.table)]
    if problems:
        found.refuse(_BREAKS)
        found.changes = [said for one in problems[:_MOST_PROBLEMS] for said in _said_of(one)]
        return
    prose = [*_prose_problems(found.table)]
    found.changes += [said for one in prose[:_MOST_PROBLEMS] for said in _said_of(one)]


def _problems_of(kind: QuestionKind, table: Table) -> Iterator[Problem]:
    try:
        question = kind.parse(table)
    except QuestionRefused as refused:
        yield from refused.problems
    else:
        yield from kind.check(question.shown, question.key, Random(question.id), _FEW_DRAWS)


def _said_of(problem: Problem) -> list[Said]:
    """Return where a problem stands, and what the checker says of it."""
    params = {name: str(value)[:200] for name, value in problem.params.items()}
    where = [(N_("In “%(where)s”:"), {"where": problem.place})] if problem.key else []
    return [*where, (problem.message, params)]


def _prose_problems(table: Table) -> Iterator[Problem]:
    for key, text in _prose(table, ""):
        text = _OWN_FIGURE.sub("", text)  # it was checked when it was taken
        # Most texts come from plain words or HTML: their signs are escaped, and mean nothing.
        if not _MARKED.search(_ESCAPED.sub("", text)):
            continue
        yield from check_prose(Prose("", text, (), (), key=key))


def _prose(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Yield each text that is shown as Markdown, with the key where it stands."""
    for name, one in value.items():
        place = f"{key}.{name}" if key else name
        if isinstance(one, str) and name in ("prompt", "why", "text", "model_answer"):
            yield place, one
        elif isinstance(one, list):
            for index, entry in enumerate(one):
                if isinstance(entry, dict):
                    yield from _prose(entry, f"{place}[{index}]")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name[:200]).encode("ascii", "ignore").decode()
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 80:
        return name  # an id of ours
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return (
        slug if len(slug) <= LONGEST_ID else slug[: LONGEST_ID + 1].rpartition("-")[0][:LONGEST_ID]
    )


def _free(id: str, taken: Iterable[str]) -> str:
    number, free = 2, id
    while free in taken:
        free, number = f"{id}-{number}", number + 1
    return free


def complete(table: Table, found: Found) -> None:
    """Fill what our rules demand and the source lacks with TODO texts, and say where any stand."""
    table.setdefault("outcome", OUTCOME)
    table.setdefault("lesson", LESSON)
    for gap in _tables(table, "gap"):
        _complete_parts(gap)
    _complete_parts(table)
    if table.get("kind") == "essay":
        _complete_essay(table)
    elif not table.get("why") and table.get("kind") != "file":
        table["why"] = _WHY
    for message, params in _lacking(table):
        found.change(message, **params)


def _complete_parts(table: Table) -> None:
    for one in _tables(table, "option"):
        if not one.get("correct") and not one.get("why"):
            one["why"] = _WHY_OPTION
    for one in _tables(table, "accept"):
        if "weight" in one and not one.get("why"):
            one["why"] = _WHY_OPTION
    for name in ("stem", "step"):
        for one in _tables(table, name):
            one["why"] = one.get("why") or _WHY_PART


def _complete_essay(table: Table) -> None:
    table["model_answer"] = table.get("model_answer") or f"{TODO}: write a very good answer."
    table.setdefault("words_min", 50)
    table.setdefault("words_max", 400)
    if not table.get("criterion"):
        table["criterion"] = [
            {"id": "todo", "title": f"{TODO}: what is looked at", "levels": list(_LEVELS)}
        ]


def _tables(table: Table, name: str) -> list[Table]:
    listed = table.get(name)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _lacking(table: Table) -> Iterator[Said]:
    if table["outcome"] == OUTCOME or table["lesson"] == LESSON:
        yield N_("Choose its outcome and its lesson."), {}
    parts = [
        *(name for name in ("why", "model_answer") if _open(table.get(name))),
        *(
            name
            for name in ("option", "accept", "stem", "step", "criterion", "gap")
            if any(_open(text) for one in _tables(table, name) for text in _texts(one))
        ),
    ]
    if parts:
        yield N_("TODO texts stand in: %(parts)s."), {"parts": ", ".join(parts)}


def _open(value: object) -> bool:
    return isinstance(value, str) and value.startswith(TODO)
