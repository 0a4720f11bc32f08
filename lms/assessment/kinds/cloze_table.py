"""The `[[question]]` table of a cloze: its gaps as questions of their own kinds, and what can be
wrong with it. Scoring is in cloze.py."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from lms.assessment.kinds.filling import names_in_prose, names_used
from lms.assessment.kinds.numeric import Numeric
from lms.assessment.kinds.numeric_table import Parameter
from lms.assessment.kinds.options import tables, twice
from lms.assessment.kinds.short import Short
from lms.assessment.kinds.single import Single
from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.drafts.schema import Strict, Text, written
from lms.curriculum.kind import (
    ParsedQuestion,
    Question,
    QuestionKind,
    QuestionRefused,
    problem,
)
from lms.errors import N_

KINDS: dict[str, QuestionKind] = {one.name: one for one in (Single(), Short(), Numeric())}
# In the rendered text a gap is its id between these two; a text of an author may not hold them.
OPEN, CLOSE = "\ue010", "\ue011"
GAP = re.compile(r"\{([a-z][a-z0-9]*)\}")
_OWN = {"weight", "why"}  # keys of a gap that its kind does not know
_DRAWN = ("parameters", "derived")  # of the whole question: its numbers share them
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
GapId = Annotated[str, Field(max_length=20), written("volume", r"[a-z][a-z0-9]*")]


class Gap(Strict):
    """One `[[question.gap]]`: a question of its kind, without a prompt, worth its weight."""

    id: GapId
    kind: Literal["single", "short", "numeric"]
    weight: Annotated[int, Field(ge=1, le=20)] = 1
    why: str = ""
    option: list[Any] = []
    answer: str = ""
    accept: list[Any] = []
    characters: int = 40
    rubric: dict[str, Any] = {}
    key: dict[str, Any] = {}
    mistake: list[Any] = []


class ClozeQuestion(Question):
    """A text with gaps, each written as {id} in `text`; so are the values that are drawn."""

    text: Text
    parameters: dict[str, Parameter] = {}
    derived: dict[str, Text] = {}
    scoring: Literal["weighted", "exact"] = "weighted"
    gap: Annotated[list[Gap], Field(min_length=1, max_length=12)]


def gap_questions(table: Mapping[str, Any]) -> tuple[list[ParsedQuestion], list[Problem]]:
    """Return each gap read by its own kind, and every problem with the key where it stands."""
    found: list[ParsedQuestion] = []
    problems: list[Problem] = []
    for place, gap in enumerate(tables(table, "gap")):
        kind = KINDS.get(str(gap.get("kind")))
        if kind is None:
            continue  # the shape says so
        own = {name: value for name, value in gap.items() if name not in _OWN}
        common: dict[str, Any] = {name: table.get(name) for name in ("outcome", "lesson")}
        common |= {"id": "gap", "prompt": "—", "why": str(gap.get("why") or "—")}
        try:
            one = kind.parse(own | common | _of_kind(kind, own, table))
        except QuestionRefused as refused:
            placed = [_placed(told, place) for told in refused.problems]
            problems += [one for one in placed if one and one not in problems]
            continue
        # What is drawn is the whole question's: a gap that drew again would draw other values.
        bare: dict[str, Any] = {"parameters": {}, "derived": []} if kind.name == "numeric" else {}
        found.append(replace(one, shown=one.shown | bare))
    return found, problems


def _of_kind(kind: QuestionKind, own: Mapping[str, Any], table: Mapping[str, Any]) -> Any:
    if kind.name == "short":
        return {"characters": own.get("characters", 40)}
    if kind.name != "numeric":
        return {}
    # A value that the text or another gap uses is used: its name in the prompt says so.
    used = " ".join(f"{{{name}}}" for name in sorted(_names_at_work(table) & _known(table)))
    return {name: table[name] for name in _DRAWN if name in table} | {"prompt": f"— {used}"}


def _known(table: Mapping[str, Any]) -> set[str]:
    """Return the names of all that is drawn, or worked out from it."""
    found = (table.get(name) for name in _DRAWN)
    return {name for one in found if isinstance(one, dict) for name in one}


def _names_at_work(table: Mapping[str, Any]) -> set[str]:
    texts = [str(table.get(name)) for name in ("prompt", "text", "why")]
    keys = [gap.get("key") for gap in tables(table, "gap")]
    formulas = [str(key.get("formula")) for key in keys if isinstance(key, dict)]
    return names_used(" ".join(texts)) | {one for text in formulas for one in _WORD.findall(text)}


def _placed(found: Problem, place: int) -> Problem | None:
    """Return a problem of a gap at the key where its author finds it."""
    top = found.key.partition(".")[0]
    if top in ("outcome", "lesson"):
        return None
    return found if top in _DRAWN else replace(found, key=f"gap[{place}].{found.key}")


def cloze_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the shape cannot see of the text and its gaps; the gaps' own problems too."""
    gaps, text = tables(table, "gap"), str(table.get("text", ""))
    ids = [str(gap.get("id")) for gap in gaps]
    for name in twice(ids):
        message = N_("two gaps have the id “%(name)s”")
        yield problem("gap", message, N_("change one of them"), name=name)
    held, known = GAP.findall(text), _known(table)
    for name in sorted(set(held) - {*ids, *known}):
        message = N_("“{%(name)s}” stands for nothing here")
        yield unknown("", "text", message, name, {*ids, *known})
    if known:
        yield from _drawing_problems(table, gaps, known)
    for name in ids:
        if held.count(name) != 1:
            message = N_("“{%(name)s}” stands %(count)s times in the text, and not once")
            mend = N_("write it where the gap is")
            yield problem("text", message, mend, name=name, count=held.count(name))
    if OPEN in text or CLOSE in text:
        message = N_("the text holds a character that nobody can see")
        yield problem("text", message, N_("type it anew"))
    if table.get("critical"):
        yield from _critical(table, gaps)
    yield from gap_questions(table)[1]


def _critical(table: Mapping[str, Any], gaps: list[Mapping[str, Any]]) -> Iterator[Problem]:
    if table.get("scoring") != "exact":
        message = N_("a critical question gives no partial credit")
        yield problem("scoring", message, N_('write scoring = "exact"'))
    for place, gap in enumerate(gaps):
        if gap.get("kind") == "short":
            message = N_("a short text cannot be critical: a person may have to mark it")
            yield problem(f"gap[{place}].kind", message, N_('make it kind = "single"'))


def _drawing_problems(
    table: Mapping[str, Any], gaps: list[Mapping[str, Any]], known: set[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the names of what is drawn; their own tables the gaps check."""
    numbers = {str(gap.get("id")) for gap in gaps if gap.get("kind") == "numeric"}
    if not numbers:
        message = N_("values are drawn, and no gap asks for a number")
        yield problem("parameters", message, N_("take them out, or add such a gap"))
    for place, gap in enumerate(gaps):
        if gap.get("id") in known:
            message = N_("“%(name)s” is a name already")
            mend = N_("choose another id")
            yield problem(f"gap[{place}].id", message, mend, name=gap["id"])
    texts = {"prompt": (table.get("prompt"), known), "why": (table.get("why"), known | numbers)}
    for place, gap in enumerate(gaps):
        if gap.get("kind") != "numeric":
            texts[f"gap[{place}].why"] = (gap.get("why"), known)
    for where, (text, names) in texts.items():
        for name in sorted(names_in_prose(text) - names) if isinstance(text, str) else []:
            yield unknown("", where, N_("“{%(name)s}” stands for nothing here"), name, names)
