"""How exchange comes in: questions from other systems and to them."""

from collections.abc import Iterable

import click
from flask import Blueprint

from lms.exchange.commands import questions
from lms.exchange.routes import bringing, taking
from lms.hookspecs import impl


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages that read files of questions, and that write them."""
    return [bringing.blueprint, taking.blueprint]


@impl
def commands() -> Iterable[click.Command]:
    """Give `questions …`."""
    return [questions]
