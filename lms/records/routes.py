"""The audit trail, to be read."""

import json
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lms.records import queries
from lms.web.access import for_roles

blueprint = Blueprint("records", __name__, template_folder="templates", url_prefix="/records")
_PAGE = 50


@blueprint.get("/")
@for_roles("administrator", "owner")
def trail() -> ResponseReturnValue:
    """Show the newest events, narrowed by kind and moment."""
    kind = request.args.get("kind", "")
    before = request.args.get("before", type=datetime.fromisoformat)
    events = queries.latest_events(before=before, kind=kind or None, limit=_PAGE + 1)
    rows = [json.loads(event.content) | {"when": event.at} for event in events[:_PAGE]]
    older = events[_PAGE - 1].at.isoformat() if len(events) > _PAGE else None
    return render_template("records/trail.html", rows=rows, kind=kind, older=older)
