"""How statistics come in: the command line."""

from collections.abc import Iterable

import click

from lms.hookspecs import impl
from lms.psychometrics.commands import psychometrics


@impl
def commands() -> Iterable[click.Command]:
    """Give `psychometrics FILE`."""
    return [psychometrics]
