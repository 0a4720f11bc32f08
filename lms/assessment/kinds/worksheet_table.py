"""The `[[question]]` table of a worksheet: its parts, and all that can be wrong with them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from lms.assessment.kinds.filling import names_in_prose
from lms.assessment.kinds.numeric_table import (
    ANSWER,
    Mistake,
    NumericKey,
    Parameter,
    numeric_problems,
)
from lms.assessment.kinds.options import tables, twice
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.schema import Strict, Text, written
from lms.curriculum.kind import Question, problem
from lms.curriculum.text.formula import FUNCTIONS
from lms.errors import N_

PartId = Annotated[str, Field(max_length=30), written("volume", r"[a-z][a-z0-9_]*")]
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Part(Strict):
    """One `[[question.part]]`: a number to work out; later formulas may name it by its id."""

    id: PartId
    prompt: Text
    weight: Annotated[int, Field(ge=1, le=20)] = 1
    why: Text
    key: NumericKey
    mistake: list[Mistake] = []


class WorksheetQuestion(Question):
    """Several numbers, each worked out from the values and from the numbers before it."""

    parameters: dict[str, Parameter] = {}
    derived: dict[str, Text] = {}
    scoring: Literal["follow-through", "weighted", "exact"] = "follow-through"
    part: Annotated[list[Part], Field(min_length=2, max_length=10)]


def worksheet_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the shape cannot see: each part read as a number with those before it known."""
    parts = tables(table, "part")
    parameters, derived = _table(table, "parameters"), _table(table, "derived")
    taken = {*parameters, *derived, *FUNCTIONS, ANSWER}
    ids = [str(part.get("id")) for part in parts]
    for name in twice(ids):
        message = N_("two parts have the id “%(name)s”")
        yield problem("part", message, N_("change one of them"), name=name)
    for place, name in enumerate(ids):
        if name in taken:
            message = N_("“%(name)s” is a name already")
            yield problem(f"part[{place}].id", message, N_("choose another id"), name=name)
    if table.get("critical") and table.get("scoring") != "exact":
        message = N_("a critical question gives no partial credit")
        yield problem("scoring", message, N_('write scoring = "exact"'))
    yield from _shown_too_early(table, parts, set(ids) - taken)
    seen: set[tuple[str, str]] = set()
    for place in range(len(parts)):
        for found in numeric_problems(_as_number(table, parts, place)):
            if placed := _placed(found, place, set(ids) - taken):
                if (placed.key, placed.text()) not in seen:
                    yield placed
                seen.add((placed.key, placed.text()))


def _table(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = table.get(name)
    return found if isinstance(found, dict) else {}


def _formula(part: Mapping[str, Any]) -> str:
    return str(_table(part, "key").get("formula", ""))


def _shown_too_early(
    table: Mapping[str, Any], parts: list[Mapping[str, Any]], ids: set[str]
) -> Iterator[Problem]:
    prompts = {"prompt": table.get("prompt")}
    prompts |= {f"part[{at}].prompt": part.get("prompt") for at, part in enumerate(parts)}
    for key, text in prompts.items():
        for name in sorted(names_in_prose(str(text)) & ids):
            message = N_("“{%(name)s}” would show what is to be worked out")
            yield problem(key, message, N_("name a given value instead"), name=name)


def _as_number(
    table: Mapping[str, Any], parts: list[Mapping[str, Any]], place: int
) -> dict[str, Any]:
    """Return one part as the table of a numeric question, the parts before it as known values."""
    part, before = parts[place], parts[:place]
    # A parameter that any other part uses is used: its name in the explanation says so.
    words = {word for one in parts for word in _WORD.findall(_formula(one))}
    used = " ".join(f"{{{name}}}" for name in sorted(words & _table(table, "parameters").keys()))
    texts = [str(table.get("prompt")), *(str(one.get("prompt")) for one in parts)]
    return {
        "prompt": " ".join(texts),
        "why": f"{part.get('why')} {used}",
        "parameters": table.get("parameters"),
        "derived": _table(table, "derived") | {str(o.get("id")): _formula(o) for o in before},
        "key": part.get("key"),
        "mistake": part.get("mistake"),
        "critical": table.get("critical"),
    }


def _placed(found: Problem, place: int, ids: set[str]) -> Problem | None:
    """Return a problem at the key where its author finds it; None if another part has told it."""
    top, _, rest = found.key.partition(".")
    if top == "derived" and rest in ids:
        return None
    if top.partition("[")[0] in ("key", "mistake", "why"):
        return replace(found, key=f"part[{place}].{found.key}")
    return found
