"""What stands in the braces of a GIFT question, by its kind."""

import re
from decimal import Decimal
from fractions import Fraction

from lms.errors import N_
from lms.exchange import building, numbers
from lms.exchange.bounds import MOST_PARTS
from lms.exchange.building import Choice
from lms.exchange.formats.gift_text import GiftText, shown
from lms.exchange.item import Found, Table
from lms.exchange.numbers import Tier

_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,7})?)%")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_HUNDRED = 100


def answered(found: Found, answers: str, format: str) -> Table | None:
    """Return what the answers add to a table; None (and the reason in `found`) if nothing."""
    if answers.count("=") + answers.count("~") > MOST_PARTS:
        found.refuse(N_("It has more than %(most)s parts."), most=MOST_PARTS)
        return None
    answers, why = _general_feedback(answers)
    table = _table(found, answers.strip(), format)
    if table is None:
        return None
    if why.strip():
        table["why"] = GiftText.of(why, format).markdown(found)
    return table


def _general_feedback(answers: str) -> tuple[str, str]:
    place = answers.rfind("####")
    return (answers, "") if place < 0 else (answers[:place], answers[place + 4 :])


def _table(found: Found, answers: str, format: str) -> Table | None:
    if not answers:
        return building.essay()
    if answers.startswith("#"):
        return _numeric(found, answers[1:], format)
    truth, *feedback = answers.split("#")
    if truth.strip().upper() in _TRUTH:
        return _true_false(found, _TRUTH[truth.strip().upper()], feedback, format)
    if "~" in answers:
        return _choices(found, answers, format)
    if "=" in answers and "->" in answers:
        return _matching(found, answers, format)
    return _short(found, answers, format)


def _true_false(found: Found, truth: bool, feedback: list[str], format: str) -> Table:
    """`{T#said of the wrong answer#said of the right one}`"""
    wrong, right, *_ = [
        *(GiftText.of(f, format).markdown(found, line=True) for f in feedback),
        "",
        "",
    ]
    return building.true_or_false(truth, *((right, wrong) if truth else (wrong, right)))


def _parts(answers: str, signs: str) -> list[tuple[str, str]]:
    """Return (sign, text) of each answer; what stands before the first sign has none."""
    pieces = re.split(f"([{signs}])", answers)
    parts = [("", pieces[0])] if pieces[0].strip() else []
    return parts + list(zip(pieces[1::2], pieces[2::2], strict=True))


def weighted(text: str) -> tuple[Fraction | None, str]:
    """Return the share that `%50%` before an answer gives, None without one, and the rest."""
    said = _WEIGHT.match(text)
    return (Fraction(said[1]) / _HUNDRED, text[said.end() :]) if said else (None, text)


def _choice(found: Found, sign: str, text: str, format: str) -> Choice:
    weight, text = weighted(text)
    text, _, why = text.partition("#")
    worth = weight if weight is not None else Fraction(sign == "=")
    return Choice(
        GiftText.of(text, format).markdown(found, line=True),
        worth,
        GiftText.of(why, format).markdown(found, line=True),
    )


def _choices(found: Found, answers: str, format: str) -> Table | None:
    parts = _parts(answers, "=~")
    if parts[0][0] == "":
        found.refuse(N_("In the braces, before the first answer, stands what is none."))
        return None
    choices = [_choice(found, sign, text, format) for sign, text in parts]
    if any(sign == "=" for sign, _ in parts):
        return building.choose_one(found, choices)
    return building.choose_several(found, choices, weighted=True)


def _matching(found: Found, answers: str, format: str) -> Table | None:
    stems: list[tuple[str, str]] = []
    more: list[str] = []
    for sign, text in _parts(answers, "="):
        stem, arrow, target = text.partition("->")
        if not sign or not arrow:
            found.refuse(N_("A pair has the form “=this -> that”; one of these has not."))
            return None
        chosen = GiftText.of(target.split("#")[0], format).markdown(found, line=True)
        asked = GiftText.of(stem, format).markdown(found, line=True)
        if asked:
            stems.append((asked, chosen))
        else:
            more.append(chosen)
    return building.pairs(stems, more)


def _short(found: Found, answers: str, format: str) -> Table | None:
    patterns = []
    for _, part in _parts(answers, "="):
        weight, text = weighted(part)
        text, _, why = text.partition("#")
        said = GiftText.of(why, format).markdown(found, line=True)
        patterns.append(Choice(shown(text), Fraction(1) if weight is None else weight, said))
    return building.short(found, patterns)


def _numeric(found: Found, answers: str, format: str) -> Table | None:
    """`#3:0.5`, `#1..5`, or several with weights: `#=3:0 =%50%3:1`."""
    tiers: list[Tier] = []
    for sign, text in _parts(answers, "=~"):
        weight, text = weighted(text)
        text, _, why = text.partition("#")
        if sign == "~" or (sign and not text.strip()):
            continue  # what is said of every other number
        read = range_of(text)
        if read is None:
            found.refuse(N_("“%(text)s” is no number with a tolerance."), text=text.strip()[:60])
            return None
        said = GiftText.of(why, format).markdown(found, line=True)
        tiers.append(Tier(Fraction(1) if weight is None else weight, *read, said))
    if not tiers:
        found.refuse(N_("There is no number in the braces."))
        return None
    return numbers.numbers(found, tiers)


def range_of(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the answer and how far off it may be."""
    if ".." in text:
        least, _, most = text.partition("..")
        bounds = numbers.number(least), numbers.number(most)
        if bounds[0] is None or bounds[1] is None or bounds[0] > bounds[1]:
            return None
        return numbers.between(bounds[0], bounds[1])
    answer, colon, off = text.partition(":")
    value, size = numbers.number(answer), numbers.number(off) if colon else Decimal(0)
    return None if value is None or size is None else (value, abs(size))
