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


def expiry(held: Sequence[Held], day: date, validity_months: int) -> date:
    """Return the last day of validity: the first end among the competencies and the programme."""
    ends = [h.expires_on for h in held if h.expires_on is not None]
    return min([add_months(day, validity_months), *ends])
