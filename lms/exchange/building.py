"""Tables of our kinds from the parts that every format has: options, pairs, steps, numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from lms.errors import N_
from lms.exchange.item import Found, Table

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?")
_ALL = Fraction(1)


@dataclass
class Choice:
    """An option, and the share of the points that the source gives for it (1: all)."""

    text: str
    weight: Fraction = Fraction(0)
    why: str = ""
    id: str = ""
    pinned: bool = False


def ids_for(given: Sequence[str]) -> list[str]:
    """Return ids for parts: the source's own where all fit and differ, else a, b, c, …."""
    if all(_ID.fullmatch(one) for one in given) and len(set(given)) == len(given):
        return list(given)
    return [_letter(place) for place in range(len(given))]


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else f"z{place}"


def option_tables(choices: Sequence[Choice], right: Sequence[bool]) -> list[Table]:
    """Return `[[question.option]]` tables."""
    tables = []
    for id, choice, correct in zip(ids_for([c.id for c in choices]), choices, right, strict=True):
        table: Table = {"id": id, "text": choice.text}
        if correct:
            table["correct"] = True
        if choice.why:
            table["why"] = choice.why
        if choice.pinned:
            table["pinned"] = True
        tables.append(table)
    return tables


def choose_one(found: Found, choices: Sequence[Choice]) -> Table:
    """Return what a single choice adds to a table; the option with all points is right."""
    most = max((choice.weight for choice in choices), default=Fraction(0))
    right = [most > 0 and choice.weight == most for choice in choices]
    if sum(right) > 1:
        found.change(N_("Several options are right alone; the question asks for all of them now."))
        return {"kind": "multiple", "option": option_tables(choices, right)}
    if any(0 < choice.weight < most for choice in choices):
        found.change(N_("Points for half right options were left out: they count as wrong."))
    return {"kind": "single", "option": option_tables(choices, right)}


def choose_several(found: Found, choices: Sequence[Choice], *, weighted: bool) -> Table:
    """Return what a multiple response adds; options with points are right.

    Args:
        weighted: whether the source has points for each option: they are compared with ours,
            where each right one earns its share and each wrong one takes as much away.
    """
    right = [choice.weight > 0 for choice in choices]
    share = Fraction(1, max(1, sum(right)))
    ours = [share if correct else -share for correct in right]
    table: Table = {"kind": "multiple", "option": option_tables(choices, right)}
    # Sources round a third to 33.33333.
    if weighted and any(
        abs(choice.weight - worth) > Fraction(1, 1000)
        for choice, worth in zip(choices, ours, strict=True)
    ):
        found.change(N_("The points of the options were left out: a wrong one takes a right one."))
    return table


def true_or_false(right: bool, why_true: str = "", why_false: str = "") -> Table:
    """Return what a statement to judge adds: a single choice."""
    choices = [Choice("True", why=why_true, id="true"), Choice("False", why=why_false, id="false")]
    return {"kind": "single", "option": option_tables(choices, [right, not right])}


def pairs(stems: Sequence[tuple[str, str]], more: Sequence[str] = ()) -> Table:
    """Return what a matching adds: stems with their targets, and targets that match nothing."""
    texts = list(dict.fromkeys([target for _, target in stems] + list(more)))
    targets = {text: f"t{place}" for place, text in enumerate(texts, 1)}
    return {
        "kind": "matching",
        "target": [{"id": id, "text": text} for text, id in targets.items()],
        "stem": [
            {"id": f"s{place}", "text": text, "target": targets[target]}
            for place, (text, target) in enumerate(stems, 1)
        ],
    }


def in_order(steps: Sequence[str]) -> Table:
    """Return what an ordering adds: its steps in the right order."""
    return {
        "kind": "ordering",
        "step": [{"id": _letter(place), "text": text} for place, text in enumerate(steps)],
    }


def number(text: str) -> Decimal | None:
    """Return a number as question files write it, None for anything else."""
    stripped = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(stripped):
        return None
    try:
        return Decimal(stripped)
    except InvalidOperation:
        return None


def digits(value: Decimal) -> str:
    """Return a number with all its digits, as formulas and keys of ours write it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text and Decimal(text) == 0 else text


def a_number(answer: Decimal, off: Decimal, unit: str = "") -> Table:
    """Return what a numeric question adds: a fixed answer, right if at most `off` away."""
    figures = len(answer.as_tuple().digits) if answer else 1
    whole = len(answer.normalize().as_tuple().digits)
    key: Table = {
        "formula": digits(answer),
        "absolute": digits(abs(off)),
        "significant": min(12, max(1, figures, whole)),
    }
    return {"kind": "numeric", "key": key | ({"unit": unit} if unit else {})}


def between(least: Decimal, most: Decimal) -> tuple[Decimal, Decimal]:
    """Return the middle of a range and how far it reaches to each side."""
    return (least + most) / 2, abs(most - least) / 2


def essay() -> Table:
    """Return what an essay adds: what it lacks is filled in later."""
    return {"kind": "essay"}


def short(patterns: Sequence[Choice]) -> Table:
    """Return what a short text adds: accepted texts with their worth, the best first."""
    return {
        "kind": "short",
        "accept": [
            {"text": one.text} | ({"weight": _decimal(one.weight)} if one.weight != _ALL else {})
            for one in patterns
        ],
    }


def _decimal(share: Fraction) -> str:
    return digits(
        (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.0001"))
    )
