"""What the checker finds: file, key, message, how to mend. No check lives here."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from lms.errors import N_

MOST_TOLD = 12  # known names that a message lists
_COUNTED = re.compile(r"\[(\d+)\]")


def _from_one(found: re.Match[str]) -> str:
    return f" {int(found[1]) + 1}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake (or note) in a curriculum folder.

    Attributes:
        file: path from the source's folder, with the source's name in front.
        key: where in the file (`paper.draw[0].count`, `line 3`), "" for the file as a whole.
        message, mend: translatable templates of `params`; what is wrong and how to put it right.
        note: worth knowing, and no mistake.
        about: the id of the question that the key counts, for people do not count.
    """

    file: str
    key: str
    message: str
    mend: str = ""
    params: Mapping[str, Any] = field(default_factory=dict, compare=False)
    note: bool = False
    about: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        """Return the key as people count, from 1: `question 3 (which-gloves) › option 2 › why`."""
        steps = [_COUNTED.sub(_from_one, part) for part in self.key.split(".")]
        if self.about:
            steps[0] += f" ({self.about})"
        return " › ".join(steps) if self.key else ""

    def text(self) -> str:
        """Return the whole problem on one line, in the source language."""
        place = f"{self.file}: {self.place}" if self.key else self.file
        said = (self.message % self.params).rstrip(". ")  # refusals of formulas are sentences
        return f"{place}: {said}" + (f" — {self.mend % self.params}" if self.mend else "")


_MESSAGES = {
    "missing": (N_("this key is missing"), N_("add it, as the guide shows it")),
    "string_type": (N_("this must be text"), N_("write it in quotes")),
    "int_type": (
        N_("this must be a whole number"),
        N_("write its digits alone, without quotes and without a point"),
    ),
    "bool_type": (
        N_("this must be true or false"),
        N_("write it in small letters, without quotes"),
    ),
    "list_type": (
        N_("this must be a list"),
        N_("write it in square brackets, each text in quotes, with commas between"),
    ),
    "one_table": (
        N_("this stands for several tables"),
        N_("write its heading in double square brackets: [[%(name)s]]"),
    ),
    "dict_type": (
        N_("this must be one table"),
        N_("write its heading in single square brackets, [%(name)s], and its keys below"),
    ),
    "string_too_short": (N_("this may not be empty"), N_("write what belongs here")),
    "string_too_long": (
        N_("this is longer than %(max_length)s characters"),
        N_("say it in fewer words"),
    ),
    "too_short": (
        N_("here are %(actual_length)s entries, and at least %(min_length)s are needed"),
        N_("add what is missing"),
    ),
    "too_long": (
        N_("here are %(actual_length)s entries, and at most %(max_length)s are allowed"),
        N_("take some out"),
    ),
    "greater_than_equal": (N_("%(value)s is too little here"), N_("write %(ge)s or more")),
    "less_than_equal": (N_("%(value)s is too much here"), N_("write %(le)s or less")),
    "literal_error": (N_("“%(value)s” is not known here"), N_("choose from %(expected)s")),
    "form": (N_("“%(value)s” does not have the right form"), N_("write it like %(like)s")),
    "share": (
        N_("this is no share of the whole"),
        N_('write a number between "0" and "1" in quotes, such as "0.80"'),
    ),
    "number": (
        N_("“%(value)s” is no number that can be read"),
        N_('write digits in quotes with a point, such as "0.5" or "2e6"'),
    ),
    "negative": (N_("this may not be negative"), N_("take the minus sign away")),
}


def key_path(location: Iterable[str | int]) -> str:
    """Return a place in a file as its author writes it: `outcome[2].text`."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def from_validation(
    file: str, error: ValidationError, model: type[BaseModel], inside: str = ""
) -> list[Problem]:
    """Return every problem that a strict model found in one file.

    Args:
        inside: what stands before the name of a table in its heading, such as `question.`.
    """
    problems = []
    for found in error.errors(include_url=False):
        location = [part for part in found["loc"] if part != "[key]"]
        key = key_path(location)
        if found["type"] == "extra_forbidden":
            problems.append(_unknown_key(file, key, str(location[-1]), model))
            continue
        params = {name: str(value) for name, value in found.get("ctx", {}).items()}
        params["value"] = str(found.get("input"))[:60]
        params["name"] = inside + ".".join(str(part) for part in location if isinstance(part, str))
        params["said"] = found["msg"].removeprefix("Value error, ")
        if "expected" in params:  # "'a', 'b' or 'c'": a list needs no language
            params["expected"] = params["expected"].replace(" or ", ", ").replace("'", '"')
        message, mend = _MESSAGES.get(_sort(found["type"], location, found.get("input")), _OTHER)
        problems.append(Problem(file, key, message, mend, params))
    return problems


_OTHER = ("%(said)s", N_("see what the guide says of this key"))


def _sort(kind: str, location: list[int | str], value: Any) -> str:
    """Return which of our messages a finding gets; tables are told by their brackets."""
    if kind == "list_type" and isinstance(value, dict):
        return "one_table"
    if kind in ("dict_type", "model_type"):
        return "one_table" if isinstance(location[-1], int) else "dict_type"
    return kind


def _unknown_key(file: str, key: str, name: str, model: type[BaseModel]) -> Problem:
    close = difflib.get_close_matches(name, _known_keys(model), n=1)
    if close:
        mend = N_("did you mean “%(close)s”?")
        return Problem(file, key, N_("unknown key"), mend, {"close": close[0]})
    return Problem(file, key, N_("unknown key"), N_("take it out"))


def _known_keys(model: type[BaseModel]) -> set[str]:
    schema = model.model_json_schema()
    tables = [schema, *schema.get("$defs", {}).values()]
    return {name for table in tables for name in table.get("properties", {})}


def unknown(file: str, key: str, what: str, name: str, known: Iterable[str]) -> Problem:
    """Return the problem of a name that refers to nothing, with the nearest known name."""
    known = sorted(known)
    close = difflib.get_close_matches(name, known, n=1)
    few = 0 < len(known) <= MOST_TOLD
    mend = (
        N_("did you mean “%(close)s”?")
        if close
        else N_("choose from %(known)s")
        if few
        else N_("add it, or take the name out")
    )
    params = {
        "name": name,
        "close": close[0] if close else "",
        "known": ", ".join(known[:MOST_TOLD]),
    }
    return Problem(file, key, what, mend, params)
