"""Formulas worked out over many drawn values at once, in floating point: to count how often a draw
would be refused. What a learner is asked and scored on is never worked out here."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat

from lms.curriculum.text.formula_tree import Call, Chain, Name, Negative, Node, Number, Power

Column = Sequence[float]
_NOTHING = float("nan")  # where mathematics has no answer
_MARKS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _round(value: float, decimals: float) -> float:
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)


def _sd(numbers: Sequence[float]) -> float:
    mean = math.fsum(numbers) / len(numbers)
    return math.sqrt(math.fsum([(one - mean) ** 2 for one in numbers]) / (len(numbers) - 1))


_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "ln": math.log,
    "log10": math.log10,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "abs": abs,
    "ceil": math.ceil,
    "floor": math.floor,
    "round": _round,
    "min": min,
    "max": max,
    "sum": lambda *numbers: math.fsum(numbers),
    "mean": lambda *numbers: math.fsum(numbers) / len(numbers),
    "sd": lambda *numbers: _sd(numbers),
}


def column(node: Node, values: Mapping[str, Column], count: int) -> Column:
    """Work a formula out for each of `count` draws; not a number where it has no value.

    Args:
        values: each name's drawn values, `count` of them.
    """
    match node:
        case Number(value):
            return [float(value)] * count
        case Name(name):
            return values.get(name, [_NOTHING] * count)
        case Negative(operand):
            return _each(operator.neg, column(operand, values, count))
        case Chain(first, rest):
            result = column(first, values, count)
            for mark, part, _ in rest:
                result = _each(_MARKS[mark], result, column(part, values, count))
            return result
        case Power(base, exponent):
            return _each(math.pow, column(base, values, count), column(exponent, values, count))
        case Call(function, arguments):
            columns = [column(argument, values, count) for argument in arguments]
            if len(columns) == 1 and function in ("min", "max", "sum", "mean"):
                return columns[0]
            return _each(_FUNCTIONS[function], *columns)


def _each(work: Callable[..., float], *columns: Column) -> Column:
    """Do it for all draws at once, and one by one only where one of them has no answer."""
    try:
        return list(map(work, *columns))
    except (ArithmeticError, ValueError):
        return list(map(_tried, repeat(work), *columns))


def _tried(work: Callable[..., float], *numbers: float) -> float:
    try:
        return work(*numbers)
    except (ArithmeticError, ValueError):
        return _NOTHING
