"""The `[[question]]` table of a numeric question: its shape, and all that can be wrong with it."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lms.assessment.kinds.filling import names_in_prose, names_used
from lms.assessment.units import UnitError, find_unit
from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.drafts.schema import Strict, Text
from lms.curriculum.kind import Question, problem
from lms.curriculum.text.formula import FUNCTIONS, FormulaError
from lms.curriculum.text.formula import parse as parse_formula
from lms.errors import N_

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
ANSWER = "answer"
DEFAULT_RELATIVE = "0.02"  # of the curriculum map


def as_number(value: Any) -> Decimal | None:
    """Return a number written as text, or None for anything else."""
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def _is_number(text: str) -> str:
    if as_number(text) is None:
        raise PydanticCustomError("number", "no number")
    return text


def _is_size(text: str) -> str:
    if Decimal(_is_number(text)) < 0:
        raise PydanticCustomError("negative", "negative")
    return text


Number = Annotated[str, AfterValidator(_is_number)]
Size = Annotated[str, AfterValidator(_is_size)]


class Parameter(Strict):
    """A value drawn for each paper: one of `choices`, or between `min` and `max`, as printed."""

    choices: Annotated[list[Text], Field(min_length=1)] | None = None
    text: bool = False
    min: Number | None = None
    max: Number | None = None
    distribution: Literal["uniform", "log"] | None = None
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    significant: Annotated[int, Field(ge=1, le=10)] | None = None


class Weights(Strict):
    """What the value, the unit and the significant figures are worth; they sum to 1."""

    value: Size = "1"
    unit: Size = "0"
    figures: Size = "0"


class Tier(Strict):
    """A wider tolerance beyond the full one, and the share of the value's points it earns."""

    relative: Size | None = None
    absolute: Size | None = None
    weight: Size


class NumericKey(Strict):
    """How the answer is worked out and how near it has to be; bounds are inclusive."""

    formula: Text
    unit: str = ""
    units: list[str] = []
    relative: Size | None = None
    absolute: Size | None = None
    min: Number | None = None
    max: Number | None = None
    significant: Annotated[int, Field(ge=1, le=12)] = 3
    figures: Annotated[int, Field(ge=1, le=12)] | None = None
    figures_strict: bool = False
    weights: Weights = Weights()
    tier: list[Tier] = []


class Mistake(Strict):
    """A wrong answer that is recognised, and what is said to whoever gives it."""

    formula: Text
    why: Text


class NumericQuestion(Question):
    """A numeric question, with or without parameters."""

    parameters: dict[str, Parameter] = {}
    derived: dict[str, Text] = {}
    key: NumericKey
    mistake: list[Mistake] = []


def numeric_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Return what the shape cannot see: names, formulas, bounds, units. Reads any table."""
    parameters, derived = _table(table.get("parameters")), _table(table.get("derived"))
    key = _table(table.get("key"))
    for name, parameter in parameters.items():
        yield from _parameter(f"parameters.{name}", _table(parameter))
    yield from _names(parameters, derived)
    yield from _formulas(table, parameters, derived, key)
    yield from _texts(table, {*parameters, *derived})
    yield from _range("key", key)
    yield from _units(key)
    yield from _weights(key)
    if key.get("figures_strict") and "figures" not in key:
        message = N_("figures are counted strictly and none are demanded")
        yield problem("key.figures_strict", message, N_("write figures = 3"))
    yield from _tiers(key, bool(table.get("critical")))


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _parameter(place: str, parameter: Mapping[str, Any]) -> Iterator[Problem]:
    choices, ranged = parameter.get("choices"), "min" in parameter or "max" in parameter
    if (choices is None) == (not ranged):
        yield problem(
            place,
            N_("this has neither choices nor min and max, or both"),
            N_("write either choices, or min and max"),
        )
    if isinstance(choices, list) and parameter.get("text") is not True:
        for choice in choices:
            if isinstance(choice, str) and as_number(choice) is None:
                mend = N_("write it as a number in quotes, or add text = true")
                yield problem(f"{place}.choices", N_("“%(it)s” is no number"), mend, it=choice)
    if not ranged:
        return
    if parameter.get("text") is True:
        yield problem(
            f"{place}.text", N_("a text cannot lie between min and max"), N_("use choices")
        )
    if ("decimals" in parameter) == ("significant" in parameter):
        mend = N_("write either decimals or significant")
        yield problem(place, N_("how the value is printed is not said once"), mend)
    if not ("min" in parameter and "max" in parameter):
        yield problem(place, N_("min or max is missing"), N_("give both"))
    least = as_number(parameter.get("min"))
    if parameter.get("distribution") == "log" and least is not None and least <= 0:
        mend = N_("raise min, or draw uniformly")
        yield problem(f"{place}.min", N_("a logarithmic draw needs a min above 0"), mend)
    yield from _range(place, parameter)


def _range(place: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    least, most = as_number(table.get("min")), as_number(table.get("max"))
    if least is not None and most is not None and least >= most:
        yield problem(f"{place}.max", N_("max is not above min"), N_("swap them"))


def _names(parameters: Mapping[str, Any], derived: Mapping[str, Any]) -> Iterator[Problem]:
    for name in [*parameters, *derived]:
        place = f"parameters.{name}" if name in parameters else f"derived.{name}"
        if not _NAME.fullmatch(name) or name in FUNCTIONS or name == ANSWER:
            mend = N_("use a letter, then letters, digits and _, and no word of the formulas")
            yield problem(place, N_("“%(name)s” cannot be a name"), mend, name=name)
    for name in parameters.keys() & derived.keys():
        message = N_("“%(name)s” is a parameter already")
        yield problem(f"derived.{name}", message, N_("rename one of them"), name=name)


def _formulas(
    table: Mapping[str, Any],
    parameters: Mapping[str, Any],
    derived: Mapping[str, Any],
    key: Mapping[str, Any],
) -> Iterator[Problem]:
    known = {name for name, one in parameters.items() if _table(one).get("text") is not True}
    used: set[str] = names_used(f"{table.get('prompt')} {table.get('why')}")
    for name, text in derived.items():
        yield from _formula(f"derived.{name}", text, known, used)
        known = known | {name}
    yield from _formula("key.formula", key.get("formula"), known, used)
    mistakes = table.get("mistake")
    for place, mistake in enumerate(mistakes if isinstance(mistakes, list) else []):
        text = _table(mistake).get("formula")
        yield from _formula(f"mistake[{place}].formula", text, known | {ANSWER}, used)
    for name in parameters.keys() - used:
        message = N_("“%(name)s” is drawn and never used")
        yield problem(f"parameters.{name}", message, N_("use it or take it out"), name=name)


def _formula(place: str, text: Any, known: set[str], used: set[str]) -> Iterator[Problem]:
    if not isinstance(text, str) or not text:
        return
    try:
        names = parse_formula(text).names
    except FormulaError as error:
        params = error.params | {"position": error.position + 1}
        yield problem(
            place,
            error.message,
            N_("look at character %(position)s; the guide says what a formula may hold"),
            **params,
        )
        return
    used |= names
    for name in sorted(names - known):
        yield unknown("", place, N_("“%(name)s” has no number here"), name, known)


def _texts(table: Mapping[str, Any], known: set[str]) -> Iterator[Problem]:
    texts = [("prompt", table.get("prompt"), known), ("why", table.get("why"), known | {ANSWER})]
    mistakes = table.get("mistake")
    for place, mistake in enumerate(mistakes if isinstance(mistakes, list) else []):
        texts.append((f"mistake[{place}].why", _table(mistake).get("why"), known | {ANSWER}))
    for where, text, names in texts:
        for name in sorted(names_in_prose(text) - names) if isinstance(text, str) else []:
            yield unknown("", where, N_("“{%(name)s}” stands for nothing here"), name, names)


def _units(key: Mapping[str, Any]) -> Iterator[Problem]:
    unit, units = key.get("unit", ""), key.get("units", [])
    if not isinstance(unit, str) or not isinstance(units, list):
        return
    found = []
    for place, name in [("key.unit", unit), *(("key.units", name) for name in units)]:
        try:
            found.append(find_unit(name if isinstance(name, str) else "?"))
        except UnitError as error:
            yield problem(
                place,
                error.message,
                N_("choose one from the table of units in the guide"),
                **error.params,
            )
    if len(found) <= len(units):
        return
    if units and found[0] not in found[1:]:
        message = N_("the answer's unit is not among the units to choose from")
        yield problem("key.units", message, N_("add “%(unit)s”"), unit=unit)
    if len(set(found[1:])) < len(units):
        yield problem("key.units", N_("a unit stands there twice"), N_("take one out"))


def _weights(key: Mapping[str, Any]) -> Iterator[Problem]:
    weights = _table(key.get("weights"))
    if not weights:
        return
    defaults = {"value": "1", "unit": "0", "figures": "0"}
    numbers = [as_number(weights.get(name, default)) for name, default in defaults.items()]
    if None not in numbers and sum(filter(None, numbers)) != 1:
        yield problem("key.weights", N_("the weights do not sum to 1"), N_("change one of them"))
    if numbers[2] and "figures" not in key:
        message = N_("significant figures earn points and none are demanded")
        yield problem("key.figures", message, N_("write figures = 3"))


def _tiers(key: Mapping[str, Any], critical: bool) -> Iterator[Problem]:
    tiers = key.get("tier")
    if not isinstance(tiers, list) or not tiers:
        return
    if critical:
        message = N_("a critical question gives no partial credit")
        yield problem("key.tier", message, N_("take the tiers out"))
    before = {"relative": key.get("relative"), "absolute": key.get("absolute")}
    if before == {"relative": None, "absolute": None}:
        before["relative"] = DEFAULT_RELATIVE
    weight = Decimal(1)
    for place, tier in enumerate(map(_table, tiers)):
        sizes = {name: as_number(tier.get(name)) for name in before}
        earlier = {name: as_number(before[name]) for name in before}
        wider = any(size and size > (earlier[name] or 0) for name, size in sizes.items())
        narrower = any(earlier[n] and (sizes[n] or 0) < (earlier[n] or 0) for n in sizes)
        if not wider or narrower:
            message = N_("this tolerance is not wider than the one before it")
            yield problem(f"key.tier[{place}]", message, N_("put the narrow ones first"))
        worth = as_number(tier.get("weight"))
        if worth is not None and not 0 < worth < weight:
            message = N_("a wider tolerance earns less than the one before it, and more than 0")
            yield problem(f"key.tier[{place}].weight", message, N_("change the weight"))
        before, weight = {name: tier.get(name) for name in before}, worth or weight
