"""How statistics come in: their pages, their menu entry, the command line."""

from collections.abc import Iterable

import click
from flask import Blueprint, url_for

from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.psychometrics import queries
from lms.psychometrics.commands import psychometrics
from lms.psychometrics.routes import panels, practicals, questions
from lms.web.navigation import Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages of statistics and of standard setting."""
    return [questions.blueprint, panels.blueprint, practicals.blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give owners and reviewers the figures of their questions."""
    if user.has(*queries.READERS):
        return [Entry(N_("Statistics"), url_for("statistics.desk"), order=47)]
    return []


@impl
def commands() -> Iterable[click.Command]:
    """Give `psychometrics FILE`."""
    return [psychometrics]
