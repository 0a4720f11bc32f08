"""Numbers as people type them, read by a closed grammar, and as we print them.

Grammar: sign? digits (mark digits)? exponent? with one decimal mark, no thousands marks, no
fractions, no operators; the exponent is e6, E6, ×10^6 or x10^6. Nothing is ever reinterpreted:
what the grammar does not hold is refused with a hint, and the typed text is kept by the caller.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from lms.errors import N_

MAX_LENGTH = 40
MAX_EXPONENT = 99
_ZEROS = (0x0660, 0x06F0, 0x0966)  # of the Arabic-Indic, Persian and Devanagari digits
_PLAIN = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_PLAIN |= {0x2212: "-", 0x066B: "٫"}
# Direction marks that a right-to-left keyboard or a pasted text brings along unseen.
_PLAIN |= dict.fromkeys((0x200E, 0x200F, 0x061C), "")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")  # for an exponent in prose
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]*)(?:(?P<mark>[.,٫])(?P<part>[0-9]*))?"
    r"(?:[eE](?P<e>[+-]?[0-9]+)"
    r"|\s*[×xX]\s*10(?:\^(?P<power>[+-]?[0-9]+)|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)))?"
)
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True)
class ReadNumber:
    """A number that was read, with the range of significant figures its digits allow."""

    value: Decimal
    raw: str
    fewest_figures: int
    most_figures: int


@dataclass(frozen=True)
class NumberProblem:
    """Why a text was not read as a number, with a hint; a translatable template and its values."""

    message: str
    params: dict[str, str] = field(default_factory=dict)


@cache
def _marks(locale: str) -> tuple[str, str]:
    """Return the decimal and the thousands mark that Latin digits take in `locale`."""
    for name in (locale.replace("-", "_"), re.split("[-_]", locale)[0], "en"):
        try:
            symbols = Locale.parse(name).number_symbols["latn"]
        except (UnknownLocaleError, ValueError, KeyError):
            continue
        return symbols["decimal"], symbols["group"]
    return ".", ","


def uses_comma(locale: str) -> bool:
    """Say whether people of `locale` write a decimal comma."""
    return _marks(locale)[0] == ","


def read_number(text: str, locale: str) -> ReadNumber | NumberProblem:
    """Read what a person typed; `locale` is the attempt's and decides on the decimal comma."""
    if len(text) > MAX_LENGTH:
        return NumberProblem(
            N_("This is longer than %(most)s characters. Type one number."),
            {"most": str(MAX_LENGTH)},
        )
    match = _NUMBER.fullmatch(text.translate(_PLAIN).strip())
    if match is None or not (match["whole"] or match["part"]):
        return _refused(text, locale)
    problem = _mark_problem(match, locale)
    if problem:
        return problem
    exponent = int(
        match["e"] or match["power"] or (match["raised"] or "0").translate(_SUPERSCRIPTS)
    )
    if abs(exponent) > MAX_EXPONENT:
        return NumberProblem(
            N_("The exponent is beyond %(most)s. Check the power of ten."),
            {"most": str(MAX_EXPONENT)},
        )
    whole, part = match["whole"], match["part"] or ""
    value = Decimal(f"{match['sign']}{whole or '0'}{'.' if part else ''}{part}e{exponent}")
    return ReadNumber(value, text, *_figures(whole, part, exact=match["mark"] is not None))


def _mark_problem(match: re.Match[str], locale: str) -> NumberProblem | None:
    mark, whole, part = match["mark"], match["whole"], match["part"] or ""
    if mark == "," and not uses_comma(locale):
        return NumberProblem(
            N_(
                "A comma is not read here. Write the decimal mark as a point, such as 1.5,"
                " and no thousands mark, such as 1500."
            )
        )
    looks_grouped = len(part) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    if mark == "." and _marks(locale)[1] == "." and looks_grouped:
        return NumberProblem(
            N_(
                "“%(text)s” could mean two numbers. Write %(large)s without a thousands mark,"
                " or %(small)s with a decimal comma."
            ),
            {"text": match[0], "large": whole + part, "small": f"{whole},{part}"},
        )
    return None


def _refused(text: str, locale: str) -> NumberProblem:
    plain = text.translate(_PLAIN).strip()
    mark = "," if uses_comma(locale) else "."
    if re.search(r"[0-9](?:[\s'’_٬]|[.,٫][0-9]*[.,٫])[0-9]", plain):
        return NumberProblem(
            N_("Write the number without spaces or thousands marks, such as %(example)s."),
            {"example": f"1500{mark}5"},
        )
    if re.search(r"[0-9]\s*[*/:·+-]|10\s*\^", plain):
        return NumberProblem(
            N_("Type the result as one number, without a calculation; powers of ten as 3e6.")
        )
    if re.match(r"[+-]?[0-9.,٫]+\s*\S", plain):
        return NumberProblem(
            N_("Type only the number, such as %(example)s; the unit has a field of its own."),
            {"example": f"1{mark}5"},
        )
    return NumberProblem(
        N_("This is not a number. Type digits, such as %(example)s."), {"example": f"1{mark}5"}
    )


def _figures(whole: str, part: str, *, exact: bool) -> tuple[int, int]:
    """Count significant figures: 0.0010 has 2, 10.0 has 3, 100 has between 1 and 3."""
    digits = (whole + part).lstrip("0")
    if not digits:
        return 1, max(1, len(part))
    least = len(digits) if exact else len(digits.rstrip("0"))
    return least, len(digits)


def print_number(text: str, locale: str = "en", *, latex: bool = False) -> str:
    """Print a plain decimal such as "-12500.5" or "1.2e7" as people read it.

    The digits stay exactly those of `text`: groups of three are set apart by a narrow space from
    five digits on (the SI's rule), an exponent becomes × 10ⁿ, the mark follows `locale`.
    """
    mantissa, _, exponent = text.strip().lower().partition("e")
    sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa.lstrip("+"))
    whole, point, part = digits.partition(".")
    space, mark = (r"\,", "{,}") if latex else (_NARROW_SPACE, ",")
    mark = mark if uses_comma(locale) else "."
    left = _grouped(whole[::-1], space[::-1])[::-1]
    body = ("−" if sign and not latex else sign) + left + (mark if point else "")
    body += _grouped(part, space)
    if not exponent:
        return body
    power = str(int(exponent))
    return rf"{body} \times 10^{{{power}}}" if latex else f"{body} × 10{power.translate(RAISED)}"


def _grouped(digits: str, space: str) -> str:
    if len(digits) < 5:
        return digits
    return space.join(digits[start : start + 3] for start in range(0, len(digits), 3))


def print_quantity(text: str, unit: str, locale: str = "en") -> str:
    """Print a plain decimal with its unit, the two kept on one line; "" and "1" are no unit."""
    number = print_number(text, locale)
    return number if unit in ("", "1") else f"{number}\N{NO-BREAK SPACE}{unit}"


def to_figures(value: Decimal, figures: int) -> str:
    """Write `value` with `figures` significant figures; from 10^6 on and below 10^-4 as 1.2e7."""
    if not value:
        return "0"
    rounded = Decimal(f"{value:.{figures - 1}e}")
    if -5 < rounded.adjusted() < 6:
        return f"{rounded:f}"
    return f"{rounded:.{figures - 1}e}".replace("e+", "e")
