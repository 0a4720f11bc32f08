"""Static files under a digest in their URL, compressed once at start; compression of the rest.

One digest covers a whole folder, so that ES modules may import each other by relative path.
"""

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, abort, current_app, request, url_for
from flask_compress import Compress

from lms.columns import digest
from lms.web.access import same_for_all

FOREVER = "public, max-age=31536000, immutable"

# They are for who works on the stylesheet; every learner would pay for them.
_CSS_COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)

blueprint = Blueprint("web", __name__, template_folder="templates")


@dataclass(frozen=True)
class Asset:
    """One static file: its bytes as they are and in each encoding that makes them smaller."""

    mimetype: str
    data: bytes
    encoded: dict[str, bytes]


@dataclass(frozen=True)
class Folder:
    """The static files of one room, named by the digest over all of them."""

    digest: str
    assets: dict[str, Asset]


def init_assets(app: Flask) -> None:
    """Serve the platform's static files, give templates `asset_url`, compress responses."""
    app.extensions["assets"] = {}
    add_assets(app, "web", Path(__file__).parent / "static")
    app.jinja_env.globals["asset_url"] = asset_url
    app.register_blueprint(blueprint)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_ALGORITHM_STREAMING", ["br"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 5)
    Compress(app)


def add_assets(app: Flask, room: str, path: Path) -> None:
    """Take the folder `path` of a room or plugin into service as `asset_url(name, room)`."""
    names = sorted(p for p in path.rglob("*") if p.is_file())
    assets = {p.relative_to(path).as_posix(): _read(p) for p in names}
    whole = digest({name: digest(asset.data) for name, asset in assets.items()})
    app.extensions["assets"][room] = Folder(whole[:12], assets)


def asset_url(name: str, room: str = "web") -> str:
    """Return the URL of a static file, digest included.

    Raises:
        KeyError: the room has no such file, so that a misspelt name is found by the first test.
    """
    folder: Folder = current_app.extensions["assets"][room]
    folder.assets[name]
    return url_for("web.asset", room=room, mark=folder.digest, name=name)


def _read(path: Path) -> Asset:
    data = path.read_bytes()
    if path.suffix == ".css":
        data = _CSS_COMMENT.sub(b"", data)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset("text/javascript" if path.suffix == ".js" else kind, data, _smaller(data))


@lru_cache(maxsize=256)
def _smaller(data: bytes) -> dict[str, bytes]:
    encoded = {"br": brotli.compress(data, quality=11), "gzip": gzip.compress(data, mtime=0)}
    return {mode: body for mode, body in encoded.items() if len(body) < len(data)}


@blueprint.get("/static/<room>/<mark>/<path:name>")
@same_for_all
def asset(room: str, mark: str, name: str) -> Response:
    """Serve a static file; under an old digest the present file, not to be kept."""
    folder: Folder | None = current_app.extensions["assets"].get(room)
    found = folder.assets.get(name) if folder else None
    if folder is None or found is None:
        abort(404)
    mode = next((m for m in found.encoded if request.accept_encodings[m] > 0), "")
    response = Response(found.encoded.get(mode, found.data), mimetype=found.mimetype)
    if mode:
        response.content_encoding = mode
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER if mark == folder.digest else "no-cache"
    return response
