"""Reads one TOML file into a strict model; every problem of the file at once, with its key."""

import re
import tomllib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lms.curriculum.checking.problem import Problem, from_validation
from lms.errors import N_

M = TypeVar("M", bound=BaseModel)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


# What the TOML reader says, what that means, how it is mended; the first that fits.
_TOML = (
    (
        "expected newline",
        N_("something stands behind a value where the line should end"),
        N_('one key a line; a text that holds " stands between single quotes or three quotes'),
    ),
    (
        "expected '='",
        N_("this line is no key with its value"),
        N_("write key = value, a text in quotes; several lines stand between three quotes"),
    ),
    (
        "unescaped '\\'",
        N_("a backslash in a text between double quotes"),
        N_("write it twice, or put the text between single quotes"),
    ),
    (
        "reserved escape",
        N_("a backslash in a text between double quotes"),
        N_("write it twice, or put the text between single quotes"),
    ),
    (
        "illegal character '\\n'",
        N_("a quote is opened in this line and not closed"),
        N_("close it, or put a text of several lines between three quotes"),
    ),
    (
        "unterminated string",
        N_("a text is opened and never closed"),
        N_("look for the opening quotes and close them with the same quotes"),
    ),
    ('expected "', N_("a text is opened and never closed"), N_("close it with the same quotes")),
    (
        "invalid value",
        N_("this value cannot be read"),
        N_("write texts in straight quotes, numbers and true or false without any"),
    ),
    (
        "cannot overwrite",
        N_("this key stands here twice"),
        N_("take one out; a further table begins with its own heading"),
    ),
    (
        "cannot declare",
        N_("this heading stands here twice"),
        N_("join the two, or write [[ ]] where there are several"),
    ),
    (
        "unclosed inline",
        N_("a { is opened and never closed"),
        N_("close it with } on the same line"),
    ),
    (
        "unclosed array",
        N_("a list is opened and never closed"),
        N_("close it with ], and put a comma between its entries"),
    ),
    (
        "expected ']'",
        N_("a heading is opened and never closed"),
        N_("close it with as many ] as it has ["),
    ),
)


def load_toml(file: str, data: bytes, problems: list[Problem]) -> dict[str, Any] | None:
    """Return a TOML file's tables, or None (and a problem with its line) where it is not TOML."""
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        message, mend = N_("this file is not UTF-8 text"), N_("save it as UTF-8")
        problems.append(Problem(file, "", message, mend))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = place[1] if place and place[1] else data.count(b"\n") + 1
        said = _PLACE.sub("", str(error))
        params = {"error": said[:1].lower() + said[1:]}
        message, mend = _toml(said)
        problems.append(Problem(file, f"line {line}", message, mend, params))
    return None


def _toml(said: str) -> tuple[str, str]:
    """Return what a reader's complaint means to people, and what they do about it."""
    for part, message, mend in _TOML:
        if part in said.lower():
            return message, mend
    return N_("this line cannot be read: %(error)s"), N_("compare it with the example module")


def load_model(file: str, data: bytes, model: type[M], problems: list[Problem]) -> M | None:
    """Return a file as `model`, or None (and every problem it has)."""
    table = load_toml(file, data, problems)
    if table is None:
        return None
    try:
        return model.model_validate(table)
    except ValidationError as error:
        problems.extend(from_validation(file, error, model))
    return None


def load_text(file: str, data: bytes, problems: list[Problem]) -> str | None:
    """Return a text file, or None (and a problem) where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        message, mend = N_("this file is not UTF-8 text"), N_("save it as UTF-8")
        problems.append(Problem(file, "", message, mend))
    return None
