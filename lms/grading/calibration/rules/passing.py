"""Whether a marker's levels meet those that were agreed, and whether they drift later. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OFF, ON = "off", "on"  # what the setting CALIBRATION may say

FEWEST, MOST = 3, 5  # calibration answers of a question; with fewer nobody is asked for them
LEVELS_OFF = 1  # so far a level may lie from the agreed one
ENOUGH = 80  # per cent of the levels that must lie so near
GATE = 0  # the level that fails an attempt: only the same meets it


@dataclass(frozen=True)
class Difference:
    """One criterion of one answer: what was given, what was agreed, both from 0 to 4."""

    criterion: str
    given: int
    agreed: int

    @property
    def apart(self) -> int:
        """Return by how many levels the marker is higher; below 0: lower."""
        return self.given - self.agreed

    @property
    def at_gate(self) -> bool:
        """Tell whether one of the two alone fails the attempt."""
        return (self.given == GATE) != (self.agreed == GATE)

    @property
    def is_close(self) -> bool:
        """Tell whether the level meets the agreed one."""
        return not self.at_gate and abs(self.apart) <= LEVELS_OFF


def differences(given: Mapping[str, int], agreed: Mapping[str, int]) -> list[Difference]:
    """Return what was given beside what was agreed, in the order of what was agreed."""
    return [Difference(name, given[name], level) for name, level in agreed.items() if name in given]


@dataclass(frozen=True)
class Tally:
    """What many differences come to.

    Attributes:
        close, of: how many levels meet the agreed ones, of how many.
        gates: how often one of the two alone failed the attempt.
        higher: the sum of all levels by which the marker was higher.
    """

    close: int
    of: int
    gates: int
    higher: int

    @property
    def is_enough(self) -> bool:
        """Tell whether a marker who differs so may mark: no gate missed, enough levels close."""
        return self.of > 0 and self.gates == 0 and self.close * 100 >= ENOUGH * self.of

    @property
    def share(self) -> float | None:
        """Return the share of close levels, None without any."""
        return self.close / self.of if self.of else None

    @property
    def shift(self) -> float | None:
        """Return by how many levels the marker is higher in the mean, None without any."""
        return self.higher / self.of if self.of else None


def tally(found: Iterable[Difference]) -> Tally:
    """Count differences."""
    rows = list(found)
    return Tally(
        close=sum(row.is_close for row in rows),
        of=len(rows),
        gates=sum(row.at_gate for row in rows),
        higher=sum(row.apart for row in rows),
    )


def has_drifted(answers: int, found: Tally) -> bool:
    """Tell whether a lead should talk to a marker: a gate missed, or too few levels close.

    Args:
        answers: calibration answers that came again among live ones; two say too little of
            closeness, one is enough for a gate.
    """
    return found.gates > 0 or (answers >= FEWEST and not found.is_enough)
