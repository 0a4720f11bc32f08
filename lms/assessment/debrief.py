"""What a released result says as a whole: what it took to pass, what to read again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lms.assessment import rules

KNOWLEDGE, CRITICAL, ESSAY, CRITERIA = "knowledge", "critical", "essay", "criteria"


@dataclass(frozen=True)
class Graded:
    """An item of a released paper.

    Attributes:
        earned: from 0 to 1; of an essay the share of its rubric's points.
        lowest: the fewest points of a criterion, None where no person marked.
    """

    number: int
    outcome: str
    lesson: str
    critical: str
    earned: Fraction
    lowest: int | None = None

    def went_wrong(self, rule: Mapping[str, Any]) -> bool:
        """Tell whether its lesson is worth another reading, by the module's pass rule."""
        if self.lowest is None:
            return self.earned < 1
        return self.lowest == 0 or self.earned < Fraction(rule.get("essay", rules.ESSAY))


@dataclass(frozen=True)
class Hurdle:
    """One condition of a pass: `share` and `needed` exact ("4/5"), or the questions that failed."""

    name: str
    met: bool
    share: str = ""
    needed: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class OutcomeShare:
    """How an outcome went: the share of its machine-marked points, and of its essays' points."""

    text: str
    share: str | None
    essay: str | None


@dataclass(frozen=True)
class ReadAgain:
    """A lesson to read again for an outcome, and the questions that say so."""

    code: str
    title: str
    numbers: tuple[int, ...]


def hurdles(
    outcome: Mapping[str, Any], rule: Mapping[str, Any], items: Sequence[Graded]
) -> list[Hurdle]:
    """Return each condition that this paper was held to, and whether it was met.

    Args:
        outcome: as `rules.Outcome.plain` gave it.
    """
    found = []
    if outcome["knowledge"] is not None:
        met = Fraction(outcome["knowledge"]) >= Fraction(rule["knowledge"])
        found.append(Hurdle(KNOWLEDGE, met, outcome["knowledge"], rule["knowledge"]))
    if any(item.critical for item in items):
        failed = tuple(item.number for item in items if item.critical and item.earned < 1)
        found.append(Hurdle(CRITICAL, not failed, numbers=failed))
    if outcome["essay"] is not None:
        met = Fraction(outcome["essay"]) >= Fraction(rule.get("essay", rules.ESSAY))
        found.append(Hurdle(ESSAY, met, outcome["essay"], rule.get("essay", rules.ESSAY)))
        empty = tuple(item.number for item in items if item.lowest == 0)
        found.append(Hurdle(CRITERIA, not empty, numbers=empty))
    return found


def by_outcome(
    outcomes: Sequence[Mapping[str, Any]], result: Mapping[str, Any], items: Sequence[Graded]
) -> list[OutcomeShare]:
    """Return how each outcome went that the paper asked about, in the module's order.

    Args:
        outcomes: the manifest's; result: as it is stored with the shares by outcome.
    """
    found = []
    for outcome in outcomes:
        essays = [
            item.earned
            for item in items
            if item.outcome == outcome["id"] and item.lowest is not None
        ]
        essay = str(sum(essays, Fraction(0)) / len(essays)) if essays else None
        share = result["by_outcome"].get(outcome["id"])
        if share is not None or essay is not None:
            found.append(OutcomeShare(outcome["text"], share, essay))
    return found


def read_again(
    outcomes: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
    items: Iterable[Graded],
    rule: Mapping[str, Any],
) -> list[tuple[str, list[ReadAgain]]]:
    """Return for each outcome with questions that went wrong the lessons they belong to.

    Args:
        titles: of the module's lessons by code, in their order.
    """
    wrong = [item for item in items if item.went_wrong(rule)]
    found = []
    for outcome in outcomes:
        lessons = []
        for code, title in titles.items():
            numbers = tuple(
                item.number
                for item in wrong
                if item.outcome == outcome["id"] and item.lesson == code
            )
            if numbers:
                lessons.append(ReadAgain(code, title, numbers))
        if lessons:
            found.append((str(outcome["text"]), lessons))
    return found
