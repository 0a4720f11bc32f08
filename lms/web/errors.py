"""The error table: each refusal and failure becomes one page (or JSON), here and nowhere else.

Every page says what happened, what was kept and what to do.
"""

import errno
import logging
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from lms.columns import new_id
from lms.db import db
from lms.errors import Busy, DomainError, NotAllowed
from lms.web.error_table import CSRF, TABLE, Page
from lms.web.i18n import gettext, say
from lms.web.sql_errors import is_busy, is_full, is_taken

log = logging.getLogger(__name__)
Refused = Callable[[DomainError], None]


_SECRET = ("password", "csrf_token", "secret", "token")


def init_errors(app: Flask, on_refusal: Refused) -> None:
    """Map every error of the domain, of HTTP and of the machine to its page.

    Args:
        on_refusal: told of each refused access after the request's transaction has ended, so
            that it can record it in one of its own.
    """

    def refused(error: DomainError) -> Response:
        _end()
        if isinstance(error, NotAllowed):
            try:
                on_refusal(error)
            except Exception:
                log.exception("a refused access could not be recorded")
        return _refusal(error)

    app.register_error_handler(DomainError, refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(OSError, _machine)
    app.log_exception = _log_failure  # type: ignore[method-assign]


# --- from error to answer -------------------------------------------------------------------


def _refusal(error: DomainError) -> Response:
    response = _answer(
        error.status, happened=say(error), actions=list(error.params.get("actions", ()))
    )
    wait = getattr(error, "retry_after", 2 if isinstance(error, Busy) else None)
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response


def _stale_form(error: CSRFError) -> Response:
    _end()
    return _answer(400, page=CSRF, **_kept())


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    _end()
    kept = _kept() if error.code == 401 else {}
    response = _answer(error.code, reference=g.get("reference"), **kept)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _database(error: OperationalError) -> Response:
    _end()
    if is_full(error):
        log.error("the disk under the database is full: %s", error.orig)
        return _answer(507)
    if is_busy(error):
        response = _answer(503)
        response.headers["Retry-After"] = "2"
        return response
    raise error  # nobody's plan: logged once with a reference number, as any failure


def _overtaken(error: IntegrityError) -> Response:
    _end()
    if not is_taken(error):
        raise error  # a value that no form of ours lets through: a failure like any other
    log.warning("two writers met in %s %s", request.method, request.path)  # never the value
    return _answer(409)


def _machine(error: OSError) -> Response:
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise error
    _end()
    log.error("the disk is full: %s", error)
    return _answer(507)


def _log_failure(exc_info: Any) -> None:
    g.reference = new_id()[:10]
    log.error(
        "failure %s: %s %s", g.reference, request.method, quote(request.path),
        exc_info=exc_info if exc_info[0] else sys.exc_info(),
    )  # fmt: skip


def _end() -> None:
    """End what is left of the transaction; what the error page reads is read anew, read-only."""
    g.transaction_over = True
    try:
        db.session.rollback()
    except Exception:
        log.exception("the transaction could not be rolled back")


# --- the answer -----------------------------------------------------------------------------


def _answer(status: int, page: Page | None = None, happened: str = "", **shown: Any) -> Response:
    row = page or TABLE.get(status) or TABLE[400 if status < 500 else 500]
    told = happened or gettext(row.happened)
    if _wants_json():
        body = {"error": row.name, "message": told, "actions": shown.get("actions", [])}
        if shown.get("reference"):
            body["reference"] = shown["reference"]
        response = jsonify(body)
    else:
        response = _page(status, row, told, shown)
    response.status_code = status
    return response


def _page(status: int, row: Page, told: str, shown: dict[str, Any]) -> Response:
    values = {"row": row, "happened": told, "kept_values": []} | shown
    if status < 500:
        return make_response(render_template("web/error.html", **values))
    # No context processors: whoever failed may be one of them, or the database they ask.
    template = current_app.jinja_env.get_template("web/error.html")
    return make_response(template.render(bare=True, **values))


def _wants_json() -> bool:
    if request.is_json:
        return True
    types = request.accept_mimetypes
    return types["application/json"] > types["text/html"]


def _from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    sender = request.headers.get("Origin") or request.referrer or ""
    return urlsplit(sender).netloc == request.host


def _kept() -> dict[str, Any]:
    """Return what error.html needs to offer the typed values for sending again."""
    # Another site must not get its own values one click away from being sent.
    values = _typed() if _from_here() else []
    return {"kept_values": values, "again": request.full_path.rstrip("?")}


def _typed() -> list[tuple[str, str]]:
    """Return what the form carried, secrets left out: they are typed again."""
    return [
        (name, value)
        for name, values in request.form.lists()
        if not any(word in name.lower() for word in _SECRET)
        for value in values
    ]
