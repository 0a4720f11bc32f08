"""How background work comes in: the worker's command and the health page."""

from collections.abc import Iterable

import click
from flask import Blueprint

from lms.hookspecs import impl
from lms.jobs.commands import worker
from lms.jobs.routes import blueprint


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give /healthz."""
    return [blueprint]


@impl
def commands() -> Iterable[click.Command]:
    """Give `worker`."""
    return [worker]
