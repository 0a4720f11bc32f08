"""How exchange comes in: questions from other systems and to them."""

from collections.abc import Iterable

import click

from lms.exchange.commands import questions
from lms.hookspecs import impl


@impl
def commands() -> Iterable[click.Command]:
    """Give `questions …`."""
    return [questions]
