"""How attested evidence comes in: its pages, the desk of instructors, the kinds it records."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, url_for

from lms import clock
from lms.actor import Actor
from lms.attestation.cards import home_cards
from lms.attestation.kinds import KINDS, LOG
from lms.attestation.queries import has_met
from lms.attestation.routes.evidence import blueprint
from lms.attestation.routes.log import blueprint as log
from lms.attestation.routes.panel import blueprint as panels
from lms.curriculum.evidence import EvidenceKind
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages of evidence."""
    return [blueprint, log, panels]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give instructors the desk of evidence."""
    if user.has("instructor"):
        return [Entry(N_("Evidence"), url_for("attestation.desk"), order=33)]
    return []


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give learners what their programmes still ask for, instructors what waits for them."""
    return home_cards(user)


@impl
def evidence_kinds() -> Iterable[EvidenceKind]:
    """Give the kinds that are attested here, each with whether a person has shown it."""
    return [EvidenceKind(code, partial(_has_met, code)) for code in (*KINDS, LOG)]


def _has_met(kind: str, person_id: str, content: Mapping[str, Any]) -> bool:
    return has_met(person_id, content, kind, clock.today())
