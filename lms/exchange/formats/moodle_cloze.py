"""Reads Moodle's cloze: a text whose gaps hold their answers, as `{1:SHORTANSWER:=a~%50%b#why}`."""

import html
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from lms.errors import N_
from lms.exchange import building, numbers
from lms.exchange.building import Choice
from lms.exchange.formats.gift_answers import range_of, weighted
from lms.exchange.formats.gift_text import hidden, shown
from lms.exchange.item import Found, Table
from lms.exchange.markup.plain import escaped, one_line

_GAP = re.compile(r"\{\s*(\d{0,3})\s*:\s*([A-Z_]{1,24})\s*:([^{}]{0,4000})\}")
_MARK = 0xE100  # private characters stand for gaps until the text around them is Markdown
_MOST = 12
_PROMPT = "Fill in the gaps."


def gaps_of(found: Found, text: str, as_markdown: Callable[[str], str]) -> Table | None:
    """Return what a text with gaps adds to a table; None (and why) where a gap is none of ours.

    Args:
        as_markdown: turns the text around the gaps into our Markdown.
    """
    gaps: list[Table] = []

    def taken(match: re.Match[str]) -> str:
        place = len(gaps)
        gaps.append(_gap(found, building.letter(place), match))
        return chr(_MARK + place)

    marked = _GAP.sub(taken, hidden(text))
    if not gaps or len(gaps) > _MOST:
        found.refuse(N_("It has no gaps, or more than %(most)s."), most=_MOST)
    if found.refused:
        return None
    whole = as_markdown(shown(marked))
    for place, gap in enumerate(gaps):
        whole = whole.replace(chr(_MARK + place), f"{{{gap['id']}}}")
    found.change(N_("What is asked stands before the text now: “%(prompt)s”"), prompt=_PROMPT)
    return {"kind": "cloze", "prompt": _PROMPT, "text": whole, "gap": gaps}


def _gap(found: Found, id: str, match: re.Match[str]) -> Table:
    weight, sort = int(match[1] or 1), match[2]
    build = next((make for names, make in _SORTS if sort in names), None)
    answers = [_answer(part) for part in html.unescape(match[3]).split("~") if part.strip()]
    table = build(found, answers) if build else None
    if build is None:
        found.refuse(N_("It fills gaps of a sort that we have not (“%(kind)s”)."), kind=sort)
    if not 1 <= weight <= 20:
        found.change(N_("Its points are 1 now: ours are whole numbers from 1 to 100."))
        weight = 1
    return {"id": id, "weight": weight} | (table or {})


def _answer(part: str) -> tuple[Fraction, str, str]:
    """Return what an answer of a gap earns, its text, and what is said of it."""
    share, text = weighted(part.strip())
    if share is None:
        share = Fraction(text.startswith("="))
        text = text.removeprefix("=")
    text, _, why = text.partition("#")
    return share, text, escaped(one_line(shown(why)))


Answers = Sequence[tuple[Fraction, str, str]]


def _single(found: Found, answers: Answers) -> Table:
    choices = [Choice(escaped(one_line(shown(text))), share, why) for share, text, why in answers]
    table = building.choose_one(found, choices)
    if table["kind"] != "single":
        found.refuse(N_("In a gap several options are right."))
    return table


def _short(found: Found, answers: Answers) -> Table | None:
    patterns = [Choice(shown(text), share, why) for share, text, why in answers]
    return building.short(found, patterns)


def _numeric(found: Found, answers: Answers) -> Table | None:
    tiers = []
    for share, text, why in answers:
        read = range_of(text)
        if read is not None:
            tiers.append(numbers.Tier(share, *read, why))
        elif shown(text) == "*":
            found.change(N_("What is said of every other number was left out."))
        else:
            said = N_("“%(text)s” is no number with a tolerance.")
            found.refuse(said, text=shown(text)[:60])
            return None
    return numbers.numbers(found, tiers)


_SORTS: list[tuple[tuple[str, ...], Callable[[Found, Answers], Table | None]]] = [
    (("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
      "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"), _single),
    (("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"), _short),
    (("NUMERICAL", "NM"), _numeric),
]  # fmt: skip  # read as a list
