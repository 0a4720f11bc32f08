"""The preview server's pages: a module's folder as it is now, for its author alone."""

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from lms.authoring.drafts import Tried, titles, try_folder
from lms.authoring.routes.pages import Pages
from lms.columns import digest
from lms.web.access import public

_ONLY = "draft"  # one folder is shown, and this names it in addresses


def preview_pages(path: Path) -> Blueprint:
    """Return the pages of the module folder at `path`, read anew for each request."""
    blueprint = Blueprint(
        "preview", __name__, template_folder="../templates", url_prefix="/preview"
    )

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
