"""`curriculum preview PATH`: a module as learners will see it, live while it is written."""

import logging
from collections.abc import Callable
from pathlib import Path

import click
from flask import Blueprint, current_app, url_for
from werkzeug.serving import run_simple


def preview_command(pages: Callable[[Path], Blueprint]) -> click.Command:
    """Return the command; `pages` makes the pages of a folder."""

    @click.command("preview")
    @click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
    @click.option("--port", default=8100, show_default=True, help="On 127.0.0.1.")
    def preview(path: Path, port: int) -> None:
        """Serve the module folder PATH on 127.0.0.1, its mistakes too, live while it is written."""
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        app.register_blueprint(pages(path))
        with app.test_request_context():
            place = url_for("preview.index", draft="draft")
        click.echo(f"Open http://127.0.0.1:{port}{place} (stop with Ctrl+C)")
        # Its warnings are about serving the world, and would only frighten an author.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        run_simple("127.0.0.1", port, app, threaded=True)

    return preview
