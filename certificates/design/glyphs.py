"""Which characters the installed fonts can print, asked of fontconfig once per process."""

import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cache

from certificates.design.scripts import all_families

_SECONDS = 20
# Characters that join or space and need no ink: Pango lays them out without a glyph.
_INKLESS = frozenset("\u200c\u200d \u00a0\u3000")


def missing_glyphs(text: str) -> list[tuple[str, str]]:
    """Return the characters that none of the design's installed faces has.

    Returns each once, in order, with its name as an operator can look it up:
    ("🜚", "U+1F71A ALCHEMICAL SYMBOL FOR GOLD"). Raises OSError when fontconfig is not there.
    """
    covered = _coverage()
    missing = dict.fromkeys(c for c in text if c not in _INKLESS and not covered(ord(c)))
    return [(character, character_name(character)) for character in missing]


def character_name(character: str) -> str:
    """Return the code point and Unicode name of a character."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


@cache
def _coverage() -> Callable[[int], bool]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(_ranges(_listing(), frozenset(all_families()))):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    starts = [first for first, _ in merged]

    def covered(codepoint: int) -> bool:
        place = bisect_right(starts, codepoint) - 1
        return place >= 0 and codepoint <= merged[place][1]

    return covered


def _listing() -> str:
    return subprocess.run(
        ["fc-list", "--format", "%{family}|%{charset}\n"],
        check=True, capture_output=True, text=True, timeout=_SECONDS,
    ).stdout  # fmt: skip


def _ranges(listing: str, wanted: frozenset[str]) -> Iterable[tuple[int, int]]:
    """Read fontconfig's `family,alias|20-7e a0 …` lines (hexadecimal, inclusive)."""
    for line in listing.splitlines():
        families, _, charset = line.partition("|")
        if wanted.isdisjoint(families.split(",")):
            continue
        for span in charset.split():
            first, _, last = span.partition("-")
            yield int(first, 16), int(last or first, 16)
