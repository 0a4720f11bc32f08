"""How exchange comes in: questions from other systems and to them."""

from collections.abc import Iterable

import click
from flask import Blueprint

from lms.exchange.commands import questions
from lms.exchange.routes import blueprint
from lms.hookspecs import impl


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the page that reads files of questions."""
    return [blueprint]


@impl
def commands() -> Iterable[click.Command]:
    """Give `questions …`."""
    return [questions]
