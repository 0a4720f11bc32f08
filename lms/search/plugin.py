"""How the search comes in: its page, and the filling of its index when curriculum was stored."""

from collections.abc import Iterable

from flask import Blueprint

from lms.hookspecs import impl
from lms.search.actions import fill_index
from lms.search.routes import blueprint


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the search page."""
    return [blueprint]


@impl
def curriculum_stored() -> None:
    """Bring the index to what is stored now, in the same transaction."""
    fill_index()
