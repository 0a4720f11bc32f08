"""How the operator's page comes in, and what failed of plugins on the first page."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.operation.routes import blueprint
from lms.plugins import plugins
from lms.web.navigation import Card, Entry


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


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give administrators the plugins that failed since this process began."""
    if not user.has("administrator") or not plugins().faults:
        return []
    url = url_for("operation.page") if user.at_root("administrator") else ""
    values = {"faults": dict(plugins().faults), "url": url}
    return [Card("operation/faults.html", values, order=1)]
