"""When a workplace log is long enough, and what an entry comes to. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from lms.attestation.rules import Clause, Standing
from lms.errors import N_, RuleBroken

MOST_HOURS = Decimal(24)  # of an entry: it is about one day
OLDEST = 366  # days: nobody remembers more of what they did
State = Literal["waiting", "countersigned", "back", "withdrawn"]


@dataclass(frozen=True)
class Entry:
    """An entry as it stands.

    Attributes:
        task: a competency of the clause, or "".
        accepted: what its supervisor said; None: nothing yet.
    """

    task: str
    hours: Decimal
    accepted: bool | None = None
    withdrawn: bool = False

    @property
    def state(self) -> State:
        """Return what became of it."""
        if self.withdrawn:
            return "withdrawn"
        if self.accepted is None:
            return "waiting"
        return "countersigned" if self.accepted else "back"


@dataclass(frozen=True)
class Total:
    """What stands countersigned of a task ("" for all of them), and what is asked for."""

    task: str
    count: int
    of: int
    hours: Decimal


def totals(clause: Clause, entries: Sequence[Entry]) -> list[Total]:
    """Return the running total of each task of a clause, or of all entries where it has none."""
    good = [one for one in entries if one.state == "countersigned"]
    hours: dict[str, Decimal] = {}
    for one in good:
        hours[one.task] = hours.get(one.task, Decimal(0)) + one.hours
    done, of = Counter(one.task for one in good), int(clause.get("count", 1))
    if not clause.get("tasks"):
        return [Total("", len(good), of, sum(hours.values(), Decimal(0)))]
    return [Total(task, done[task], of, hours.get(task, Decimal(0))) for task in clause["tasks"]]


def log_standing(clause: Clause, entries: Sequence[Entry]) -> Standing:
    """Return how a log stands: every task often enough, and hours enough where it asks for them.

    Only what is countersigned counts. Source: curriculum map, section 1.1, level 3.
    """
    found = totals(clause, entries)
    count, of = sum(min(one.count, one.of) for one in found), sum(one.of for one in found)
    enough = sum((one.hours for one in found), Decimal(0)) >= Decimal(clause.get("hours", 0))
    waiting = sum(one.state == "waiting" for one in entries)
    return Standing(count, of, count == of and enough, failed=False, waiting=waiting)


def check_entry(clause: Clause, said: Mapping[str, Any], today: date) -> None:
    """Refuse an entry that cannot be true.

    Raises:
        RuleBroken: a day to come or long ago, hours that no day has, a task of another log.
    """
    if said["done_on"] > today:
        raise RuleBroken(N_("This day has not come yet."), field="done_on")
    if (today - said["done_on"]).days > OLDEST:
        raise RuleBroken(N_("This is more than a year ago."), field="done_on")
    if not 0 < said["hours"] <= MOST_HOURS:
        raise RuleBroken(N_("Enter hours between 0 and 24."), field="hours")
    if said["task"] not in (clause.get("tasks") or [""]):
        raise RuleBroken(N_("Choose one of the tasks."), field="task")
