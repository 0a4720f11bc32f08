"""How regrades come in: their pages, and what waits for a second person."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.regrade import queries
from lms.regrade.routes import blueprint
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages of regrade runs."""
    return [blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give owners and reviewers the runs."""
    if user.has(*queries.SIGNERS):
        return [Entry(N_("Regrades"), url_for("regrade.desk"), order=46)]
    return []


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give owners and reviewers what waits: runs to decide, answers that older keys scored."""
    if not user.has(*queries.SIGNERS):
        return []
    values = {"undecided": queries.undecided(), "corrected": queries.corrected_versions()}
    return [Card("regrade/card.html", values, order=7)] if any(values.values()) else []
