"""How the demonstration comes in: its command."""

from collections.abc import Iterable

import click

from lms.demo.commands import demo
from lms.hookspecs import impl


@impl
def commands() -> Iterable[click.Command]:
    """Give `demo load`."""
    return [demo]
