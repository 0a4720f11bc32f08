"""The `[[question]]` table of a cloze: its gaps as questions of their own kinds, and what can be
wrong with it. Scoring is in cloze.py."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from lms.assessment.kinds.numeric import Numeric
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
    """A text with gaps, each written as {id} in `text`."""

    text: Text
    scoring: Literal["weighted", "exact"] = "weighted"
    gap: Annotated[list[Gap], Field(min_length=1, max_length=12)]


def gap_questions(table: Mapping[str, Any]) -> tuple[list[ParsedQuestion], list[Problem]]:
    """Return each gap read by its own kind, and every problem with the key where it stands."""
    found, problems = [], []
    for place, gap in enumerate(tables(table, "gap")):
        kind = KINDS.get(str(gap.get("kind")))
        if kind is None:
            continue  # the shape says so
        own = {name: value for name, value in gap.items() if name not in _OWN}
        common: dict[str, Any] = {name: table.get(name) for name in ("outcome", "lesson")}
        common |= {"id": "gap", "prompt": "—", "why": str(gap.get("why") or "—")}
        try:
            found.append(kind.parse(own | common | _short_line(kind, own)))
        except QuestionRefused as refused:
            problems += [
                replace(one, key=f"gap[{place}].{one.key}")
                for one in refused.problems
                if one.key not in ("outcome", "lesson")
            ]
    return found, problems


def _short_line(kind: QuestionKind, own: Mapping[str, Any]) -> dict[str, Any]:
    return {"characters": own.get("characters", 40)} if kind.name == "short" else {}


def cloze_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the shape cannot see of the text and its gaps; the gaps' own problems too."""
    gaps, text = tables(table, "gap"), str(table.get("text", ""))
    ids = [str(gap.get("id")) for gap in gaps]
    for name in twice(ids):
        message = N_("two gaps have the id “%(name)s”")
        yield problem("gap", message, N_("change one of them"), name=name)
    held = GAP.findall(text)
    for name in sorted(set(held) - set(ids)):
        yield unknown("", "text", N_("“{%(name)s}” stands for nothing here"), name, ids)
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
