"""Makes a wrong manifest readable, so that one mistake in it does not hide all the others.

What comes out is for further checks only; a manifest that had a mistake is never stored.
"""

import copy
from typing import Any

from pydantic import ValidationError

from lms.curriculum.drafts.schema import ModuleFile

# Stands in for a value that is missing or cannot be read; refers to nothing.
_NEUTRAL: dict[str, Any] = {
    "id": "ZZZZZ000",
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
    "elective_roles": [],
    "technical_level": None,
    "regulator_review": False,
}
_NEUTRAL_IN_ENTRY: dict[str, Any] = {"text": "?", "count": 1, "most": 1, "from_paper": 0}
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
    """Take an unknown key out; else mend the list entry that holds the mistake, else the key."""
    entry = next((at for at, part in enumerate(place) if isinstance(part, int)), None)
    if is_extra:
        _holder(table, place[:-1]).pop(place[-1], None)
    elif entry is None:
        name = str(place[0])
        table[name] = copy.deepcopy(_NEUTRAL[name])
        neutral.add(name)
    elif place[-1] in _NEUTRAL_IN_ENTRY and len(place) == entry + 2:
        _holder(table, place[:-1])[place[-1]] = _NEUTRAL_IN_ENTRY[str(place[-1])]
    else:
        entries = _holder(table, place[:entry])
        entries[:] = [one for at, one in enumerate(entries) if at != place[entry]]


def _holder(table: Any, place: tuple[int | str, ...]) -> Any:
    for part in place:
        table = table[part]
    return table
