"""Scoring a number: read, converted exactly, compared within inclusive bounds, and explained."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from lms.assessment.kinds.drawing import KEPT, work_out
from lms.assessment.kinds.filling import fill
from lms.assessment.numbers import (
    NumberProblem,
    ReadNumber,
    print_number,
    print_quantity,
    read_number,
    to_figures,
)
from lms.assessment.units import UnitError, convert
from lms.curriculum.kind import BLANK, Plain, Said, Score
from lms.curriculum.text.formula import FormulaError
from lms.errors import N_

MOST_TENS = 9  # powers of ten that are looked for in a wrong answer
NEAR = Fraction(1, 20)  # how near the digits have to be, at most, to speak of a power of ten


def score_numeric(
    shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
) -> Score:
    """Score what was typed. The answer comes from the key, so that a corrected key counts.

    Parts: the value within the tolerance (within a wider tier: that tier's share), the unit of the
    right kind, the demanded figures in the range that the digits allow; each is worth its weight,
    by default 1, 0 and 0.
    """
    if payload is None:
        return BLANK
    number = read_number(payload["text"], locale)
    if isinstance(number, NumberProblem):
        return Score(Fraction(0), trace=((number.message, number.params),))
    unit = _unit(shown, payload)
    answer = work_out(key["formula"], _known(variant))
    given = _converted(number.value, unit, key["unit"])
    right = given is not None and _holds(given, answer, key)
    tier = None if right or given is None else _tier(given, answer, key)
    tens = None if right or tier or given is None else _power_of_ten(given, answer, key)
    worth = Fraction(tier["weight"]) if tier else Fraction(right)
    parts = _parts(key, worth, given is not None, _figures_hold(number, key))
    trace = [
        _read(number, unit, payload, given, locale),
        _judged(right, answer, key, locale),
        *_tiered(tier, answer, key, locale),
        *([] if right or given is None else _known_mistakes(given, answer, key, variant, locale)),
        *_tens(tens),
        *_figures(number, key),
    ]
    total = sum((part for _, part in parts), Fraction(0))
    return Score(total, parts, tuple(trace), critical_error=tens is not None)


def read_value(shown: Plain, key: Plain, payload: Plain, locale: str) -> Decimal | None:
    """Return what was typed in the unit of the key, to 30 digits; None where it cannot be read."""
    number = read_number(payload["text"], locale)
    if isinstance(number, NumberProblem):
        return None
    given = _converted(number.value, _unit(shown, payload), key["unit"])
    if given is None:
        return None
    return KEPT.divide(Decimal(given.numerator), Decimal(given.denominator))


def printed_answer(key: Plain, variant: Plain) -> str:
    """Return the model answer with the figures that the key prints; an exact one whole."""
    answer = work_out(key["formula"], _known(variant))
    if not tolerance(answer, key):
        return f"{answer.normalize():f}"
    return to_figures(answer, key["significant"])


def is_mistake_right(key: Plain, mistake: Plain, variant: Plain) -> bool:
    """Say whether a known mistake would earn points in this variant. Raises FormulaError."""
    answer = work_out(key["formula"], _known(variant))
    mistaken = Fraction(_mistaken(mistake, answer, variant))
    return _holds(mistaken, answer, key) or _tier(mistaken, answer, key) is not None


def tolerance(answer: Decimal, key: Plain) -> Fraction:
    """Return how far from the answer still counts: where both are given, either satisfies."""
    relative = Fraction(key.get("relative", "0")) * abs(Fraction(answer))
    return max(relative, Fraction(key.get("absolute", "0")))


def _holds(value: Fraction, target: Decimal, key: Plain) -> bool:
    return abs(value - Fraction(target)) <= tolerance(target, key)


def _tier(value: Fraction, target: Decimal, key: Plain) -> Plain | None:
    """Return the narrowest tier beyond the full tolerance that a value lies in."""
    return next((tier for tier in key.get("tier", ()) if _holds(value, target, tier)), None)


def _known(variant: Plain) -> dict[str, str]:
    return {**variant["values"], **variant["derived"]}


def _unit(shown: Plain, payload: Plain) -> str | None:
    """Return the unit that was chosen, or the only one there is; None if none of them was."""
    units = shown["units"] or [""]
    if len(units) == 1:
        return str(units[0])
    return payload["unit"] if payload["unit"] in units else None


def _converted(value: Decimal, unit: str | None, target: str) -> Fraction | None:
    if unit is None:
        return None
    try:
        return convert(value, unit, target)
    except UnitError:
        return None


def _parts(
    key: Plain, worth: Fraction, unit: bool, figures: bool
) -> tuple[tuple[str, Fraction], ...]:
    earned = {"value": worth, "unit": Fraction(unit), "figures": Fraction(figures)}
    weights = {name: Fraction(key["weights"][name]) for name in earned}
    return tuple((name, weights[name] * earned[name]) for name in earned if weights[name])


def _figures_hold(number: ReadNumber, key: Plain) -> bool:
    # A whole number with zeros at its end leaves the count open: it passes if it may hold, but
    # where the key is strict its zeros do not count.
    demanded = key.get("figures")
    most = number.fewest_figures if key.get("figures_strict") else number.most_figures
    return demanded is None or number.fewest_figures <= demanded <= most


def _power_of_ten(given: Fraction, answer: Decimal, key: Plain) -> int | None:
    """Return n where given ≈ answer × 10^n: a tenfold error differs in kind from a slip."""
    target = Fraction(answer)
    near = min(tolerance(answer, key), NEAR * abs(target))
    for n in range(-MOST_TENS, MOST_TENS + 1):
        if n and given and target and abs(given / Fraction(10) ** n - target) <= near:
            return n
    return None


def _mistaken(mistake: Plain, answer: Decimal, variant: Plain) -> Decimal:
    return work_out(mistake["formula"], _known(variant) | {"answer": str(answer)})


def _printed(value: Decimal | Fraction, unit: str, locale: str) -> str:
    number = value if isinstance(value, Decimal) else Decimal(value.numerator) / value.denominator
    return print_quantity(to_figures(number, 6), unit, locale)


def _read(
    number: ReadNumber, unit: str | None, payload: Plain, given: Fraction | None, locale: str
) -> Said:
    if unit is None:
        return N_("No unit was chosen."), {}
    if given is None:
        return N_("%(unit)s does not measure what was asked for."), {"unit": unit}
    read = _printed(number.value, unit, locale)
    return N_("“%(typed)s” was read as %(read)s."), {"typed": payload["text"], "read": read}


def _judged(right: bool, answer: Decimal, key: Plain, locale: str) -> Said:
    span, unit = tolerance(answer, key), key["unit"]
    said = {
        "answer": _printed(answer, unit, locale),
        "low": _printed(Fraction(answer) - span, unit, locale),
        "high": _printed(Fraction(answer) + span, unit, locale),
    }
    if right:
        return N_("This is right: %(low)s to %(high)s is accepted."), said
    return N_("The answer is %(answer)s; %(low)s to %(high)s is accepted."), said


def _tiered(tier: Plain | None, answer: Decimal, key: Plain, locale: str) -> Iterator[Said]:
    if tier is None:
        return
    span, unit = tolerance(answer, tier), key["unit"]
    said = {
        "low": _printed(Fraction(answer) - span, unit, locale),
        "high": _printed(Fraction(answer) + span, unit, locale),
        "share": str(Fraction(tier["weight"])),
    }
    yield N_("Within %(low)s to %(high)s the number still earns %(share)s of its points."), said


def _known_mistakes(
    given: Fraction, answer: Decimal, key: Plain, variant: Plain, locale: str
) -> Iterator[Said]:
    for mistake in key["mistakes"]:
        try:
            mistaken = _mistaken(mistake, answer, variant)
        except FormulaError:
            continue  # a mistake without a value in this draw is nobody's answer
        if _holds(given, mistaken, key):
            values = _known(variant) | {"answer": to_figures(answer, key["significant"])}
            yield N_("%(feedback)s"), {"feedback": fill(mistake["why"], values, locale)}
            return


def _tens(tens: int | None) -> Iterator[Said]:
    if tens is None:
        return
    factor = {"factor": print_number(f"1{'0' * abs(tens)}")}
    if tens > 0:
        yield N_("The digits are right, and the answer is %(factor)s times too large."), factor
    else:
        yield N_("The digits are right, and the answer is %(factor)s times too small."), factor


def _figures(number: ReadNumber, key: Plain) -> Iterator[Said]:
    if "figures" in key and not _figures_hold(number, key):
        demanded = {"demanded": str(key["figures"])}
        yield N_("%(demanded)s significant figures were asked for."), demanded
        if key.get("figures_strict") and number.most_figures > number.fewest_figures:
            yield N_("Zeros at the end of a whole number do not count here: write 1.00e2."), {}
