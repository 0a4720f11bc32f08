"""The acts of attested evidence, each by the person who does it, in transactions of their own."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lms import clock
from lms.actor import Actor
from lms.attestation import actions, queries, rules
from lms.attestation.measures import CRITERIA
from lms.columns import new_id
from lms.db import transaction
from tests import walk

PLATES = {
    "kind": "GP", "text": "Plates", "count": 1,
    "passes": [{"measure": "colonies on a glove plate", "most": "0"},
               {"measure": "colonies on any other plate", "most": "5"}],
}  # fmt: skip
FILL = {
    "kind": "APS", "text": "Part in a fill", "count": 1,
    "passes": [{"measure": "units with growth", "most": "0"}],
}  # fmt: skip
DEFENCE = {"kind": "OD", "text": "Defence", "count": 1, "assessors": 2}
ESSAY = {
    "kind": "ES", "text": "Essay", "count": 1, "assessors": 2,
    "passes": [{"measure": "share of the points", "least": "60", "unit": "%"},
               {"measure": "points of the weakest criterion", "least": "1"}],
}  # fmt: skip
PANEL = {
    "kind": "BP", "text": "Panel", "count": 1,
    "passes": [{"measure": "values within the tolerance of their sample", "least": "100"}],
}  # fmt: skip
LOG = {"kind": "WL", "text": "Log", "count": 1, "tasks": ["FND-02", "FND-04"]}
# The programme completes by the first three; the others lead on.
BEYOND = [clause | {"level_3": True} for clause in (ESSAY, PANEL, LOG)]
CLAUSES = [PLATES, FILL, DEFENCE, *BEYOND]
SITES = ("left_glove", "right_glove", "left_forearm", "right_forearm", "chest", "hood")


@dataclass(frozen=True)
class Site:
    """Who takes part: the learner's enrolment for X01, two assessors, one of another site."""

    hub: walk.Hub
    enrolment: str
    learner: Actor
    first: Actor
    second: Actor
    stranger: Actor


def key(clause: dict[str, Any]) -> str:
    """Return the key of a clause of X01."""
    return rules.key_of(clause, "X01")


def day(ago: int) -> str:
    """Return a day so many days ago."""
    return (clock.today() - timedelta(days=ago)).isoformat()


def plates(*, read: bool = True, **sites: int) -> dict[str, Any]:
    """Return the facts of a gowning twenty days ago, read or not."""
    facts: dict[str, Any] = {"done_on": day(20), "batch": "L-17"}
    if read:
        facts |= {"read_on": day(15), "report": "R-1"} | dict.fromkeys(SITES, 0) | sites
    return facts


def fill(**more: Any) -> dict[str, Any]:
    """Return the facts of a media fill without growth."""
    return {
        "done_on": day(20), "batch": "MF-3", "part": "Set-up", "units": 3000, "read_on": day(3),
        "report": "R-2", "promotion": True, "grown": 0,
    } | more  # fmt: skip


def defence(outcome: str = "passed") -> dict[str, Any]:
    """Return the facts of a defence."""
    return {"done_on": day(2), "way": "oral", "subject": "A", "asked": "B", "outcome": outcome}


def attest(
    site: Site, clause: dict[str, Any], facts: dict[str, Any], *, by: Actor | None = None,
    once: str = "", independent: bool = True,
) -> str:  # fmt: skip
    """Attest a piece of evidence; returns the row."""
    who = by or site.first
    with transaction():
        return actions.attest(
            once=once or new_id(),
            enrolment_id=site.enrolment,
            key=key(clause),
            said=actions.Said(facts, independent),
            checked=walk.checked(who),
            by=who,
        ).id


def essay(*points: int) -> dict[str, Any]:
    """Return the facts of an essay with the points of its four criteria."""
    given = dict(zip(CRITERIA, points, strict=True))
    return {"done_on": day(2), "subject": "Essay", "batch": "D-1"} | given


def amend(row: str, facts: dict[str, Any], by: Actor, reason: str = "") -> str:
    """Append a revision; returns it."""
    with transaction():
        return actions.amend(
            attestation_id=row,
            once=new_id(),
            said=actions.Said(facts, True, reason),
            checked=walk.checked(by),
            by=by,
        ).id


def withdraw(row: str, by: Actor, reason: str = "Taken from another person's plates") -> str:
    """Withdraw a piece; returns the revision."""
    with transaction():
        return actions.withdraw(
            attestation_id=row, once=new_id(), reason=reason, checked=walk.checked(by), by=by
        ).id


def second(row: str, by: Actor, *, agrees: bool = True, note: str = "",
           found: dict[str, Any] | None = None) -> None:  # fmt: skip
    """Say what a second assessor says."""
    with transaction():
        actions.second(
            attestation_id=row,
            told=actions.Told(agrees, agrees or found is not None, note, found),
            checked=walk.checked(by),
            by=by,
        )


def verdict(row: str, by: Actor) -> str:
    """Return what a revision comes to."""
    with transaction(write=False):
        return queries.attested(row, by).verdict


def met(site: Site, kind: str) -> bool:
    """Tell whether the learner has shown all of a kind that X01 asks for."""
    content = {"id": "X01", "evidence": CLAUSES}
    with transaction(write=False):
        return queries.has_met(site.learner.id, content, kind, clock.today())


def standing_rows(site: Site, clause: dict[str, Any]) -> list[str]:
    """Return the revisions of the learner's pieces for a clause that stand, in a transaction."""
    return [one.row.id for one in queries.evidence_for(site.learner.id, key(clause))]
