"""How a text becomes words that are compared: folded case, accents, plurals. Pure; no ranking."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 40  # characters of a word that are compared
# Letters and digits, and the marks that belong to letters: Latin accents, Hebrew, Arabic and
# South Asian vowel signs, the joiners between them. `\w` alone would cut a word at each mark.
_MARKS = (
    "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e00-\u109f\u135d-\u135f\u200c\u200d"
)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
# 0.05 and 1,000 are one word; 10⁶ is ten and six, or it would be read as a hundred and six.
_WORD = re.compile(
    rf"\d+(?:[.,]\d+)+(?![^\W_])|\d+(?=[{_RAISED}])|(?<=\d)[{_RAISED}]+|(?:[^\W_]|[{_MARKS}])+"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# What is put on letters and not meant by who searches; nothing of scripts whose vowels are marks.
_ACCENTS = re.compile(
    "[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d]"
)
_ARABIC = str.maketrans("ىةﻻ", "يها")
_IRREGULAR = {
    "viruses": "virus", "gases": "gas", "lenses": "lens", "buses": "bus", "analyses": "analysis",
    "hypotheses": "hypothesis", "bases": "base", "bacteria": "bacterium", "criteria": "criterion",
    "phenomena": "phenomenon", "spectra": "spectrum", "sera": "serum", "matrices": "matrix",
    "indices": "index", "axes": "axis", "mice": "mouse", "people": "person", "fungi": "fungus",
    "biopsies": "biopsy", "leaves": "leaf", "halves": "half",
}  # fmt: skip  # read as pairs

_SINGULAR = {"lens", "bias", "series", "species", "always", "news", "ethics", "genetics"}


@dataclass(frozen=True)
class Word:
    """A word as it stands in a text, from character `start` to `end`, and as it is compared."""

    start: int
    end: int
    term: str


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order."""
    for found in _WORD.finditer(text):
        term = fold(found[0])
        if term:
            yield Word(found.start(), found.end(), term)


def terms(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return [word.term for word in words(text)]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word as it is compared: NFKC, case folded, accents off, an English plural undone.

    Numbers and codes stay whole (FND104, A280, 0.05); Arabic loses vowel signs and the variants
    of alef, yeh and teh marbuta; Hangul stays composed.
    """
    folded = unicodedata.normalize("NFKC", word).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded)).translate(_ARABIC)
    term = unicodedata.normalize("NFC", bare)
    if term.isascii():
        term = _singular(term) if term.isalpha() else _THOUSANDS.sub("", term).replace(",", ".")
    return term[:LONGEST]


def _singular(word: str) -> str:
    """Return the singular of an English word, roughly: both sides are folded alike."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if (
        len(word) < 4
        or word in _SINGULAR
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is"))
    ):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def holds(text: list[str], phrase: list[str]) -> bool:
    """Tell whether the words of a phrase stand in a text, one after the other."""
    size = len(phrase)
    return bool(size) and any(text[at : at + size] == phrase for at in range(len(text) - size + 1))


def anchor(term: str) -> str:
    """Return the place of a term on the glossary's page."""
    return "-".join(terms(term)) or "term"
