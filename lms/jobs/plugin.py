"""How background work comes in: the worker's command, the health page, what failed of plugins."""

from collections.abc import Iterable

import click
from flask import Blueprint, url_for

from lms.actor import Actor
from lms.hookspecs import impl
from lms.jobs.commands import worker
from lms.jobs.routes import blueprint
from lms.plugins import plugins
from lms.web.navigation import Card


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give /healthz."""
    return [blueprint]


@impl
def commands() -> Iterable[click.Command]:
    """Give `worker`."""
    return [worker]


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give administrators the plugins that failed since this process began."""
    if not user.has("administrator") or not plugins().faults:
        return []
    url = url_for("operation.page") if user.at_root("administrator") else ""
    return [Card("jobs/faults.html", {"faults": dict(plugins().faults), "url": url}, order=1)]
