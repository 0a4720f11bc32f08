"""What a formula means: its frozen tree, functions and value in Decimal; reads no text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

from lms.errors import N_, DomainError

PRECISION = 50  # digits


class FormulaError(DomainError):
    """A formula that cannot be read or has no value; `position` counts characters from 0."""

    def __init__(self, message: str, position: int, **params: object) -> None:
        super().__init__(message, **params)
        self.position = position


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Name:
    name: str
    at: int


@dataclass(frozen=True)
class Negative:
    operand: "Node"


@dataclass(frozen=True)
class Chain:
    """A row of + and -, or of * and /, worked from the left; flat, so that depth stays small."""

    first: "Node"
    rest: "tuple[tuple[str, Node, int], ...]"


@dataclass(frozen=True)
class Power:
    base: "Node"
    exponent: "Node"
    at: int


@dataclass(frozen=True)
class Call:
    function: str
    arguments: "tuple[Node, ...]"
    at: int


Node = Number | Name | Negative | Chain | Power | Call


def _round(value: Decimal, decimals: Decimal) -> Decimal:
    # Half away from zero, as pharmacopoeias round reported results.
    if decimals != decimals.to_integral_value() or abs(decimals) > 30:
        raise InvalidOperation
    return value.quantize(Decimal(1).scaleb(-int(decimals)), rounding=ROUND_HALF_UP)


def _sd(*values: Decimal) -> Decimal:
    mean = sum(values, Decimal()) / len(values)
    return (sum(((value - mean) ** 2 for value in values), Decimal()) / (len(values) - 1)).sqrt()


# name: (what it does, fewest arguments, most arguments or None for any number)
FUNCTIONS: Mapping[str, tuple[Callable[..., Decimal], int, int | None]] = {
    "ln": (lambda x: x.ln(), 1, 1),
    "log10": (lambda x: x.log10(), 1, 1),
    "exp": (lambda x: x.exp(), 1, 1),
    "sqrt": (lambda x: x.sqrt(), 1, 1),
    "abs": (abs, 1, 1),
    "ceil": (lambda x: x.to_integral_value("ROUND_CEILING"), 1, 1),
    "floor": (lambda x: x.to_integral_value("ROUND_FLOOR"), 1, 1),
    "round": (_round, 2, 2),
    "min": (lambda *xs: min(xs), 1, None),
    "max": (lambda *xs: max(xs), 1, None),
    "sum": (lambda *xs: sum(xs, Decimal()), 1, None),
    "mean": (lambda *xs: sum(xs, Decimal()) / len(xs), 1, None),
    "sd": (_sd, 2, None),
}


_CONTEXT = Context(
    prec=PRECISION, Emin=-999, Emax=999, traps=[InvalidOperation, DivisionByZero, Overflow]
)
Values = Mapping[str, Decimal]
Worker = Callable[[Values], Decimal]


def worked(root: Node) -> Worker:
    """Return what works a tree out; see `lms.curriculum.text.formula.Formula.evaluate`.

    The tree is walked here, once, however often it is worked out with other values.
    """
    work = _worker(root)

    def value(values: Values) -> Decimal:
        with localcontext(_CONTEXT):
            return +work(values)

    return value


def names_in(node: Node) -> set[str]:
    """Return the names whose values the tree needs."""
    match node:
        case Name(name):
            return {name}
        case Negative(operand):
            return names_in(operand)
        case Chain(first, rest):
            return names_in(first).union(*(names_in(part) for _, part, _ in rest))
        case Power(base, exponent):
            return names_in(base) | names_in(exponent)
        case Call(_, arguments):
            return set().union(*map(names_in, arguments))
    return set()


def _worker(node: Node) -> Worker:
    match node:
        case Number(value):
            return lambda values: value
        case Name(name, at):
            return lambda values: _known(name, values, at)
        case Negative(operand):
            inner = _worker(operand)
            return lambda values: -inner(values)
        case Chain(first, rest):
            return _chained(_worker(first), [(mark, _worker(part), at) for mark, part, at in rest])
        case Power(base, exponent, at):
            below, above = _worker(base), _worker(exponent)
            return lambda values: _step("^", below(values), above(values), at)
        case Call(function, arguments, at):
            workers = [_worker(argument) for argument in arguments]
            return lambda values: _apply(function, [work(values) for work in workers], at)


def _known(name: str, values: Values, at: int) -> Decimal:
    if name not in values or not values[name].is_finite():
        raise FormulaError(N_("“%(name)s” has no value."), at, name=name)
    return values[name]


def _chained(first: Worker, rest: list[tuple[str, Worker, int]]) -> Worker:
    def work(values: Values) -> Decimal:
        result = first(values)
        for mark, part, at in rest:
            result = _step(mark, result, part(values), at)
        return result

    return work


def _step(mark: str, left: Decimal, right: Decimal, at: int) -> Decimal:
    if (not right and mark == "/") or (not left and mark == "^" and right < 0):
        raise FormulaError(N_("Division by 0."), at)
    try:
        match mark:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return left / right
        return left**right
    except Overflow:
        raise FormulaError(N_("The result is too large."), at) from None
    except DecimalException:
        raise FormulaError(
            N_("%(left)s%(mark)s%(right)s has no value."),
            at, left=_short(left), mark=mark, right=_short(right),
        ) from None  # fmt: skip


def _apply(function: str, arguments: list[Decimal], at: int) -> Decimal:
    try:
        result = FUNCTIONS[function][0](*arguments)
        if not result.is_finite():  # ln(0) is -Infinity to Decimal
            raise InvalidOperation
        return result
    except Overflow:
        raise FormulaError(N_("The result is too large."), at) from None
    except DecimalException:
        raise FormulaError(
            N_("%(name)s(%(arguments)s) has no value."),
            at, name=function, arguments=", ".join(map(_short, arguments)),
        ) from None  # fmt: skip


def _short(value: Decimal) -> str:
    return f"{value:.6g}"
