"""How authoring comes in: uploads beside the approval desk, and the preview server's command."""

from collections.abc import Iterable

import click
from flask import Blueprint

from lms.authoring.commands import preview
from lms.authoring.routes import blueprint
from lms.curriculum.commands import curriculum
from lms.hookspecs import impl


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the uploads' pages."""
    return [blueprint]


@impl
def commands() -> Iterable[click.Command]:
    """Give `curriculum preview`, in the group that curriculum gives."""
    curriculum.add_command(preview)
    return []
