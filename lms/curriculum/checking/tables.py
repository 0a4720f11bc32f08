"""Reads one TOML file into a strict model; every problem of the file at once, with its key."""

import re
import tomllib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lms.curriculum.checking.problem import Problem, from_validation
from lms.errors import N_

M = TypeVar("M", bound=BaseModel)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


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
        message = N_("this is not TOML: %(error)s")
        problems.append(Problem(file, f"line {line}", message, N_("correct this line"), params))
    return None


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
