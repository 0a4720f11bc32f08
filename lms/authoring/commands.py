"""`curriculum preview PATH`: a module as learners will see it, live while it is written."""

import logging
from functools import lru_cache
from pathlib import Path

import click
from flask import Blueprint, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.serving import run_simple

from lms.authoring.drafts import Tried, titles, try_folder
from lms.authoring.pages import Pages
from lms.columns import digest
from lms.web.access import public

_ONLY = "draft"  # one folder is shown, and this names it in addresses


def preview_pages(path: Path) -> Blueprint:
    """Return the pages of the module folder at `path`, read anew for each request."""
    blueprint = Blueprint("preview", __name__, template_folder="templates", url_prefix="/preview")

    @lru_cache(maxsize=1)
    def tried(_state: str) -> Tried:
        return try_folder(path)

    def state() -> str:
        files = sorted(one for one in path.rglob("*") if one.is_file())
        return digest([[one.as_posix(), str(one.stat().st_mtime_ns)] for one in files])

    def load(_draft: str) -> Tried:
        return tried(state())

    Pages("preview", load).add_to(blueprint, public)

    @blueprint.get("/<draft>/")
    @public
    def index(draft: str) -> ResponseReturnValue:
        """Show the mistakes and what there is to read."""
        now = load(draft)
        return render_template(
            "authoring/preview.html",
            tried=now,
            draft=now.draft,
            titles=titles(now.draft) if now.draft else [],
            place=_ONLY,
            at="preview",
        )

    @blueprint.get("/changed")
    @public
    def changed() -> ResponseReturnValue:
        """Tell in which state the files are, so that an open page knows when to load again."""
        return jsonify(state())

    return blueprint


@click.command("preview")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--port", default=8100, show_default=True, help="On 127.0.0.1.")
def preview(path: Path, port: int) -> None:
    """Serve the module folder PATH on 127.0.0.1, with its mistakes, live while it is written."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    app.register_blueprint(preview_pages(path))
    with app.test_request_context():
        place = url_for("preview.index", draft=_ONLY)
    click.echo(f"Open http://127.0.0.1:{port}{place} (stop with Ctrl+C)")
    # Its warnings are about serving the world, and would only frighten an author.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    run_simple("127.0.0.1", port, app, threaded=True)
