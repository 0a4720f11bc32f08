"""The holder's certificates; the verification has routes of its own."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from certificates import queries
from lms.api.acts import NotFound
from lms.api.plug import store
from lms.api.web import current_actor, for_roles

certificate_pages = Blueprint(
    "certificates", __name__, template_folder="../templates", url_prefix="/certificates"
)


@certificate_pages.get("/")
@for_roles()
def mine() -> ResponseReturnValue:
    """List the newest certificates that one may see."""
    by = current_actor()
    standings = queries.seen_by(by)
    most = queries.LONGEST_LIST if len(standings) == queries.LONGEST_LIST else None
    return render_template("certificates/list.html", standings=standings, most=most)


@certificate_pages.get("/<number>.pdf")
@for_roles()
def file(number: str) -> ResponseReturnValue:
    """Serve the stored bytes of a certificate; nothing is ever rendered again."""
    found = queries.seen_by(current_actor(), number)
    if not found or found[0].file is None:
        raise NotFound()
    answer = Response(store.get(found[0].file.digest), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
    return answer
