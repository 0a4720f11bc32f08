"""Numbers as question files write them, and the numeric questions that they make."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lms.assessment.units import UnitError, find_unit
from lms.errors import N_
from lms.exchange.item import Found, Table
from lms.exchange.markup.plain import one_line

_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?")


def number(text: str) -> Decimal | None:
    """Return a number as question files write it, None for anything else."""
    stripped = text.strip().replace("−", "-")
    return Decimal(stripped) if _NUMBER.fullmatch(stripped) and stripped.isascii() else None


def digits(value: Decimal) -> str:
    """Return a number with all its digits, as formulas and keys of ours write it."""
    text = f"{value:f}"
    return "0" if not value else text


def share_text(share: Fraction) -> str:
    """Return a share as keys write it, to four decimals."""
    value = Decimal(share.numerator) / Decimal(share.denominator)
    text = f"{value.quantize(Decimal('0.0001')):f}"
    return text.rstrip("0").rstrip(".")


def between(least: Decimal, most: Decimal) -> tuple[Decimal, Decimal]:
    """Return the middle of a range and how far it reaches to each side."""
    return (least + most) / 2, abs(most - least) / 2


def a_number(answer: Decimal, off: Decimal, unit: str = "") -> Table:
    """Return what a numeric question adds: a fixed answer, right if at most `off` away."""
    figures = len(answer.as_tuple().digits) if answer else 1
    key: Table = {"formula": digits(answer)} | ({"unit": unit} if unit else {})
    key |= {"absolute": digits(abs(off)), "significant": min(12, max(1, figures))}
    return {"kind": "numeric", "key": key}


@dataclass
class Tier:
    """A number that earns a share of the points, if at most `off` away."""

    weight: Fraction
    answer: Decimal
    off: Decimal
    why: str = ""


def numbers(found: Found, tiers: Sequence[Tier], unit: str = "") -> Table | None:
    """Return what a numeric question adds whose source knows several numbers.

    The one that earns all is the answer; wider tolerances around it earn their part; a number
    that earns nothing and is spoken of is a mistake that is recognised.
    """
    best = max((tier.weight for tier in tiers), default=Fraction(0))
    right = [tier for tier in tiers if tier.weight == best > 0]
    if len(right) != 1:
        said = N_("Several numbers are right; a question of ours has one.")
        found.refuse(said if right else N_("No answer earns all points."))
        return None
    table = a_number(right[0].answer, right[0].off, unit)
    before = right[0]
    for tier in sorted((one for one in tiers if one is not right[0]), key=lambda one: one.off):
        if _is_wider(tier, before):
            share = {"absolute": digits(tier.off), "weight": share_text(tier.weight / best)}
            table["key"].setdefault("tier", []).append(share)
            before = tier
        elif not tier.weight and tier.why and tier.answer != right[0].answer:
            mistake = {"formula": digits(tier.answer), "why": tier.why}
            table.setdefault("mistake", []).append(mistake)
        else:
            found.change(N_("The number %(number)s was left out."), number=digits(tier.answer))
    return table | ({"why": right[0].why} if right[0].why else {})


def _is_wider(tier: Tier, before: Tier) -> bool:
    near = tier.answer == before.answer and tier.off > before.off
    return near and 0 < tier.weight < before.weight


def known_unit(found: Found, unit: str) -> str:
    """Return a unit if our table knows it, else "" with a word about it."""
    plain = one_line(unit)
    try:
        find_unit(plain)
    except UnitError:
        found.change(N_("The unit “%(unit)s” is not known here: it was left out."), unit=plain[:40])
        return ""
    return plain
