"""Which level a person holds from which evidence, by the map's rules. Pure.

Source: the curriculum map, section 1.1 (levels) and section 0 (expiry): a paper alone gives
level 1, level 2 is level 1 and an observed practical; each competency expires with the latest
evidence that qualifies for its level.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

RULE = "map-2026.2"
PRACTICAL = "practical"  # the kind of evidence that counts in full only on top of another


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


@dataclass(frozen=True)
class _Support:
    """A level that evidence holds up from a day to a day: one piece, or a practical and a base."""

    level: int
    since: date
    until: date | None
    rests_on: tuple[Shown, ...]


def level_on(evidence: Iterable[Shown], day: date) -> Level:
    """Return the level that the evidence gives on `day`.

    The highest level with evidence still counting wins; it lasts as long as the latest
    evidence for it does. `counts_until` is the last day it counts. A practical that shows level 2
    gives it on top of counting evidence of another kind, and no longer than that counts; alone
    it gives level 1.
    """
    current = [e for e in evidence if e.shown_on <= day and _counts(e, day)]
    bases = [e for e in current if e.kind != PRACTICAL and e.level >= 1]
    supports = [_support(e, bases) for e in current]
    if not supports:
        return NONE
    top = max(s.level for s in supports)
    holding = [s for s in supports if s.level == top]
    pieces = {e.id: e for s in holding for e in s.rests_on}
    return Level(
        level=top,
        since=min(s.since for s in holding),
        expires_on=_latest(s.until for s in holding),
        basis=tuple(sorted(pieces, key=lambda id: (pieces[id].shown_on, id))),
    )


def _support(evidence: Shown, bases: Sequence[Shown]) -> _Support:
    """Return what one piece holds up, given the evidence of other kinds that counts as well."""
    shown = (evidence,)
    if evidence.kind != PRACTICAL or evidence.level <= 1:
        return _Support(evidence.level, evidence.shown_on, evidence.counts_until, shown)
    if not bases:
        return _Support(1, evidence.shown_on, evidence.counts_until, shown)
    return _Support(
        level=evidence.level,
        since=max(evidence.shown_on, min(e.shown_on for e in bases)),
        until=_earlier(evidence.counts_until, _latest(e.counts_until for e in bases)),
        rests_on=(*shown, *bases),
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


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


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
