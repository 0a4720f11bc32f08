"""What each kind of evidence writes down, and what is impossible in it. Pure.

A programme's clause says what the measures have to be (`passes`); nothing here knows a limit of a
clause. Sources: the curriculum map, sections 0 and 4 and the practicals of FND104, FFP202, FFP205,
TTX301 and WFD301. How panels are scored: lms.attestation.panel.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from lms.attestation import measures
from lms.attestation.measures import PLATES, Facts, Measured, kappa, spoken
from lms.errors import N_, RuleBroken

INCUBATION = 14  # days that filled units are incubated before they are read (FFP202, L4)
LEAST_UNITS, LEAST_TRANSFERS = 100, 30  # one of both is a personal media manipulation (FFP202)
KIT = 250  # units of an inspection kit (FFP205)
LEAST_RATINGS = 5  # gownings that two people rate (WFD301)
# What the laboratory adds when it has read the plates or units: until then it is provisional.
READING = ("read_on", "report")


@dataclass(frozen=True)
class Kind:
    """A kind of evidence.

    Attributes:
        result: the facts that the laboratory brings; () where the assessor sees it at once.
        check: raises RuleBroken for facts that cannot be true together.
        measure: the measures of facts that are whole, by name.
        measures: the names of all of them.
        own: it is shown for one programme alone, also where another's clause reads the same.
        judged: assessors say whether it was passed; a clause may state no limit.
        blind: what a second assessor finds alone, before the first's is shown.
    """

    result: tuple[str, ...]
    check: Callable[[Facts], None]
    measure: Callable[[Facts], Measured]
    measures: tuple[str, ...] = ()
    own: bool = False
    judged: bool = False
    blind: tuple[str, ...] = ()


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
    for name in ("done_on", "read_on", "from_on"):
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


def _check_nothing(_facts: Facts) -> None:
    """Nothing in it can contradict the rest."""


def _check_essay(facts: Facts) -> None:
    if "from_on" in facts and moment(facts, "from_on") > moment(facts, "done_on"):
        raise RuleBroken(N_("It was handed in before its time began."), field="done_on")


def _check_team(facts: Facts) -> None:
    if facts["team"] < 2:
        raise RuleBroken(N_("A team has at least two members."), field="team")
    if not facts["gates"]:
        raise RuleBroken(N_("Without a gate review it is no team exercise."), field="gates")
    if facts["gates_passed"] > facts["gates"]:
        raise RuleBroken(N_("That is more than there were."), field="gates_passed")
    if facts["outcome"] == "passed" and facts["gates_passed"] < facts["gates"]:
        raise RuleBroken(N_("It is passed when every gate was."), field="outcome")


def _check_teach(facts: Facts) -> None:
    if "own" not in facts:
        return
    own, others = spoken(facts["own"]), spoken(facts.get("others", ""))
    if len(own) < LEAST_RATINGS:
        raise RuleBroken(N_("It takes at least %(least)s ratings."), field="own",
                         least=LEAST_RATINGS)  # fmt: skip
    if len(own) != len(others):
        raise RuleBroken(
            N_("Both rate the same things: there are %(own)s and %(others)s ratings."),
            field="others",
            own=len(own),
            others=len(others),
        )
    if kappa(own, others) is None:
        raise RuleBroken(N_("All ratings are the same: agreement says nothing."), field="others")


def _check_inspection(facts: Facts) -> None:
    if not facts.get("interest"):
        raise RuleBroken(
            N_("Without this declaration the inspection does not count."), field="interest"
        )


KINDS: dict[str, Kind] = {
    "APS": Kind((*READING, "grown"), _check_filled, measures.growth, (measures.GROWTH,)),
    "GP": Kind(
        (*READING, *PLATES),
        _check_plates,
        measures.colonies,
        (measures.GLOVE_COLONIES, measures.PLATE_COLONIES),
    ),
    "PM": Kind((*READING, "grown"), _check_manipulation, measures.growth, (measures.GROWTH,)),
    "IK": Kind(
        (),
        _check_kit,
        measures.inspection,
        (measures.EFFICIENCY, measures.CRITICAL, measures.FALSE),
    ),
    "BP": Kind(
        (),
        _check_nothing,
        measures.panel,
        (measures.WITHIN, measures.RIGHT, measures.KAPPA, measures.RATIO),
    ),
    "ES": Kind(
        (),
        _check_essay,
        measures.essay,
        (measures.POINTS, measures.WEAKEST),
        own=True,
        blind=measures.CRITERIA,
    ),
    "TX": Kind((), _check_team, measures.nothing, own=True, judged=True),
    "MT": Kind((), _check_teach, measures.ratings, (measures.KAPPA,), own=True, judged=True),
    "CI": Kind((), _check_inspection, measures.nothing, own=True, judged=True),
    "OD": Kind((), _check_nothing, measures.nothing, own=True, judged=True),
}
LOG = "WL"  # entries that a learner writes and others countersign: lms.attestation.log
