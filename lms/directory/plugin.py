"""How the directory comes in: pages of organisations and people, menu entries, commands."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.actor import Actor
from lms.directory import commands
from lms.directory.routes import people, person, places
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Entry

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
