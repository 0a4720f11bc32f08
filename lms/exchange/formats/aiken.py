"""Reads Aiken, the plainest text format: a question, options A, B, C, and a line ANSWER: B."""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from lms.errors import N_
from lms.exchange import building
from lms.exchange.bounds import MOST_ITEMS, too_many
from lms.exchange.building import Choice
from lms.exchange.item import Found
from lms.exchange.markup.plain import escaped, one_line

_OPTION = re.compile(r"\s*([A-Za-z])[.)](?:\s+(.*)|)$")
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*?)\s*$", re.IGNORECASE)


@dataclass
class _Open:
    """A question that is being read, up to its ANSWER line."""

    line: int
    words: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    is_over: bool = False  # a blank line came after its options


def looks_like_aiken(text: str) -> bool:
    """Tell whether a text has a line that only this format has, or options and no braces."""
    lines = text.split("\n")
    if any(_ANSWER.match(line) for line in lines):
        return True
    return "{" not in text and any(_OPTION.match(line) for line in lines)


def read(text: str) -> list[Found]:
    """Return every question of an Aiken text, the ones that cannot be taken among them."""
    found: list[Found] = []
    now: _Open | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if len(found) > MOST_ITEMS:
            raise too_many()
        if answer := _ANSWER.match(line):
            found.append(_done(now or _Open(number), answer[1]))
            now = None
            continue
        if now is not None and (now.is_over or _starts_anew(now, line)):
            found.append(_unanswered(now))
            now = None
        if not line.strip():
            if now is not None:
                now.is_over = bool(now.options)
                now.words.append("")
            continue
        now = now or _Open(number)
        option = _OPTION.match(line)
        if option and (now.words or now.options):
            now.options.append((option[1].upper(), option[2] or ""))
        else:
            now.words.append(line)
    if now is not None:
        found.append(_unanswered(now))
    return found


def _starts_anew(now: _Open, line: str) -> bool:
    """Tell whether a line after options is none of them: a question, the last one unanswered."""
    return bool(now.options) and bool(line.strip()) and not _OPTION.match(line)


def _name(now: _Open) -> str:
    return one_line(" ".join(now.words))


def _unanswered(now: _Open) -> Found:
    found = Found(_name(now), now.line, "single")
    if not now.options:
        return found.refuse(N_("This text has no options and no line “ANSWER:”."))
    return found.refuse(N_("The line “ANSWER:” is missing after its options."))


def _done(now: _Open, answer: str) -> Found:
    found = Found(_name(now), now.line, "single")
    letters = [letter for letter, _ in now.options]
    said = [one.strip().upper() for one in re.split(r"[,;\s]+", answer) if one.strip()]
    if not found.name:
        return found.refuse(N_("There is no question before this answer."))
    if not letters:
        return found.refuse(N_("There are no options before this answer."))
    if len(set(letters)) < len(letters):
        return found.refuse(N_("A letter stands before two options."))
    unknown = [one for one in said if one not in letters]
    if not said or unknown:
        wrong = unknown[0] if unknown else answer
        return found.refuse(N_("The answer “%(answer)s” is none of the options."), answer=wrong)
    choices = [
        Choice(escaped(one_line(text)), Fraction(letter in said)) for letter, text in now.options
    ]
    prompt = escaped("\n".join(now.words))
    if len(said) > 1:
        found.table = building.choose_several(found, choices, weighted=False)
    else:
        found.table = building.choose_one(found, choices)
    found.table = {"prompt": prompt} | found.table
    return found
