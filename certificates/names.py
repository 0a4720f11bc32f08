"""Rules for a holder's name in any script: what is refused and why; no fonts, no tables."""

import re
import unicodedata
from itertools import pairwise

from certificates.design.scripts import scripts_of
from certificates.rules import N_, Reason

LONGEST = 120
_MARKS_ON_ONE_LETTER = 6  # Burmese needs five
_VIRAMA = 9  # canonical combining class
_ZWNJ, _ZWJ = "\u200c", "\u200d"

# Take no room or look like a blank although they count as letters or marks.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180e\u00ad")
# Scripts that one word may mix (UTS 39, "highly restrictive", without Latin).
_TOGETHER = ({"Hani", "Hang"}, {"Hani", "Hira", "Kana"}, {"Hani", "Bopo"})
# Cyrillic and Greek letters that a reader takes for Latin ones.
_LATIN_TWINS = frozenset("АВЕЅІЈКМНОРСТУХЬҮԌԚԜаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικρυ")
_TAGGED_LETTERS = {"<font>", "<wide>", "<narrow>", "<circle>", "<square>", "<fraction>",
                   "<small>", "<vertical>", "<super>", "<sub>"}  # fmt: skip
_ORDINAL = re.compile(r"\d+(st|nd|rd|th)", re.IGNORECASE)
_WORD_ENDS = re.compile(r"[\s\-\u2010-\u2015/(),;]+")


def settle_name(text: str) -> str:
    """Return a name in the form in which it is stored: NFC, single blanks, none at the ends."""
    return re.sub(r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+", " ",
                  unicodedata.normalize("NFC", text)).strip()  # fmt: skip


def name_problem(text: str) -> Reason | None:
    """Say why a name cannot stand on a certificate; None when it can.

    text: as given; it is settled first. Refuses what makes two different names look alike or one
    name look like something else (UTS 39, RFC 5892 for the joiners), never a script as such.
    """
    name = settle_name(text)
    if not any(unicodedata.category(c)[0] == "L" for c in name):
        return Reason(N_("A name needs at least one letter."))
    if len(name) > LONGEST:
        return Reason(N_("A name may have at most %(most)s characters."), {"most": LONGEST})
    return _character_problem(name) or _mark_problem(name) or _word_problem(name)


def _character_problem(name: str) -> Reason | None:
    for place, character in enumerate(name):
        if character in (_ZWJ, _ZWNJ):
            allowed = _joiner_belongs(name, place)
        else:
            allowed = _prints_as_text(character)
        if not allowed:
            shown = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
            return Reason(
                N_("The character %(character)s cannot stand in a name."), {"character": shown}
            )
    return None


def _prints_as_text(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] == "C" or category in ("Zl", "Zp", "Sm", "Sc", "So") or character in "^`":
        return False
    if character in _INVISIBLE or 0xFE00 <= ord(character) <= 0xFE0F:
        return False
    decomposition = unicodedata.decomposition(character)
    return character in "ªº" or decomposition.split(" ")[0] not in _TAGGED_LETTERS


def _joiner_belongs(name: str, place: int) -> bool:
    """Apply RFC 5892 A.1 and A.2: after a virama, or ZWNJ between two joining Arabic letters."""
    before, after = name[place - 1 : place], name[place + 1 : place + 2]
    if before and unicodedata.combining(before) == _VIRAMA:
        return True
    arabic = scripts_of(before) == ("Arab",) and scripts_of(after) == ("Arab",)
    return arabic and name[place] == _ZWNJ


def _mark_problem(name: str) -> Reason | None:
    run = 0
    for before, character in pairwise(" " + name):
        run = run + 1 if unicodedata.category(character) == "Mn" else 0
        alone = before == " " and unicodedata.category(character)[0] == "M"
        if alone or run > _MARKS_ON_ONE_LETTER:
            return Reason(N_("Accents or vowel signs in this name belong to no letter."))
    return None


def _word_problem(name: str) -> Reason | None:
    words = [word for word in _WORD_ENDS.split(name) if word]
    for word in words:
        scripts = set(scripts_of(word))
        if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
            return Reason(
                N_("“%(word)s” mixes letters of different writing systems."), {"word": word}
            )
        if scripts and any(c.isdecimal() for c in word) and not _ORDINAL.fullmatch(word):
            return Reason(N_("“%(word)s” mixes letters and digits."), {"word": word})
        if scripts & {"Cyrl", "Grek"} and _passes_for_latin(word) and "Latn" in scripts_of(name):
            return Reason(N_("“%(word)s” looks like Latin letters and is not."), {"word": word})
    return None


def _passes_for_latin(word: str) -> bool:
    return all(c in _LATIN_TWINS for c in word if c.isalpha())
