"""How one's own account comes in: its pages, its menu entry, the command that writes a slip."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.account import commands
from lms.account.routes import blueprint
from lms.actor import Actor
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Entry

__all__ = ["commands"]


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the account's pages and the use of a slip."""
    return [blueprint]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give everybody their account."""
    return [Entry(N_("My account"), url_for("account.account"), order=99)]
