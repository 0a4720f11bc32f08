"""How backup comes in: two commands."""

from collections.abc import Iterable

import click

from lms.backup.commands import backup, restore
from lms.hookspecs import impl


@impl
def commands() -> Iterable[click.Command]:
    """Give `backup` and `restore`."""
    return [backup, restore]
