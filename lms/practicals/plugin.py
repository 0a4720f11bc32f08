"""How practicals come in: the observer's desk, what waits on first pages, panels of modules."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.actor import Actor
from lms.curriculum.evidence import EvidenceKind
from lms.curriculum.models import ModuleVersion
from lms.errors import N_
from lms.hookspecs import impl
from lms.practicals import cards
from lms.practicals.routes import desk, sheet
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the desk and the sheets."""
    return [desk.blueprint, sheet.blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give instructors the observer's desk."""
    if user.has("instructor"):
        return [Entry(N_("Practicals"), url_for("practicals.desk"), order=32)]
    return []


@impl
def evidence_kinds() -> Iterable[EvidenceKind]:
    """Give observed practicals."""
    return [EvidenceKind("OP")]


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give learners what they are to countersign, instructors what waits for them."""
    return cards.home_cards(user)


@impl
def module_panels(learner: Actor, module: ModuleVersion) -> Iterable[Card]:
    """Give each practical of the module and how the learner stands in it."""
    return cards.panels(learner, module)
