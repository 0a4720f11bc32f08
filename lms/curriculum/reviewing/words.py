"""Words, sentences and shingles of plain text. Knows nothing of modules."""

import re
from collections.abc import Sequence

from lms.curriculum.reviewing.prose import SYMBOL

_WORD = re.compile(rf"[^\W_]+(?:[-’'./][^\W_]+)*|{SYMBOL}")
# A dot after these ends no sentence.
_SHORT = re.compile(r"\b(e\.g|i\.e|etc|cf|vs|approx|No|Dr|Prof|St|Fig|Ph|Eur|spp|sp)\.")
# An arrow parts the steps of a sequence as a full stop does.
_END = re.compile(r"(?<=[.!?])[”\"’)]*\s+(?=[“\"(]?[^a-z\s])|\s*→\s*")
_PLACEHOLDER = re.compile(r"\{[A-Za-z_]\w*\}")


def words(text: str) -> list[str]:
    """Return the words and numbers of a text, an equation counting as one."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    kept = _SHORT.sub(lambda found: found[0].replace(".", "\0"), text)
    return [part.replace("\0", ".").strip() for part in _END.split(kept) if part.strip()]


def shingles(text: str, length: int) -> frozenset[tuple[str, ...]]:
    """Return each run of `length` words of a text, in small letters; drawn values are alike."""
    found: Sequence[str] = words(_PLACEHOLDER.sub("0", text).casefold())
    return frozenset(
        tuple(found[at : at + length]) for at in range(max(len(found) - length + 1, 0))
    )


def beginning(text: str, length: int = 6) -> str:
    """Return the first words of a text: how a finding names it."""
    return " ".join(text.split()[:length])
