"""Drawn values in the text of a question: which names a text uses, and filling them in.

Inside $…$ a name keeps its braces, so that `\\frac{v1}{v2}` becomes `\\frac{2}{5}`, and braces
that hold no declared name are LaTeX's own. In prose a value after a raised sign or digit is an
exponent and is raised too: `10⁻{k}` becomes `10⁻⁴`.
"""

import re
from collections.abc import Mapping

from lms.assessment.numbers import RAISED, print_number

_MATH = re.compile(r"((?<!\\)\$\$.*?(?<!\\)\$\$|(?<!\\)\$[^$\n]*(?<!\\)\$)", re.DOTALL)
_NAME = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SUPERSCRIPTS = tuple("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")


def names_used(text: str) -> set[str]:
    """Return every `{name}` of a text, LaTeX's braces included."""
    return set(_NAME.findall(text))


def names_in_prose(text: str) -> set[str]:
    """Return the `{name}`s outside equations: each of them has to be declared."""
    return set(_NAME.findall(_MATH.sub(" ", text)))


def fill(text: str, values: Mapping[str, str], locale: str) -> str:
    """Return the text with each known `{name}` replaced by its value as people print it."""

    def replaced(match: re.Match[str], *, latex: bool) -> str:
        value = values.get(match[1])
        if value is None:
            return match[0]
        if not latex and match.string[: match.start()].endswith(_SUPERSCRIPTS):
            value = value.translate(RAISED)
        elif _PLAIN_NUMBER.fullmatch(value):
            value = print_number(value, locale, latex=latex)
        return f"{{{value}}}" if latex else value

    pieces = _MATH.split(text)  # prose and equations by turns
    return "".join(
        _NAME.sub(lambda match, latex=bool(turn % 2): replaced(match, latex=latex), piece)
        for turn, piece in enumerate(pieces)
    )
