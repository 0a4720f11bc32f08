"""Findings about abbreviations that nobody has spelled out. Words that need it not are listed in
`plain-abbreviations.txt` beside this file.

An abbreviation and its words are told as A. Schwartz and M. Hearst do (A simple algorithm for
identifying abbreviation definitions in biomedical text, 2003): its letters stand in this order in
the words before or after it, the first of them at the beginning of a word.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Lesson, Matter, Place
from lms.curriculum.reviewing.prose import EQUATION, HEADING, plain_text

_PLAIN = Path(__file__).with_name("plain-abbreviations.txt")
_CAPITALS = re.compile(r"(?<![\w.-])([A-Z][A-Z0-9]*[A-Z][A-Z0-9]*)(s?)(?![\w%]|-?\d)")
_ROMAN = re.compile(r"[IVX]+")
_FORMULA = re.compile(r"(?=.*\d)(?:H|C|N|O|P|S|K|I|F|B)(?:\d*(?:H|C|N|O|P|S|K|I|F|B)\d*)*")
_CODE = re.compile(r"[A-Z]{2,5}\d{3}")
_MEANS = re.compile(r"^\W*(?:is|are|means?|stands for|the|=|:|,|–|—|or)\s")
# In brackets right after it, or after one more word: HEPA filter (high-efficiency particulate air).
_EXPLAINED = re.compile(r"^s?\W{0,3}(?:[a-z]+ )?\(([^()]*[a-z]{3}[^()]*)\)")
_PAIRED = re.compile(r"^(?:/[A-Z]+)+")
REACH = 120  # characters before or after in which the words have to stand


@lru_cache(maxsize=1)
def plain_abbreviations() -> frozenset[str]:
    """Return what needs no explanation: names that are no abbreviation to anybody, units."""
    lines = _PLAIN.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def lessons(matter: Matter) -> Iterator[Finding]:
    """Find abbreviations that a lesson uses before it has spelled them out.

    A heading and an equation neither use nor explain one.
    """
    shouted = _shouted(matter)
    for lesson in matter.lessons:
        known = plain_abbreviations() | shouted
        for line, text in _read(lesson):
            for name, at in _used(text):
                if name in known:
                    continue
                known |= {name}
                if not is_explained(name, text, at):
                    place = Place(lesson.file, f"line {line}")
                    what = "%(name)s is not spelled out where it is first used"
                    mend = "write its words and then “(%(name)s)”"
                    yield matter.finding(
                        "undefined-abbreviation", place, what, mend, {"name": name}, about=name
                    )


def questions(matter: Matter) -> Iterator[Finding]:
    """Find abbreviations of questions, cases and practicals that no lesson of the module explains.

    A text may spell out its own; a case does it for its questions.
    """
    known = plain_abbreviations() | _shouted(matter)
    for lesson in matter.lessons:
        known |= {n for _, text in _read(lesson) for n, at in _used(text)}
    texts = [(place, plain_text(text)) for place, text in matter.authored]
    told: dict[str, set[str]] = {}
    for place, text in texts:
        mine = told.setdefault(place.file, set())
        mine |= {n for n, at in _used(text) if is_explained(n, text, at)}
    found = set()
    for place, text in texts:
        for name, _ in _used(text):
            if name not in known and name not in told[place.file] and name not in found:
                found.add(name)
                what = "%(name)s is spelled out neither here nor in a lesson of the module"
                mend = "write its words here, or explain it in the lesson"
                yield matter.finding(
                    "undefined-abbreviation", place, what, mend, {"name": name}, about=name
                )


def _shouted(matter: Matter) -> frozenset[str]:
    """Return words in capitals that are words of the module's texts: DANGER on a label.

    Of three letters and fewer too many are both: WHO, CAR.
    """
    texts = [
        *(text for lesson in matter.lessons for _, text in _read(lesson)),
        *(text for _, text in matter.authored),
    ]
    plain = {word for text in texts for word in re.findall(r"\b[a-z]{4,}\b", text)}
    names = {name for text in texts for name, _ in _used(text)}
    return frozenset(name for name in names if name.casefold() in plain)


def _read(lesson: Lesson) -> Iterator[tuple[int, str]]:
    for block in lesson.blocks:
        if block.kind not in (HEADING, EQUATION):
            yield block.line, block.text


def _used(text: str) -> Iterator[tuple[str, int]]:
    for found in _CAPITALS.finditer(text):
        name = found[1].rstrip("0123456789")  # a lot, a resolution, a level: the letters count
        if len(name) < 2 or len(found[1]) - len(name) > 1:
            continue
        if not (_ROMAN.fullmatch(name) or _FORMULA.fullmatch(name) or _CODE.fullmatch(name)):
            yield name, found.start()


def is_explained(name: str, text: str, at: int) -> bool:
    """Tell whether an abbreviation is spelled out where it stands.

    Args:
        at: where in the text it begins.
    """
    before = text[max(at - REACH, 0) : at]
    after = _PAIRED.sub("", text[at + len(name) :])[:REACH]  # UF/DF is explained as one
    spelled = _EXPLAINED.match(after)  # GMP (good manufacturing practice)
    if spelled and (_stands_for(name, spelled[1]) or len(spelled[1].split()) > 1):
        return True
    opened = before.rpartition("(")
    if opened[1] and ")" not in opened[2]:  # good manufacturing practice (GMP)
        inside = after.partition(")")[0]  # … (GMP, good manufacturing practice)
        return _stands_for(name, opened[0] + opened[2]) or _stands_for(name, inside)
    return bool(_MEANS.match(after)) and _stands_for(name, after)


def _stands_for(name: str, phrase: str) -> bool:
    """Tell whether the letters of a name stand in a phrase in order, the first beginning a word.

    Some beginning of a word must lead to all the letters within twice as many words and some.
    """
    letters = [c for c in name.casefold() if c.isalpha()]
    words = re.findall(r"[^\W\d_]+", phrase.casefold())
    most = 2 * len(letters) + 3
    for start, word in enumerate(words):
        if word[0] != letters[0]:
            continue
        rest = iter("".join(words[start : start + most]))
        if all(letter in rest for letter in letters):
            return True
    return False
