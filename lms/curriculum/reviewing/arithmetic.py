"""Printed arithmetic worked out: `0.742 × 10 ÷ (1.40 mL/mg × 1 cm)`, units and all.

It is rewritten in the house's own formula grammar and worked out there, once with numbers alone
and once with each unit's size. How its signs are read is in `printed.py`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from lms.curriculum.reviewing.printed import Token
from lms.curriculum.reviewing.units import NONE, Dimensions, Unit, dimensions, read_unit
from lms.curriculum.text.formula import FormulaError, parse


@dataclass(frozen=True)
class Value:
    """What arithmetic comes to.

    Attributes:
        number: the result of the numbers as printed.
        scaled: the result with each unit's size.
        measures: what the units come to; None where they do not fit together.
        unit: of a single printed quantity: its size, 1 without one.
        step: of a single printed quantity: the worth of its last printed digit, in `number`.
        zeros: the same, if the zeros at the end of a whole number were only rounded to.
        blur: the share of itself by which rounded decimals in it leave it open.
        product: whether a × stands in it: a percentage may be what is multiplied.
    """

    number: Decimal
    scaled: Decimal
    measures: Dimensions | None
    unit: Decimal
    step: Decimal | None
    zeros: Decimal | None
    blur: Decimal
    product: bool


class Unread(Exception):
    """Text that is no arithmetic which can be worked out."""


@dataclass(frozen=True)
class _Part:
    """A piece of a formula in the house's grammar: plain, and with sizes of units."""

    plain: str
    scaled: str
    measures: Dimensions | None


class _Reader:
    """Recursive descent over tokens, from the first on as far as they are arithmetic."""

    def __init__(self, found: list[Token]) -> None:
        self.found = found
        self.index = 0

    def peek(self) -> Token | None:
        return self.found[self.index] if self.index < len(self.found) else None

    def mark(self, *marks: str) -> str:
        token = self.peek()
        text = token.sign if token else ""
        if text not in marks or not text:
            return ""
        self.index += 1
        return text

    def sum(self) -> _Part:
        return self.chain(self.product, "+", "-")

    def product(self) -> _Part:
        return self.chain(self.power, "*", "/")

    def chain(self, part: Callable[[], _Part], *marks: str) -> _Part:
        left = part()
        while sign := self.mark(*marks):
            left = _joined(left, sign, part())
        return left

    def power(self) -> _Part:
        if self.mark("-"):
            inner = self.power()
            return _Part(f"(-{inner.plain})", f"(-{inner.scaled})", inner.measures)
        base = self.quantity()
        token = self.peek()
        if self.mark("^"):
            return _raised(base, self.power().plain)
        if token and token.kind == "raised":
            self.index += 1
            return _raised(base, f"({token.exponent})")
        return base

    def quantity(self) -> _Part:
        """Read a number, brackets or a function, and the unit behind it."""
        token = self.peek()
        if token is None:
            raise Unread
        self.index += 1
        if token.kind == "number":
            number = self.tens(token.number)
            part = _Part(number, number, ())
        elif token.kind == "function":
            inner = self.quantity() if self.peek() else None
            if inner is None:
                raise Unread
            part = _called(token.name, inner)
        elif token.text in ("(", "["):
            inner = self.sum()
            if not self.mark(")"):
                raise Unread
            part = _Part(f"({inner.plain})", f"({inner.scaled})", inner.measures)
        else:
            raise Unread
        return self.with_unit(part)

    def tens(self, number: str) -> str:
        """Take `× 10⁻⁶` behind a number as part of it: 6.8 ÷ 30 × 10⁻⁶ divides by all of it."""
        times, ten = (*self.found[self.index : self.index + 2], None, None)[:2]
        if times and ten and times.text in "×·*" and ten.text == "10" and ten.power:
            self.index += 2
            return f"({number}*{ten.number})"
        return number

    def with_unit(self, part: _Part) -> _Part:
        token = self.peek()
        behind = self.found[self.index + 1 : self.index + 2]
        per = bool(token and token.sign == "/" and behind and behind[0].kind == "unit")  # 10⁹ /mL
        if token is None or not (per or token.kind == "unit"):
            return part
        self.index += 1 + per
        unit = read_unit(behind[0].text if per else token.text)
        scaled = f"({part.scaled}{'/' if per else '*'}{_printed(unit.size)})"
        return _Part(part.plain, scaled, _added(part.measures, unit.dimensions, -1 if per else 1))


def work_out(found: list[Token], whole: bool) -> tuple[Value, int]:
    """Work out the arithmetic at the beginning of some tokens.

    Args:
        whole: whether nothing may follow it.

    Returns:
        Its value, and how many tokens it takes.

    Raises:
        Unread: there is none, or it has no value.
    """
    reader = _Reader(found)
    part = reader.sum()
    if whole and reader.peek() is not None:
        raise Unread
    try:
        number, scaled = parse(part.plain).evaluate({}), parse(part.scaled).evaluate({})
    except (FormulaError, RecursionError):
        raise Unread from None
    used = found[: reader.index]
    unit = read_unit(used[-1].text) if used[-1].kind == "unit" else NONE
    value = Value(
        number, scaled, part.measures, _size(used, unit), _step(used), _zeros(used),
        _blur(used, number), any(token.sign == "*" for token in used),
    )  # fmt: skip
    return value, reader.index


def _size(used: list[Token], unit: Unit) -> Decimal:
    return unit.size if _step(used) is not None else Decimal(1)


def _step(used: list[Token]) -> Decimal | None:
    """Return the worth of the last printed digit of one quantity: `9.35 × 10⁵ cells/mL`."""
    kinds = "".join(_short(token) for token in used)
    found = re.fullmatch(r"-?(?:n(?:\*t)?|t)u?", kinds)
    if found is None:
        return None
    number = next(token for token in used if token.kind == "number")
    if number.power:  # 10⁻⁴ alone is round: between a tenth of it more and a tenth less
        return Decimal(10) ** number.exponent / 10
    _, _, decimals = number.text.partition(".")
    step = Decimal(1).scaleb(-len(decimals))
    for ten in [token for token in used if token.kind == "number"][1:]:
        step *= Decimal(10) ** ten.exponent
    return step


def _zeros(used: list[Token]) -> Decimal | None:
    step = _step(used)
    if step is None:
        return None
    digits = re.sub(r"\s", "", next(token.text for token in used if token.kind == "number"))
    return step.scaleb(len(digits) - len(digits.rstrip("0")) if digits.isdigit() else 0)


def _short(token: Token) -> str:
    if token.kind == "number":
        return "t" if token.text == "10" and token.power else "n"
    if token.kind == "mark":
        return token.sign
    return token.kind[0]


def _blur(used: list[Token], number: Decimal) -> Decimal:
    """Return by what share of itself a result changes when each printed decimal is rounded."""
    spread = Decimal(0)
    for at, token in enumerate(used):
        if token.kind == "number" and "." in token.text:
            digits = Decimal(re.sub(r"\s", "", token.text))
            half = Decimal("0.5").scaleb(-len(token.text.partition(".")[2]))
            nudged = [*used[:at], replace(token, text=f"{digits + half:f}"), *used[at + 1 :]]
            try:
                spread += abs(parse(_Reader(nudged).sum().plain).evaluate({}) - number)
            except FormulaError:
                return Decimal(0)
    return spread / abs(number) if number else Decimal(0)


def _joined(left: _Part, sign: str, right: _Part) -> _Part:
    if sign in "+-":
        measures = left.measures if left.measures == right.measures else None
    else:
        measures = _added(left.measures, right.measures, 1 if sign == "*" else -1)
    return _Part(
        f"({left.plain}{sign}{right.plain})", f"({left.scaled}{sign}{right.scaled})", measures
    )


def _raised(base: _Part, exponent: str) -> _Part:
    measures: Dimensions | None = ()
    if base.measures:
        whole = re.fullmatch(r"\(?(-?\d+)\)?", exponent)
        times = int(whole[1]) if whole else 0
        measures = dimensions({n: p * times for n, p in base.measures}) if whole else None
    return _Part(f"({base.plain}^{exponent})", f"({base.scaled}^{exponent})", measures)


def _called(name: str, inner: _Part) -> _Part:
    if name == "log₂":
        return _Part(f"(ln({inner.plain})/ln(2))", f"(ln({inner.scaled})/ln(2))", ())
    measures = _root(inner.measures) if name == "sqrt" else ()
    return _Part(f"{name}({inner.plain})", f"{name}({inner.scaled})", measures)


def _root(measures: Dimensions | None) -> Dimensions | None:
    if measures is None or any(power % 2 for _, power in measures):
        return None
    return tuple((name, power // 2) for name, power in measures)


def _added(left: Dimensions | None, right: Dimensions | None, sign: int) -> Dimensions | None:
    if left is None or right is None:
        return None
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + sign * power
    return dimensions(powers)


def _printed(size: Decimal) -> str:
    return f"{size:f}"
