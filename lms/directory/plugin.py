"""How the directory comes in: pages of organisations and people, menu entries, commands."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.actor import Actor
from lms.directory import commands
from lms.directory.queries.staff import lacking
from lms.directory.routes import people, person, places
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Card, Entry

__all__ = ["commands"]


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages of organisations and people."""
    return [places.blueprint, people.blueprint, person.blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give those who look after people the way to them."""
    if not user.has("administrator", "coordinator"):
        return []
    return [
        Entry(N_("People"), url_for("directory.listing"), order=60),
        Entry(N_("Organisations"), url_for("organisations.tree"), order=61),
    ]


@impl
def home(user: Actor) -> Iterable[Card]:
    """Tell administrators of the whole hub which people it cannot work without."""
    if not user.at_root("administrator"):
        return []
    few = lacking()
    return [Card("directory/staff.html", {"lacking": few}, order=3)] if few else []
