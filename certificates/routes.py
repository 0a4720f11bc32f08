"""The holder's certificates, and the verification that is open to everybody."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certificates import queries
from certificates.presenting import verification
from certificates.rules import NO_SEAL
from lms.api.acts import NotFound
from lms.api.data import today
from lms.api.plug import store
from lms.api.web import current_actor, for_roles, public, say

certificate_pages = Blueprint(
    "certificates", __name__, template_folder="templates", url_prefix="/certificates"
)
verify_pages = Blueprint("verify", __name__, template_folder="templates", url_prefix="/verify")


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


@verify_pages.get("/")
@public
def ask() -> ResponseReturnValue:
    """Ask for a number; one that came in the address goes to its page."""
    number = request.args.get("number", "").strip()
    if number:
        return redirect(url_for("verify.answer", number=number.replace("/", "-")[:40]), 303)
    return render_template("certificates/ask.html")


@verify_pages.get("/<number>")
@public
def answer(number: str) -> ResponseReturnValue:
    """Answer with one verdict word and the facts, as a page or as JSON, always 200."""
    found = verification(number, _day())
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == (
        "application/json"
    ):
        return jsonify(_as_json(found))
    return render_template("certificates/answer.html", found=found, no_seal=NO_SEAL)


def _day() -> date:
    """Return the day asked about with ?on=YYYY-MM-DD, today when it is none."""
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today()


def _as_json(found: dict[str, Any]) -> dict[str, Any]:
    message, params = found["reason"]
    sealed = [] if found["sealed"] is None else [say(NO_SEAL)]
    return found | {
        "reason": say(message, **params),
        "as_of": found["as_of"].isoformat(),
        "notes": sealed,
    }
