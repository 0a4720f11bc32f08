"""When a programme is complete, and until when. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lms.competency.rules import add_months


@dataclass(frozen=True)
class Required:
    """A competency a programme asks for, at a level."""

    competency: str
    level: int


@dataclass(frozen=True)
class Choice:
    """So many competencies of several that a programme asks for, each at a level."""

    choose: int
    level: int
    competencies: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A competency as a person holds it, with its own last day (None: it does not end)."""

    competency: str
    level: int
    since: date
    expires_on: date | None


def is_complete(required: Sequence[Required], held: Mapping[str, Held], day: date) -> bool:
    """Tell whether every requirement is met on `day`."""
    return bool(required) and all(_meets(held.get(r.competency), r, day) for r in required)


def _meets(held: Held | None, required: Required, day: date) -> bool:
    if held is None or held.level < required.level:
        return False
    return held.expires_on is None or day <= held.expires_on


def meeting(
    required: Sequence[Required], choices: Sequence[Choice], held: Mapping[str, Held], day: date
) -> list[Held]:
    """Return the competencies that meet a programme on `day`, [] where it is not complete.

    Of those that meet a choice it is the ones that last longest.
    """
    if not is_complete(required, held, day):
        return []
    met = [held[r.competency] for r in required]
    for choice in choices:
        there = [held[name] for name in choice.competencies if name in held]
        fit = [h for h in there if _meets(h, Required(h.competency, choice.level), day)]
        if len(fit) < choice.choose:
            return []
        met += sorted(fit, key=_lasts, reverse=True)[: choice.choose]
    return list(dict.fromkeys(met))


def _lasts(held: Held) -> date:
    return held.expires_on or date.max


def expiry(held: Sequence[Held], day: date, validity_months: int) -> date:
    """Return the last day of validity: the first end among the competencies and the programme."""
    ends = [h.expires_on for h in held if h.expires_on is not None]
    return min([add_months(day, validity_months), *ends])
