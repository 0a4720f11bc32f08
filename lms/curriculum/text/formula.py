"""The closed formula grammar of questions, read from text; what it means is in `formula_tree`.

Nothing here evaluates code. Which names a question declares is the kind's matter, not ours.
Grammar: sum = product (("+" | "-") product)* · product = sign (("*" | "/") sign)* ·
sign = "-" sign | power · power = atom ["^" sign] · atom = number | name | call | "(" sum ")".
So -2^2 = -4 and 2^3^2 = 2^9, as on paper.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lms.curriculum.text.formula_tree import (
    FUNCTIONS,
    Call,
    Chain,
    FormulaError,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Worker,
    names_in,
    worked,
)
from lms.errors import N_

__all__ = ["FUNCTIONS", "Formula", "FormulaError", "parse"]

MAX_LENGTH = 2000  # characters; a trapezoid over 30 readings needs about 750
MAX_DEPTH = 40
MAX_DIGITS = 40
MAX_EXPONENT = 99  # of a number as written

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<mark>[-+*/^(),])|(?P<end>$))"
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while not tokens or tokens[-1].kind != "end":
        match = _TOKEN.match(text, position)
        if match is None:
            at = position + len(text[position:]) - len(text[position:].lstrip())
            raise FormulaError(
                N_("“%(character)s” does not belong in a formula."), at, character=text[at]
            )
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match[kind], match.start(kind)))
        position = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.index = 0
        self.depth = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.index]

    def take(self, *marks: str) -> _Token | None:
        token = self.now
        if token.kind != "mark" or token.text not in marks:
            return None
        self.index += 1
        return token

    def whole(self) -> Node:
        node = self.sum()
        if self.now.kind != "end":
            raise self.unexpected()
        return node

    def unexpected(self) -> FormulaError:
        if self.now.kind == "end":
            return FormulaError(N_("The formula ends too early."), self.now.at)
        return FormulaError(N_("“%(text)s” is not expected here."), self.now.at, text=self.now.text)

    def sum(self) -> Node:
        return self.chain(self.product, "+", "-")

    def product(self) -> Node:
        return self.chain(self.sign, "*", "/")

    def chain(self, part: Callable[[], Node], *marks: str) -> Node:
        first, rest = part(), []
        while token := self.take(*marks):
            rest.append((token.text, part(), token.at))
        return Chain(first, tuple(rest)) if rest else first

    def sign(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaError(N_("The formula is nested too deeply."), self.now.at)
        node = Negative(self.sign()) if self.take("-") else self.power()
        self.depth -= 1
        return node

    def power(self) -> Node:
        base = self.atom()
        token = self.take("^")
        return Power(base, self.sign(), token.at) if token else base

    def atom(self) -> Node:
        token = self.now
        if token.kind == "number":
            self.index += 1
            return Number(_number(token))
        if token.kind == "name":
            self.index += 1
            return self.call(token) if self.take("(") else _name(token)
        if self.take("("):
            return self.closed(self.sum())
        raise self.unexpected()

    def closed(self, node: Node) -> Node:
        if not self.take(")"):
            raise FormulaError(N_("A closing parenthesis is missing."), self.now.at)
        return node

    def call(self, token: _Token) -> Node:
        if token.text not in FUNCTIONS:
            raise FormulaError(
                N_("There is no function “%(name)s”; there are %(functions)s."),
                token.at, name=token.text, functions=", ".join(sorted(FUNCTIONS)),
            )  # fmt: skip
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        call = self.closed(Call(token.text, tuple(arguments), token.at))
        _, fewest, most = FUNCTIONS[token.text]
        if len(arguments) < fewest or (most is not None and len(arguments) > most):
            raise FormulaError(
                N_("“%(name)s” takes %(fewest)s or more arguments, here are %(given)s.")
                if most is None
                else N_("“%(name)s” takes exactly %(fewest)s arguments, here are %(given)s."),
                token.at, name=token.text, fewest=fewest, given=len(arguments),
            )  # fmt: skip
        return call


def _number(token: _Token) -> Decimal:
    digits, _, exponent = token.text.lower().partition("e")
    size = exponent.lstrip("+-0") or "0"
    if len(digits) > MAX_DIGITS or len(size) > 2 or int(size) > MAX_EXPONENT:
        raise FormulaError(N_("The number is too long."), token.at)
    return Decimal(token.text)


def _name(token: _Token) -> Name:
    if token.text in FUNCTIONS:
        raise FormulaError(
            N_("“%(name)s” is a function and needs parentheses."), token.at, name=token.text
        )
    return Name(token.text, token.at)


@dataclass(frozen=True)
class Formula:
    """A formula that was read; `names` are the values it needs."""

    text: str
    root: Node

    @cached_property
    def _worked(self) -> Worker:
        return worked(self.root)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(names_in(self.root))

    def evaluate(self, values: Mapping[str, Decimal]) -> Decimal:
        """Work the formula out with 50 digits.

        `values` gives each of `names` a finite Decimal. Raises FormulaError on a missing value and
        wherever mathematics has no answer (ln of 0, division by 0, overflow beyond 10^999).
        """
        return self._worked(values)


def parse(text: str) -> Formula:
    """Read a formula. Raises FormulaError with the position and plain words."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            N_("The formula is longer than %(most)s characters."), MAX_LENGTH, most=MAX_LENGTH
        )
    return Formula(text, _Parser(text).whole())
