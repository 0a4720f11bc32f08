"""How the operator's page comes in."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.operation.routes import blueprint
from lms.web.navigation import Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the operator's page."""
    return [blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give it to administrators of the whole hub."""
    if user.at_root("administrator"):
        return [Entry(N_("Operation"), url_for("operation.page"), order=95)]
    return []
