"""The verification that is open to everybody: one number, a list of them, a machine's question."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certificates.forms import LONGEST_LIST, ListForm
from certificates.presenting import (
    MOST_NUMBERS,
    VERDICTS,
    tally,
    verification,
    verifications,
)
from certificates.rules import NO_SEAL
from lms.api.acts import N_, DomainError, RuleBroken, TooLarge
from lms.api.data import now, reads, today
from lms.api.web import csv_file, public, say, without_token

verify_pages = Blueprint("verify", __name__, template_folder="../templates", url_prefix="/verify")
verify_api = Blueprint("verify_api", __name__, url_prefix="/api/v1")
LARGEST_QUESTION = 200_000  # bytes of JSON
_COLUMNS = (
    N_("Row"),
    N_("Given"),
    N_("Number"),
    N_("Verdict"),
    N_("Reason"),
    N_("Holder"),
    N_("Holder in Latin letters"),
    N_("Programme"),
    N_("Competencies"),
    N_("Issued"),
    N_("Expires"),
    N_("Issuer"),
    N_("As of"),
    N_("The same as row"),
)


# --- one number -----------------------------------------------------------------------------


@verify_pages.get("/")
@public
def ask() -> ResponseReturnValue:
    """Ask for a number; one that came in the address goes to its page."""
    number = request.args.get("number", "").strip()
    if number:
        on = request.args.get("on", "").strip()[:40] or None
        there = url_for("verify.answer", number=number.replace("/", "-")[:40], on=on)
        return redirect(there, 303)
    return render_template("certificates/ask.html", most=MOST_NUMBERS)


@verify_pages.get("/<number>")
@public
def answer(number: str) -> ResponseReturnValue:
    """Answer with one verdict word and the facts, as a page or as JSON, always 200."""
    asked = request.args.get("on", "").strip()
    day = _day(asked)
    found, for_today = verification(number, day or today(), today())
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == (
        "application/json"
    ):
        response = jsonify(_as_json(found))
    else:
        page = render_template(
            "certificates/answer.html",
            found=found,
            no_seal=NO_SEAL,
            checked_at=now(),
            other_day=day if day != today() else None,
            for_today=VERDICTS[for_today["verdict"]],
            no_day=asked if asked and day is None else "",
        )
        response = Response(page)
    # The same address answers people and machines, in the language of each.
    response.vary.update(("Accept", "Accept-Language", "Cookie"))
    return response


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- a list ---------------------------------------------------------------------------------


@verify_pages.get("/several")
@public
def several() -> ResponseReturnValue:
    """Ask for a list of numbers."""
    return _list_page(ListForm(formdata=None))


@verify_pages.post("/several")
@without_token
@reads
@public
def check_several() -> ResponseReturnValue:
    """Answer a pasted list with one table, or with the same table as a CSV file."""
    form = ListForm()
    if len(form.numbers.data or "") > LONGEST_LIST:
        raise TooLarge(
            N_("This text is longer than %(most)s characters. Check the list in parts."),
            most=LONGEST_LIST,
        )
    if not form.validate():
        return _list_page(form), 422
    day = form.on.data or today()
    found = verifications(form.found, day)
    if request.form.get("as") == "csv":
        return _as_csv(found, day)
    return _list_page(form, found=found, day=day)


def _list_page(
    form: ListForm, found: Sequence[Mapping[str, Any]] = (), day: date | None = None
) -> str:
    return render_template(
        "certificates/several.html",
        form=form,
        found=found,
        counts=tally(found),
        verdicts=VERDICTS,
        day=day,
        other_day=day if day != today() else None,
        checked_at=now(),
        most=MOST_NUMBERS,
    )


def _as_csv(found: Sequence[Mapping[str, Any]], day: date) -> Response:
    data = csv_file([say(cell) for cell in _COLUMNS], map(_cells, found))
    response = Response(data, mimetype="text/csv")
    name = f"verification-{day.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(one: Mapping[str, Any]) -> list[object]:
    message, params = one["reason"]
    holder = one["holder"] or {}
    return [
        one["row"],
        one["given"],
        one["number"],
        one["verdict"],
        say(message, **params),
        holder.get("name"),
        holder.get("latin"),
        (one["programme"] or {}).get("title"),
        "; ".join(f"{each['id']} L{each['level']}" for each in one["competencies"]),
        one["issued_on"],
        one["expires_on"],
        (one["issuer"] or {}).get("name"),
        one["as_of"].isoformat(),
        one["repeats"],
    ]


# --- a machine ------------------------------------------------------------------------------


@verify_api.post("/verify")
@without_token
@reads
@public
def verify() -> ResponseReturnValue:
    """Answer `{"numbers": […], "on": "YYYY-MM-DD"}` with `{"results": […]}` in the same order."""
    try:
        numbers, day = _question()
    except DomainError as refusal:
        word = "too-large" if isinstance(refusal, TooLarge) else "rule-broken"
        response = jsonify(error=word, message=say(refusal))
        response.status_code = refusal.status
        return response
    found = verifications(numbers, day)
    return jsonify(results=[_as_json(one) for one in found])


def _question() -> tuple[list[str], date]:
    """Read what a machine asks. Raises TooLarge, RuleBroken."""
    if (request.content_length or 0) > LARGEST_QUESTION or (
        len(request.get_data()) > LARGEST_QUESTION
    ):
        raise TooLarge(N_("Send at most %(most)s bytes at once."), most=LARGEST_QUESTION)
    body = request.get_json(force=True, silent=True)
    asked = body if isinstance(body, dict) else {}
    numbers, on = asked.get("numbers"), asked.get("on")
    if not isinstance(numbers, list) or not all(isinstance(one, str) for one in numbers):
        raise RuleBroken(N_('Send JSON such as {"numbers": ["ST-…"], "on": "2026-11-22"}.'))
    if not 1 <= len(numbers) <= MOST_NUMBERS:
        raise RuleBroken(N_("Send at least 1 and at most %(most)s numbers."), most=MOST_NUMBERS)
    if on is None or on == "":
        return numbers, today()
    day = _day(on) if isinstance(on, str) else None
    if day is None:
        raise RuleBroken(N_("“on” is no day: write it as YYYY-MM-DD."))
    return numbers, day


def _as_json(found: dict[str, Any]) -> dict[str, Any]:
    message, params = found["reason"]
    sealed = [] if found["sealed"] is None else [say(NO_SEAL)]
    return found | {
        "reason": say(message, **params),
        "as_of": found["as_of"].isoformat(),
        "notes": sealed,
    }
