"""The words of a glossary from A to Z. Pure."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from lms.curriculum.text.words import fold


class _Named(Protocol):
    @property
    def term(self) -> str: ...


T = TypeVar("T", bound=_Named)


def letters_of(terms: Sequence[T]) -> list[tuple[str, list[T]]]:
    """Return terms by the letter that they begin with, accents aside; figures under 0–9."""
    found: dict[str, list[T]] = {}
    for one in sorted_terms(terms):
        found.setdefault(_letter(one.term), []).append(one)
    return list(found.items())


def sorted_terms(terms: Sequence[T]) -> list[T]:
    """Return terms in the order of a dictionary: accents, case and hyphens aside."""
    return sorted(terms, key=lambda one: (_letter(one.term) == "0–9", _key(one.term), one.term))


def _letter(term: str) -> str:
    first = next((letter for letter in _key(term) if letter.isalnum()), "0")
    if first.isdigit():
        return "0–9"
    return first.upper() if first.isascii() else first  # α is no A


def _key(term: str) -> str:
    return " ".join(fold(part) for part in term.replace("-", " ").split())
