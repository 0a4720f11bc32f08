"""Findings about questions whose numbers are drawn: how often a draw lies outside what is physical.

A paper never shows such a draw: it is refused and drawn again. Where that happens often, the
values that are left are no longer spread as their author meant.
"""

import math
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, TypeGuard

from lms.curriculum.reviewing.columns import Column, column
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Item, Matter, Place, Table
from lms.curriculum.text.formula import FormulaError, parse

DRAWS = 100_000  # of each question of the module under review
DRAWS_BESIDE = 2_000  # of each question where all modules are reviewed
MOST_REFUSED = 0.5
_DECADE = 10
_SLACK = 1e-9  # of a bound: floating point is no reason to refuse


def refused(matter: Matter, draws: int) -> Iterator[Finding]:
    """Find questions without physical bounds, and those whose draws are refused too often."""
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
            share = refused_share(item, key, draws)
        except (FormulaError, ValueError, KeyError, TypeError, ZeroDivisionError):
            continue  # what cannot be drawn at all is for the check to say
        if share > MOST_REFUSED:
            what = "%(share)s %% of %(draws)s draws lie outside the bounds or have no value"
            mend = "draw from narrower ranges: at most %(most)s %%"
            told = {"share": round(100 * share), "draws": draws, "most": round(100 * MOST_REFUSED)}
            yield matter.finding("draws-refused", place, what, mend, told)


def refused_share(item: Item, key: Table, draws: int) -> float:
    """Return the share of draws that a paper would refuse; the same each time it is asked."""
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
    return sum(not low <= answer <= high for answer in answers) / draws


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
