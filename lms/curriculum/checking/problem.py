"""What the checker finds: file, key, message, how to mend. No check lives here."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from lms.errors import N_


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake (or note) in a curriculum folder.

    Attributes:
        file: path from the source's folder, with the source's name in front.
        key: where in the file (`paper.draw[0].count`, `line 3`), "" for the file as a whole.
        message, mend: translatable templates of `params`; what is wrong and how to put it right.
        note: worth knowing, and no mistake.
    """

    file: str
    key: str
    message: str
    mend: str = ""
    params: Mapping[str, Any] = field(default_factory=dict, compare=False)
    note: bool = False

    def text(self) -> str:
        """Return the whole problem on one line, in the source language."""
        place = f"{self.file}: {self.key}" if self.key else self.file
        said = self.message % self.params
        return f"{place}: {said}" + (f" — {self.mend % self.params}" if self.mend else "")


_MESSAGES = {
    "missing": (N_("this key is missing"), N_("add it")),
    "string_type": (N_("this must be text"), N_("write it in quotes")),
    "int_type": (N_("this must be a whole number"), N_("write it without quotes")),
    "bool_type": (N_("this must be true or false"), N_("write it without quotes")),
    "list_type": (N_("this must be a list"), N_("write it in square brackets")),
    "dict_type": (N_("this must be a table"), ""),
    "model_type": (N_("this must be a table"), ""),
    "string_too_short": (N_("this may not be empty"), N_("write something")),
    "too_short": (N_("there are fewer than %(min_length)s entries here"), N_("add some")),
    "literal_error": (N_("this is none of the known words"), N_("choose from %(expected)s")),
    "string_pattern_mismatch": (
        N_("“%(value)s” does not have the right form"),
        N_("write it like %(pattern)s"),
    ),
}


def key_path(location: Iterable[str | int]) -> str:
    """Return a place in a file as its author writes it: `outcome[2].text`."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def from_validation(file: str, error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Return every problem that a strict model found in one file."""
    problems = []
    for found in error.errors(include_url=False):
        key = key_path(found["loc"])
        context = {k: str(v) for k, v in found.get("ctx", {}).items()}
        params = context | {"value": str(found.get("input"))[:60]}
        if found["type"] == "extra_forbidden":
            problems.append(_unknown_key(file, key, str(found["loc"][-1]), model))
            continue
        message, mend = _MESSAGES.get(found["type"], ("%(said)s", ""))
        params["said"] = found["msg"].removeprefix("Value error, ")
        problems.append(Problem(file, key, message, mend, params))
    return problems


def _unknown_key(file: str, key: str, name: str, model: type[BaseModel]) -> Problem:
    close = difflib.get_close_matches(name, _known_keys(model), n=1)
    if close:
        mend = N_("did you mean “%(close)s”?")
        return Problem(file, key, N_("unknown key"), mend, {"close": close[0]})
    return Problem(file, key, N_("unknown key"), N_("remove it"))


def _known_keys(model: type[BaseModel]) -> set[str]:
    schema = model.model_json_schema()
    tables = [schema, *schema.get("$defs", {}).values()]
    return {name for table in tables for name in table.get("properties", {})}


def unknown(file: str, key: str, what: str, name: str, known: Iterable[str]) -> Problem:
    """Return the problem of a name that refers to nothing, with the nearest known name."""
    close = difflib.get_close_matches(name, sorted(known), n=1)
    mend = N_("did you mean “%(close)s”?") if close else N_("add it, or take the name out")
    params = {"name": name, "close": close[0] if close else ""}
    return Problem(file, key, what, mend, params)
