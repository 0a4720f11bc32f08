"""Who may open which page: every view says so, and one place keeps it. Loads who is signed in."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, jsonify, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from lms.actor import Actor
from lms.db import aside
from lms.errors import NotAllowed

F = TypeVar("F", bound=Callable[..., Any])


class SignedIn(UserMixin):
    """What Flask-Login holds for a request: the frozen actor of a session row."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get_id(self) -> str:
        """Return the session row's id; the cookie carries nothing else about the person."""
        return self.actor.session or ""


def public(view: F) -> F:
    """Open a view to everybody, signed in or not."""
    view.access = ("public",)  # type: ignore[attr-defined]
    return view


def same_for_all(view: F) -> F:
    """Open a view to everybody, without asking who it is or touching their cookie (files)."""
    view.access = ("same-for-all",)  # type: ignore[attr-defined]
    return view


def for_roles(*roles: str) -> Callable[[F], F]:
    """Open a view to those who hold one of the roles; without roles, to everybody signed in."""

    def mark(view: F) -> F:
        view.access = roles or ("signed-in",)  # type: ignore[attr-defined]
        return view

    return mark


def current_actor() -> Actor:
    """Return who is signed in; call it only in views that are not public."""
    actor: Actor = current_user.actor
    return actor


def maybe_actor() -> Actor | None:
    """Return who is signed in, or None on a public page seen by a stranger."""
    return current_user.actor if current_user.is_authenticated else None


def begin_session(actor: Actor) -> None:
    """Put the new session's id into a fresh cookie."""
    session.clear()
    login_user(SignedIn(actor))
    session.pop("_id", None)  # 128 bytes in every request that nothing here reads
    session["seen"] = _minute()


def end_session() -> None:
    """Empty the cookie."""
    logout_user()
    session.clear()


def init_access(app: Flask, load: Callable[[str], Actor | None]) -> None:
    """Load who is signed in before each request and keep every view's access.

    Args:
        load: finds the actor of a session id, in one query.
    """
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader
    def _load(session_id: str) -> SignedIn | None:
        idle = _minute() - int(session.get("seen", 0))
        if idle > app.config["SESSION_IDLE_MINUTES"]:
            return None
        actor = load(session_id)
        return SignedIn(actor) if actor else None

    @app.before_request
    def _keep() -> AnyResponse | None:
        return _check(app)

    @app.after_request
    def _touch(response: Response) -> Response:
        # Idle time lives in the cookie, rewritten at most once in five minutes; not for somebody
        # who has been idle too long: the next click would let them in again.
        if g.get("known") and _minute() - int(session.get("seen", 0)) >= 5:
            session["seen"] = _minute()
        return response


def _check(app: Flask) -> AnyResponse | None:
    view = app.view_functions.get(request.endpoint or "")
    access = getattr(view, "access", ())
    if view is None or access == ("same-for-all",):
        return None
    with aside():  # who it is, read before the request's own transaction opens
        known = g.known = current_user.is_authenticated if "_user_id" in session else False
    if access == ("public",):
        return None
    if not known:
        return _ask_to_sign_in()
    if access != ("signed-in",) and not current_user.actor.has(*access):
        raise NotAllowed()
    return None


def _ask_to_sign_in() -> AnyResponse:
    g.transaction_over = True
    if request.is_json or request.accept_mimetypes.best == "application/json":
        answer = jsonify(error="signed-out", sign_in=url_for("people.sign_in"))
        answer.status_code = 401
        return answer
    if request.method != "GET" and request.form.keys() - {"csrf_token", "once"}:
        abort(401)  # lms.web.errors shows what was typed, to be sent again
    here = request.full_path if request.method == "GET" else _page_before()
    return redirect(url_for("people.sign_in", next=here.rstrip("?")), 303)


def _page_before() -> str:
    """Return the page of this site from which a form was sent, as a path, else the first."""
    sent_from = urlsplit(request.referrer or "")
    if sent_from.netloc != request.host:
        return "/"
    return sent_from._replace(scheme="", netloc="", fragment="").geturl() or "/"


def undeclared(app: Flask) -> list[str]:
    """Return the endpoints whose view does not say who may open it."""
    return sorted(
        name for name, view in app.view_functions.items() if not getattr(view, "access", ())
    )


def _minute() -> int:
    return int(datetime.now(UTC).timestamp() // 60)
