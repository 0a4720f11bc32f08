"""The audit trail, to be read."""

import json
from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lms.errors import N_, NotAllowed
from lms.records import queries
from lms.web.access import current_actor, for_roles

blueprint = Blueprint("records", __name__, template_folder="templates", url_prefix="/records")
_PAGE = 50


@blueprint.get("/")
@for_roles("administrator", "owner")
def trail() -> ResponseReturnValue:
    """Show the newest events, narrowed by kind and moment.

    They name people of every site, so that a role held at one of them is not enough.
    """
    if not current_actor().at_root("administrator", "owner"):
        raise NotAllowed(N_("The audit trail is for those who hold this role for the whole hub."))
    kind = request.args.get("kind", "")
    before = request.args.get("before", type=_moment)
    events = queries.latest_events(before=before, kind=kind or None, limit=_PAGE + 1)
    rows = [json.loads(event.content) | {"when": event.at} for event in events[:_PAGE]]
    older = events[_PAGE - 1].at.isoformat() if len(events) > _PAGE else None
    return render_template("records/trail.html", rows=rows, kind=kind, older=older)


def _moment(text: str) -> datetime:
    """Read a moment, in UTC where it names no zone. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:  # before the first year or after the last
        raise ValueError(text) from error
