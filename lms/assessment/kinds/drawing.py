"""Drawing the values of a numeric question and working its formulas out. Scoring is elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from random import Random

from lms.assessment.numbers import to_figures
from lms.curriculum.kind import Plain, Undrawable
from lms.curriculum.text.formula import Formula, FormulaError, parse
from lms.errors import N_

TRIES = 1000
DIGITS = 30  # kept of what is worked out
KEPT = Context(prec=DIGITS)
_FINE = Context(prec=50)
_BITS = Decimal(2**53)


@dataclass(frozen=True)
class OutOfBounds(Exception):
    """A draw whose parameter or answer lies outside its bounds."""


@lru_cache(maxsize=4096)
def _formula(text: str) -> Formula:
    return parse(text)


def work_out(formula: str, values: Mapping[str, str]) -> Decimal:
    """Work a formula out on printed values, kept to 30 digits. Raises FormulaError."""
    read = _formula(formula)
    return KEPT.plus(read.evaluate({name: Decimal(values[name]) for name in read.names}))


def drawn(shown: Plain, key: Plain, rng: Random) -> Plain:
    """Draw values until parameters and answer lie within their bounds.

    Returns `{"values", "derived", "answer"}`, numbers as text. Raises Undrawable after 1000 tries.
    """

    def one() -> Plain:
        values = _values(shown, rng)
        answer = work_out(key["formula"], {**values["values"], **values["derived"]})
        _check_bounds(answer, key)
        return values | {"answer": str(answer)}

    return _first(one)


def drawn_chain(shown: Plain, parts: Sequence[tuple[str, Plain]], rng: Random) -> Plain:
    """Draw values until parameters and every answer of a chain lie within their bounds.

    Args:
        parts: the name and the key of each part; a formula may name the parts before it.

    Returns `{"values", "derived", "answers"}`, numbers as text. Raises Undrawable.
    """

    def one() -> Plain:
        values = _values(shown, rng)
        known, answers = {**values["values"], **values["derived"]}, {}
        for name, key in parts:
            answer = work_out(key["formula"], known)
            _check_bounds(answer, key)
            known[name] = answers[name] = str(answer)
        return values | {"answers": answers}

    return _first(one)


def _first(one: Callable[[], Plain]) -> Plain:
    reason = ""
    for _ in range(TRIES):
        try:
            return one()
        except OutOfBounds:
            continue
        except FormulaError as error:
            reason = str(error)
    raise Undrawable(
        N_("No values within the bounds were found in %(tries)s tries. %(reason)s"),
        tries=TRIES,
        reason=reason,
    )


def _values(shown: Plain, rng: Random) -> Plain:
    # Sorted: canonical JSON forgets the author's order, and a draw must not depend on it.
    values = {name: _draw(one, rng) for name, one in sorted(shown["parameters"].items())}
    derived: dict[str, str] = {}
    for name, formula in shown["derived"]:
        derived[name] = str(work_out(formula, values | derived))
    return {"values": values, "derived": derived}


def _draw(parameter: Plain, rng: Random) -> str:
    if "choices" in parameter:
        return str(parameter["choices"][rng.randrange(len(parameter["choices"]))])
    span = _span(parameter["min"], parameter["max"], parameter.get("distribution"))
    share = _FINE.divide(Decimal(rng.getrandbits(53)), _BITS)
    value = _FINE.add(span.start, _FINE.multiply(share, span.length))
    if span.is_log:
        value = _FINE.exp(value)
    if "decimals" in parameter:
        printed = f"{value:.{parameter['decimals']}f}"
    else:
        printed = to_figures(value, parameter["significant"])
    if not span.least <= Decimal(printed) <= span.most:
        raise OutOfBounds
    return printed


@dataclass(frozen=True)
class _Span:
    """Where a value is drawn: from `start` over `length`, of its logarithm where `is_log`."""

    least: Decimal
    most: Decimal
    start: Decimal
    length: Decimal
    is_log: bool


@lru_cache(maxsize=4096)
def _span(lowest: str, highest: str, distribution: str | None) -> _Span:
    least, most = Decimal(lowest), Decimal(highest)
    # Over a decade or more every magnitude should come up: the rule of the question catalogue.
    wide = least > 0 and most / least >= 10
    with localcontext(_FINE):
        if (distribution or ("log" if wide else "uniform")) == "log":
            return _Span(least, most, least.ln(), most.ln() - least.ln(), True)
        return _Span(least, most, least, most - least, False)


def _check_bounds(value: Decimal, bounds: Plain) -> None:
    if "min" in bounds and value < Decimal(bounds["min"]):
        raise OutOfBounds
    if "max" in bounds and value > Decimal(bounds["max"]):
        raise OutOfBounds
