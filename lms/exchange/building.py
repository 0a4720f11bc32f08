"""Tables of our kinds from the parts that every format has: options, pairs, steps, words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lms.assessment.kinds.short import fits, normalised
from lms.errors import N_
from lms.exchange.item import Found, Table
from lms.exchange.markup.plain import one_line
from lms.exchange.numbers import share_text

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_ALL = Fraction(1)
_ROUNDED = Fraction(1, 1000)  # sources round a third to 33.33333 or to 33.3 %


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
    return [letter(place) for place in range(len(given))]


def letter(place: int) -> str:
    """Return the id of the part at a place, from 0: a, b, c, …."""
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
    """Return what a single choice adds to a table; the option with most points is right."""
    most = max((choice.weight for choice in choices), default=Fraction(0))
    right = [choice.weight == most > 0 for choice in choices]
    if sum(right) > 1:
        found.change(N_("Several options are right alone; the question asks for all of them now."))
        return {"kind": "multiple", "option": option_tables(choices, right)}
    if any(choice.weight < 0 for choice in choices):
        found.change(N_("Points that a wrong option takes away were left out."))
    table: Table = {"kind": "single", "option": option_tables(choices, right)}
    for option, choice in zip(table["option"], choices, strict=True):
        if 0 < choice.weight < most:  # half right
            option["weight"] = share_text(choice.weight / most)
    return table


def choose_several(found: Found, choices: Sequence[Choice], *, weighted: bool) -> Table:
    """Return what a multiple response adds; options with points are right.

    Args:
        weighted: whether the source has points for each option: they are kept where they differ
            from ours, where each right one earns its share and each wrong one takes as much away.
    """
    right = [choice.weight > 0 for choice in choices]
    share = Fraction(1, max(1, sum(right)))
    ours = [share if correct else -share for correct in right]
    table: Table = {"kind": "multiple", "option": option_tables(choices, right)}
    given = [choice.weight for choice in choices]
    if not weighted or all(
        abs(one - other) < _ROUNDED for one, other in zip(given, ours, strict=True)
    ):
        return table
    whole = sum((weight for weight in given if weight > 0), Fraction(0))
    if abs(whole - 1) > _ROUNDED * len(choices):
        found.change(N_("The points of the options were left out: a wrong one takes a right one."))
        return table
    left = _ALL
    for place, (option, weight) in enumerate(zip(table["option"], given, strict=True)):
        if weight > 0:  # the last right one takes what rounding left over: together they are 1
            weight = weight if any(right[place + 1 :]) else left
            left -= Fraction(share_text(weight))
        option["weight"] = share_text(weight)
    return table | {"scoring": "weighted"}


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
        "step": [{"id": letter(place), "text": text} for place, text in enumerate(steps)],
    }


def essay() -> Table:
    """Return what an essay adds: what it lacks is filled in later."""
    return {"kind": "essay"}


def short(found: Found, patterns: Sequence[Choice], cased: bool = False) -> Table | None:
    """Return what a short text adds: accepted texts with their worth; a star is any text.

    Args:
        cased: whether the source tells capital letters from small ones; ours does not.
    """
    if cased:
        found.change(N_("Capital and small letters count as the same now."))
    accept: list[Table] = []
    for one in patterns[:100]:
        text = one_line(one.text)
        if not text.strip("* "):
            found.change(N_("The answer that fits everything was left out: a person marks those."))
        elif any(fits(normalised(text), before["pattern"]) for before in accept):
            found.change(N_("The answer “%(text)s” is covered by one before it."), text=text[:80])
        else:
            worth = {} if one.weight == _ALL else {"weight": share_text(max(one.weight, 0 * _ALL))}
            accept.append({"pattern": text} | worth | ({"why": one.why} if one.why else {}))
    whole = next((one for one in accept if "weight" not in one), None)
    if whole is None:
        found.refuse(N_("No answer earns all points."))
        return None
    answer = one_line(whole["pattern"].replace("*", " "))
    return {"kind": "short", "answer": answer, "accept": accept}
