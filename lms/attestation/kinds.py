"""What each kind of evidence writes down, what is impossible in it, what it measures. Pure.

A programme's clause says what the measures have to be (`passes`); nothing here knows a limit of a
clause. Sources: the curriculum map, section 4 and the practicals of FND104, FFP202 and FFP205.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from lms.errors import N_, RuleBroken

Facts = Mapping[str, Any]
INCUBATION = 14  # days that filled units are incubated before they are read (FFP202, L4)
LEAST_UNITS, LEAST_TRANSFERS = 100, 30  # one of both is a personal media manipulation (FFP202)
KIT = 250  # units of an inspection kit (FFP205)
GLOVES = ("left_glove", "right_glove")
OTHER_PLATES = ("left_forearm", "right_forearm", "chest", "hood")
PLATES = (*GLOVES, *OTHER_PLATES)
# What the laboratory adds when it has read the plates or units: until then it is provisional.
READING = ("read_on", "report")

# The measures that a clause's `passes` may name, as programmes write them.
GROWTH = "units with growth"
GLOVE_COLONIES, PLATE_COLONIES = "colonies on a glove plate", "colonies on any other plate"
EFFICIENCY, CRITICAL, FALSE = (
    "efficiency in the reject zone",
    "critical defects found",
    "false rejects",
)


@dataclass(frozen=True)
class Kind:
    """A kind of evidence.

    Attributes:
        result: the facts that the laboratory brings; () where the assessor sees it at once.
        check: raises RuleBroken for facts that cannot be true together.
        measure: the measures of facts that are whole, by name.
        own: it is shown for one programme alone, also where another's clause reads the same.
    """

    result: tuple[str, ...]
    check: Callable[[Facts], None]
    measure: Callable[[Facts], Mapping[str, Fraction]]
    measures: tuple[str, ...]
    own: bool = False


def moment(facts: Facts, name: str) -> date:
    """Return a day among facts."""
    return date.fromisoformat(facts[name])


def is_read(kind: str, facts: Facts) -> bool:
    """Tell whether the laboratory's result is there, or none is needed."""
    return all(name in facts for name in KINDS[kind].result)


def check_facts(kind: str, facts: Facts, today: date) -> None:
    """Refuse facts that cannot be true.

    Raises:
        RuleBroken: a day to come, a result in part or too early, more found than there were.
    """
    for name in ("done_on", "read_on"):
        if name in facts and moment(facts, name) > today:
            raise RuleBroken(N_("This day has not come yet."), field=name)
    given = [name for name in KINDS[kind].result if name in facts]
    if given and not is_read(kind, facts):
        lacking = next(name for name in KINDS[kind].result if name not in facts)
        raise RuleBroken(
            N_("The laboratory's result is entered whole or not at all yet."), field=lacking
        )
    KINDS[kind].check(facts)


def _check_filled(facts: Facts) -> None:
    if "read_on" not in facts:
        return
    if moment(facts, "read_on") < moment(facts, "done_on") + timedelta(days=INCUBATION):
        raise RuleBroken(
            N_("The units are incubated for %(days)s days before they are read."),
            field="read_on",
            days=INCUBATION,
        )
    if not facts.get("promotion"):
        raise RuleBroken(
            N_("Without a passed growth promotion test the result says nothing."),
            field="promotion",
        )
    if facts["grown"] > facts.get("units", facts["grown"]):
        raise RuleBroken(N_("That is more than there were."), field="grown")


def _check_manipulation(facts: Facts) -> None:
    if facts.get("units", 0) < LEAST_UNITS and facts.get("transfers", 0) < LEAST_TRANSFERS:
        raise RuleBroken(
            N_("It takes at least %(units)s units or %(transfers)s transfers."),
            field="units",
            units=LEAST_UNITS,
            transfers=LEAST_TRANSFERS,
        )
    _check_filled(facts)


def _check_plates(facts: Facts) -> None:
    if "read_on" in facts and moment(facts, "read_on") <= moment(facts, "done_on"):
        raise RuleBroken(N_("Plates are read after the day of the gowning."), field="read_on")


def _check_kit(facts: Facts) -> None:
    if facts["units"] < KIT:
        raise RuleBroken(N_("A kit has at least %(units)s units."), field="units", units=KIT)
    for found, there in (("zone_found", "zone"), ("critical_found", "critical"), ("false", "good")):
        if facts[found] > facts[there]:
            raise RuleBroken(N_("That is more than there were."), field=found)
    for there in ("zone", "critical", "good"):
        if not facts[there]:
            raise RuleBroken(N_("A kit without any of these tests nothing."), field=there)


def _check_defence(_facts: Facts) -> None:
    """A defence is what the assessors say of it."""


def _growth(facts: Facts) -> dict[str, Fraction]:
    return {GROWTH: Fraction(facts["grown"])}


def _colonies(facts: Facts) -> dict[str, Fraction]:
    return {
        GLOVE_COLONIES: Fraction(max(facts[site] for site in GLOVES)),
        PLATE_COLONIES: Fraction(max(facts[site] for site in OTHER_PLATES)),
    }


def _inspection(facts: Facts) -> dict[str, Fraction]:
    return {
        EFFICIENCY: Fraction(100 * facts["zone_found"], facts["zone"]),
        CRITICAL: Fraction(100 * facts["critical_found"], facts["critical"]),
        FALSE: Fraction(100 * facts["false"], facts["good"]),
    }


def _nothing(_facts: Facts) -> dict[str, Fraction]:
    return {}


KINDS: dict[str, Kind] = {
    "APS": Kind((*READING, "grown"), _check_filled, _growth, (GROWTH,)),
    "GP": Kind((*READING, *PLATES), _check_plates, _colonies, (GLOVE_COLONIES, PLATE_COLONIES)),
    "PM": Kind((*READING, "grown"), _check_manipulation, _growth, (GROWTH,)),
    "IK": Kind((), _check_kit, _inspection, (EFFICIENCY, CRITICAL, FALSE)),
    "OD": Kind((), _check_defence, _nothing, (), own=True),
}
