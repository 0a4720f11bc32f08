"""What a format of others has no place for, as one line of JSON in a place for remarks of authors.

Our own writers put it there and our own readers find it again; everybody else may pass it over.
"""

import json
from collections.abc import Mapping
from typing import Any

from lms.errors import N_
from lms.exchange.item import Found, Table

SIGN = "Seedtrain: "
_HEAD = ("outcome", "lesson", "critical", "points", "scoring", "free", "words_min", "words_max",
         "criterion", "characters", "rubric", "parameters", "derived", "mistake")  # fmt: skip
_PARTS = ("option", "stem", "step", "target", "accept")
_KEY = ("formula", "unit", "units", "relative", "absolute", "min", "max", "significant", "figures",
        "weights", "tier")  # fmt: skip
_DEEPEST = 8


def extras_of(table: Table, but: frozenset[str] = frozenset()) -> str:
    """Return a table's keys that the format cannot hold, as the line to be found again.

    Args:
        but: names that the format holds: a key, or "option.why" for a key of parts.
    """
    held: dict[str, Any] = {k: table[k] for k in _HEAD if k in table and k not in but}
    for name in _PARTS:
        for key in ("why", "weight", "pinned"):
            parts = enumerate(table.get(name, []))
            values = {one.get("id", str(at)): one[key] for at, one in parts if key in one}
            if values and f"{name}.{key}" not in but:
                held[f"{name}.{key}"] = values
    more = {k: v for k, v in table.get("key", {}).items() if k in _KEY and f"key.{k}" not in but}
    if more:
        held["key"] = more
    return SIGN + json.dumps(held, ensure_ascii=False, sort_keys=True)


def merge(found: Found, table: Table, line: str) -> None:
    """Add what such a line holds to a table; a line that is broken is told of and left out."""
    try:
        held = json.loads(line.removeprefix(SIGN))
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict) or is_deep(held) or "\\ud" in line.lower():
        found.change(N_("A remark of our own in it is damaged and was left out."))
        return
    table.pop("scoring", None)  # a rule that is not said is the kind's own
    for name, value in held.items():
        part, _, key = name.partition(".")
        if name in _HEAD:
            table[name] = value
        elif name == "key" and isinstance(value, dict):
            # Somebody may have corrected the number where the file has been since.
            if table.get("key", {}).get("formula") == value.get("formula"):
                table["key"] = {k: v for k, v in value.items() if k in _KEY}
        elif part in _PARTS and key in ("why", "weight", "pinned") and isinstance(value, dict):
            _merge_parts(table.get(part), key, value)


def _merge_parts(parts: object, key: str, values: Mapping[str, Any]) -> None:
    for place, one in enumerate(parts if isinstance(parts, list) else []):
        said = values.get(one.get("id", str(place)))
        if said is not None:
            one[key] = said


def is_deep(value: Any) -> bool:
    """Tell whether tables and lists stand deeper in one another than any question needs."""
    level = [value]
    for _ in range(_DEEPEST):
        inside = (list(o.values()) if isinstance(o, dict) else o for o in level if o)
        level = [one for held in inside for one in held if isinstance(one, (dict, list))]
    return bool(level)
