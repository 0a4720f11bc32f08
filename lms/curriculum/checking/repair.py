"""Makes a wrong manifest readable, so that one mistake in it does not hide all the others.

What comes out is for further checks only; a manifest that had a mistake is never stored.
"""

import copy
from typing import Any

from pydantic import ValidationError

from lms.curriculum.schema import ModuleFile

# Stands in for a value that is missing or cannot be read; refers to nothing.
_NEUTRAL: dict[str, Any] = {
    "id": "UNKNOWN000",
    "title": "?",
    "version": "0.0.0",
    "level": "foundation",
    "language": "en",
    "summary": "?",
    "hours": {"theory": 0, "simulator": 0, "practical": 0, "workplace": 1},
    "needs": [],
    "roles": ["all"],
    "requalify_months": 0,
    "lessons": ["unknown"],
    "references": [],
    "outcome": [{"id": "LO0", "text": "?"}],
    "competency": [{"id": "XXX-00", "most": 1, "from_paper": 0}],
    "paper": {"minutes": 5, "draw": [{"count": 1, "outcomes": ["LO0"]}]},
    "pass": {"knowledge": "0", "attempts": 1, "wait_hours": 0},
    "regulator_review": False,
}
_ROUNDS = 5


def repaired(table: dict[str, Any], error: ValidationError) -> tuple[ModuleFile, set[str]]:
    """Return a manifest with what is wrong left out or neutral, and the keys that are neutral."""
    table = copy.deepcopy(table)
    neutral: set[str] = set()
    for _ in range(_ROUNDS):
        for found in reversed(error.errors(include_url=False)):
            _mend(table, found["loc"], found["type"] == "extra_forbidden", neutral)
        try:
            return ModuleFile.model_validate(table), neutral
        except ValidationError as still:
            error = still
    return ModuleFile.model_validate(_NEUTRAL), set(_NEUTRAL)


def _mend(
    table: dict[str, Any], place: tuple[int | str, ...], is_extra: bool, neutral: set[str]
) -> None:
    """Take an unknown key out; else the list entry that holds the mistake; else the whole key."""
    if is_extra:
        holder: Any = table
        for part in place[:-1]:
            holder = holder[part]
        holder.pop(place[-1], None)
        return
    entry = next((at for at, part in enumerate(place) if isinstance(part, int)), None)
    if entry is not None:
        holder = table
        for part in place[:entry]:
            holder = holder[part]
        if place[entry] < len(holder):  # type: ignore[operator]  # an index by the line above
            del holder[place[entry]]
        return
    name = str(place[0])
    table[name] = copy.deepcopy(_NEUTRAL[name])
    neutral.add(name)
