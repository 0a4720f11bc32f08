"""When an attempt ends, which answer counts, what scores and marks come to. Pure.

Source of the default pass rules: the curriculum map, section 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from lms.assessment.standing import COUNTS

RUBRIC_TOP = 4  # points of the best level of a rubric criterion
ESSAY = "0.60"  # the share of rubric points that a pass needs where a module says nothing


@dataclass(frozen=True)
class Scored:
    """A machine-marked item: what it earned of its points, from 0 to 1."""

    item: str
    outcome: str
    points: Fraction
    fraction: Fraction
    critical: str


@dataclass(frozen=True)
class Marked:
    """An item that a person marked: the points of each criterion of its rubric, 0 to 4."""

    item: str
    outcome: str
    levels: Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """What an attempt came to: shares from 0 to 1, and why it was not passed, if so."""

    passed: bool
    knowledge: Fraction | None
    essay: Fraction | None
    critical_failed: tuple[str, ...]
    zero_criteria: tuple[str, ...]
    by_outcome: Mapping[str, Fraction]

    def plain(self) -> dict[str, Any]:
        """Return it as it is stored: exact fractions as "4/5"."""
        return {
            "passed": self.passed,
            "knowledge": None if self.knowledge is None else str(self.knowledge),
            "essay": None if self.essay is None else str(self.essay),
            "critical_failed": list(self.critical_failed),
            "zero_criteria": list(self.zero_criteria),
            "by_outcome": {name: str(share) for name, share in self.by_outcome.items()},
        }


def deadline(start: datetime, minutes: int, extra_minutes: int = 0) -> datetime:
    """Return when an attempt of so many minutes ends by the server's clock."""
    return start + timedelta(minutes=minutes + extra_minutes)


class Answer(Protocol):
    """A stored response, as far as it decides which one counts."""

    @property
    def item_id(self) -> str | None: ...
    @property
    def client(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def standing(self) -> str: ...


Given = TypeVar("Given", bound=Answer)


def effective(responses: Iterable[Given]) -> dict[str, Given]:
    """Return for each item the response that counts, whatever order and however often they come.

    Only what stood when it came in can count. As nobody but the holder of the lease is let in,
    the highest server number tells whose answers are the newest; among those of that client its
    own highest sequence counts, because a slow line may deliver them in another order.
    """
    standing: dict[str, list[Given]] = {}
    for response in responses:
        if response.standing == COUNTS and response.item_id:
            standing.setdefault(response.item_id, []).append(response)
    return {item: _newest(rows) for item, rows in standing.items()}


def _newest(rows: Sequence[Given]) -> Given:
    client = max(rows, key=lambda row: row.number).client
    return max((row for row in rows if row.client == client), key=lambda row: row.sequence)


def outcome(scored: Sequence[Scored], marked: Sequence[Marked], rule: Mapping[str, Any]) -> Outcome:
    """Weigh an attempt by its pass rule.

    Passed when the share of machine-marked points reaches `knowledge`, that of each outcome
    `each_outcome` where the rule asks for it, every critical item is fully right unless `critical`
    is false, the share of rubric points reaches `essay`, and no criterion is at 0.
    """
    knowledge = _share([(s.points * s.fraction, s.points) for s in scored])
    levels = [(name, points) for m in marked for name, points in m.levels.items()]
    essay = _share([(Fraction(points), Fraction(RUBRIC_TOP)) for _name, points in levels])
    critical = tuple(s.item for s in scored if s.critical and s.fraction < 1)
    zero = tuple(name for name, points in levels if points == 0)
    by_outcome = _by_outcome(scored)
    each = Fraction(rule.get("each_outcome", 0))
    passed = (
        not (critical and rule.get("critical", True))
        and not zero
        and all(share >= each for share in by_outcome.values())
        and (knowledge is None or knowledge >= Fraction(rule["knowledge"]))
        and (essay is None or essay >= Fraction(rule.get("essay", ESSAY)))
        and (knowledge is not None or essay is not None)
    )
    return Outcome(passed, knowledge, essay, critical, zero, by_outcome)


def rubric_share(levels: Mapping[str, int]) -> Fraction:
    """Return the share of a rubric's points that its levels give, from 0 to 1."""
    return Fraction(sum(levels.values()), RUBRIC_TOP * len(levels))


def _share(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    whole = sum((out_of for _got, out_of in pairs), Fraction(0))
    return sum((got for got, _out_of in pairs), Fraction(0)) / whole if whole else None


def _by_outcome(scored: Sequence[Scored]) -> dict[str, Fraction]:
    names = sorted({s.outcome for s in scored})
    shares = {
        name: _share([(s.points * s.fraction, s.points) for s in scored if s.outcome == name])
        for name in names
    }
    return {name: share for name, share in shares.items() if share is not None}
