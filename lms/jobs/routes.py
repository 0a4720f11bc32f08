"""/healthz: 200 only when database, queue and store answer."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from lms.db import db
from lms.jobs import queue
from lms.settings import setting
from lms.store import actions as store
from lms.web.access import public

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Ask each part once and say which does not answer."""
    parts = {"database": _database(), "queue": _queue(), "store": _store()}
    return jsonify(parts), 200 if all(parts.values()) else 503


def _database() -> bool:
    try:
        return db.session.execute(text("SELECT 1")).scalar() == 1
    except Exception:  # noqa: BLE001 - whatever it is, the part is not well
        db.session.rollback()
        return False


def _queue() -> bool:
    try:
        return queue.is_well(setting("QUEUE_URL"))
    except Exception:  # noqa: BLE001 - as above
        return False


def _store() -> bool:
    try:
        return store.is_well()
    except Exception:  # noqa: BLE001 - as above
        return False
