"""The signs of printed arithmetic: numbers, units, marks and functions as lessons print them."""

import re
from dataclasses import dataclass
from decimal import Decimal

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺·", "0123456789-+.")
_NUMBER = r"[0-9]{1,3}(?:[ \xa0\u2009\u202f][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_ATOM = r"[A-Za-z]{2,}(?:-[a-z]{2,})+|[A-Za-zµμ°Ω%‰][A-Za-zµμ°Ω%]*[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]*"
# Words that stand behind numbers and are no units, names with digits in them, times of day.
_WORDS = (
    r"\b(?:is|are|and|or|of|the|gives?|so|to|from|at|in|on|by|per|with|was|were|than|for|not|but|a"
    r"|an|that|which|if|as|then|you|we|it|about|only|each|must|becomes?|comes?|remains?|means?)\b"
    r"|[A-Za-zµε]+[0-9][A-Za-z0-9%]*|[0-9]+:[0-9]+"
)
_LARGE = {"thousand": "³", "million": "⁶", "billion": "⁹"}
_LARGE_WORD = re.compile(r"(?<=[0-9])\s(thousand|million|billion)\b")
_PI = "3.14159265358979"
_TOKEN = re.compile(
    r"(?P<function>ln|log10|log₁₀|log₂|log|exp|e\^|sqrt|√)(?=\s*[(0-9])"
    rf"|(?P<constant>π)|(?P<word>{_WORDS})"
    rf"|(?P<number>{_NUMBER})(?P<power>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:·[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)?(?:-fold|‑fold)?"
    r"|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    rf"|(?P<unit>(?:{_ATOM})(?:[/·]?(?:{_ATOM}))*)"
    r"|(?P<mark>[-−+×·*÷/^()\[\]])"
    r"|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_MARKS = {"−": "-", "×": "*", "·": "*", "÷": "/", "[": "(", "]": ")"}
_FUNCTIONS = {"log": "log10", "log₁₀": "log10", "√": "sqrt", "e^": "exp"}


@dataclass(frozen=True)
class Token:
    """A piece of printed arithmetic and where it begins.

    Attributes:
        kind: number, unit, mark, function, raised (digits), word or other.
        power: of a number, the raised digits behind it.
    """

    kind: str
    text: str
    at: int
    power: str = ""

    @property
    def sign(self) -> str:
        """Return a mark as the house's formulas write it, "" of anything else."""
        return _MARKS.get(self.text, self.text) if self.kind == "mark" else ""

    @property
    def name(self) -> str:
        """Return a function as the house's formulas call it."""
        return _FUNCTIONS.get(self.text, self.text)

    @property
    def exponent(self) -> Decimal:
        """Return the raised digits of a number, or raised digits alone."""
        return Decimal((self.power or self.text).translate(_RAISED))

    @property
    def number(self) -> str:
        """Return a number as a formula: its digits, to its power if it has one."""
        digits = re.sub(r"\s", "", self.text)
        return f"({digits}^({self.exponent}))" if self.power else digits


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, spaces left out."""
    found = []
    text = _LARGE_WORD.sub(lambda word: f" × 10{_LARGE[word[1]]}", text)
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "constant":
            found.append(Token("number", _PI, match.start()))
        elif match["number"]:
            found.append(Token("number", match["number"], match.start(), match["power"] or ""))
        elif kind != "space":
            found.append(Token(kind, match[0], match.start()))
    return found
