"""How authoring comes in: uploads beside the approval desk, and the preview server's command."""

from collections.abc import Iterable

import click
from flask import Blueprint

from lms.authoring.commands import preview_command
from lms.authoring.routes.preview import preview_pages
from lms.authoring.routes.uploads import blueprint
from lms.curriculum.commands import curriculum
from lms.hookspecs import impl


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the uploads' pages."""
    return [blueprint]


@impl
def commands() -> Iterable[click.Command]:
    """Give `curriculum preview`, in the group that curriculum gives."""
    curriculum.add_command(preview_command(preview_pages))
    return []
