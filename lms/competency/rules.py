"""Which level a person holds from which evidence, by the map's rules. Pure.

Source: the curriculum map, section 1.1 (levels) and section 0 (expiry): a paper alone gives
level 1; each competency expires with the latest evidence that qualifies for its level.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

RULE = "map-2026.1"


@dataclass(frozen=True)
class Shown:
    """A piece of evidence as the rules see it."""

    id: str
    level: int
    kind: str
    shown_on: date
    counts_until: date | None


@dataclass(frozen=True)
class Level:
    """A level with the day it began, the day it ends (None: never), and what it rests on."""

    level: int
    since: date | None
    expires_on: date | None
    basis: tuple[str, ...]


NONE = Level(0, None, None, ())


def level_on(evidence: Iterable[Shown], day: date) -> Level:
    """Return the level that the evidence gives on `day`.

    The highest level with evidence still counting wins; it lasts as long as the latest
    evidence for it does. `counts_until` is the last day it counts.
    """
    current = [e for e in evidence if e.shown_on <= day and _counts(e, day)]
    if not current:
        return NONE
    top = max(e.level for e in current)
    basis = sorted((e for e in current if e.level == top), key=lambda e: (e.shown_on, e.id))
    return Level(
        level=top,
        since=basis[0].shown_on,
        expires_on=_latest(e.counts_until for e in basis),
        basis=tuple(e.id for e in basis),
    )


def _counts(evidence: Shown, day: date) -> bool:
    return evidence.counts_until is None or day <= evidence.counts_until


def _latest(days: Iterable[date | None]) -> date | None:
    latest: date | None = None
    for day in days:
        if day is None:
            return None
        latest = day if latest is None else max(latest, day)
    return latest


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no day {day.day} in {year}-{month + 1}")
