"""Findings about questions whose numbers are drawn: how often a draw lies outside what is physical.

A paper never shows such a draw: it is refused and drawn again. Where that happens often, the
values that are left are no longer spread as their author meant.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeGuard

from lms.curriculum.reviewing.columns import Column, column
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Item, Matter, Place, Table, rows
from lms.curriculum.text.formula import FormulaError, parse

DRAWS = 100_000  # of each question of the module under review
DRAWS_BESIDE = 2_000  # of each question where all modules are reviewed
MOST_REFUSED = 0.5
MOST_ACCEPTED = 0.05  # of draws in which a known mistake lies within the tolerance
DEFAULT_RELATIVE = 0.02  # of a key that says nothing of its tolerance, as the numeric kind has it
_DECADE = 10
_SLACK = 1e-9  # of a bound: floating point is no reason to refuse


@dataclass(frozen=True)
class Drawn:
    """What many draws of a question came to.

    Attributes:
        refused: the share that a paper would refuse and draw again.
        accepted: for each of its mistakes, in which share of the others it would count as right.
    """

    refused: float
    accepted: list[float]


def drawn(matter: Matter, draws: int) -> Iterator[Finding]:
    """Find questions without physical bounds, those whose draws are refused too often, and
    mistakes that a paper would take for right."""
    for item in matter.items:
        key = item.table.get("key")
        if item.kind != "numeric" or not item.table.get("parameters") or not _is_table(key):
            continue
        place = Place(item.place.file, f"{item.place.key}.key", item.id)
        if "min" not in key or "max" not in key:
            what = "the answer is drawn and has no physical bounds"
            yield matter.finding("draws-unbounded", place, what, "write min and max")
            continue
        try:
            found = draw(item, key, draws)
        except (FormulaError, ValueError, KeyError, TypeError, ZeroDivisionError):
            continue  # what cannot be drawn at all is for the check to say
        if found.refused > MOST_REFUSED:
            what = "%(share)s %% of %(draws)s draws lie outside the bounds or have no value"
            mend = "draw from narrower ranges: at most %(most)s %%"
            told = {"share": _cent(found.refused), "draws": draws, "most": _cent(MOST_REFUSED)}
            yield matter.finding("draws-refused", place, what, mend, told)
        yield from _accepted(matter, item, found, draws)


def _accepted(matter: Matter, item: Item, found: Drawn, draws: int) -> Iterator[Finding]:
    for index, share in enumerate(found.accepted):
        if share > MOST_ACCEPTED:
            place = Place(item.place.file, f"{item.place.key}.mistake[{index}].formula", item.id)
            what = "this mistake counts as right in %(share)s %% of %(draws)s draws"
            mend = "narrow the tolerance, or draw values that part them: at most %(most)s %%"
            told = {"share": _cent(share), "draws": draws, "most": _cent(MOST_ACCEPTED)}
            about = f"{item.id} mistake {index + 1}"
            yield matter.finding("mistake-accepted", place, what, mend, told, about=about)


def _cent(share: float) -> int:
    return round(100 * share)


def draw(item: Item, key: Table, draws: int) -> Drawn:
    """Draw a question many times; the same draws each time it is asked."""
    rng = Random(item.id)
    values: dict[str, Column] = {}
    for name, parameter in sorted(item.table["parameters"].items()):
        if not parameter.get("text"):
            values[name] = _drawn(parameter, rng, draws)
    for name, formula in (item.table.get("derived") or {}).items():
        values[name] = column(parse(formula).root, values, draws)
    answers = column(parse(str(key["formula"])).root, values, draws)
    least, most = float(key["min"]), float(key["max"])
    low, high = least - abs(least) * _SLACK, most + abs(most) * _SLACK
    kept = [low <= answer <= high for answer in answers]
    mistakes = [
        column(parse(str(mistake["formula"])).root, values | {"answer": answers}, draws)
        for mistake in rows(item.table, "mistake")
    ]
    return Drawn(1 - sum(kept) / draws, [_near(kept, answers, wrong, key) for wrong in mistakes])


def _near(kept: Sequence[bool], answers: Column, wrong: Column, key: Table) -> float:
    """Return in which share of the draws that are kept a mistake lies within the tolerance."""
    bare = "relative" not in key and "absolute" not in key
    relative = float(key.get("relative", DEFAULT_RELATIVE if bare else 0))
    absolute = float(key.get("absolute", 0))
    near = [
        abs(mistaken - answer) <= max(relative * abs(answer), absolute)
        for is_kept, answer, mistaken in zip(kept, answers, wrong, strict=True)
        if is_kept
    ]
    return sum(near) / len(near) if near else 0.0


def _drawn(parameter: Mapping[str, Any], rng: Random, draws: int) -> Column:
    """Draw as a paper does: uniformly or by magnitude, and rounded as it is printed."""
    if "choices" in parameter:
        return rng.choices([float(choice) for choice in parameter["choices"]], k=draws)
    least, most = float(parameter["min"]), float(parameter["max"])
    wide = least > 0 and most / least >= _DECADE
    if (parameter.get("distribution") or ("log" if wide else "uniform")) == "log":
        low, span = math.log(least), math.log(most / least)
        found = [math.exp(low + rng.random() * span) for _ in range(draws)]
    else:
        found = [least + rng.random() * (most - least) for _ in range(draws)]
    if "decimals" in parameter:
        decimals = parameter["decimals"]
        return [round(value, decimals) for value in found]
    figures = f".{parameter['significant']}g"
    return [float(format(value, figures)) for value in found]


def _is_table(key: Any) -> TypeGuard[Table]:
    return isinstance(key, Mapping)
