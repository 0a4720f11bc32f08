"""How extra time and voided attempts come in: their pages, and what waits for a second person."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.accommodation import queries
from lms.accommodation.routes import blueprint
from lms.accommodation.rules import GRANTERS
from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages of extra time and voided attempts."""
    return [blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give instructors and coordinators the desk."""
    if user.has(*GRANTERS):
        return [Entry(N_("Extra time"), url_for("accommodation.desk"), order=34)]
    return []


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give instructors and coordinators what waits for their signature."""
    if not user.has(*GRANTERS):
        return []
    waiting = queries.count_waiting(user)
    return [Card("accommodation/card.html", {"voids": waiting}, order=7)] if waiting else []
