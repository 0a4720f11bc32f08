"""The one `try` around an action: check the shape, act in a savepoint, show again or go on."""

from collections.abc import Callable
from typing import Any

from flask import make_response
from flask import redirect as to
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.db import db
from lms.errors import Conflict, RuleBroken, Throttled
from lms.web.forms import Form
from lms.web.i18n import say


def submit(
    form: Form,
    action: Callable[..., Any],
    *,
    render: Callable[[], ResponseReturnValue],
    redirect: str | Callable[[Any], str],
    **values: Any,
) -> Response:
    """Run `action(**values)` if `form` was sent and its shape is right, then redirect (303).

    A refused rule undoes what the action did, keeps everything typed and shows the form again
    with 422 (too many tries with 429). An action that has an outcome to keep (a failed sign-in
    is counted) calls `form.refuse` instead of raising: what it did stays, and the form is shown
    with 422 as well.
    A form that was not sent (GET) is simply shown.

    Args:
        render: shows the page with the form; called again after a refusal.
        redirect: where success leads; a callable gets what the action returned.
        values: the action's keyword arguments.

    Returns:
        The redirect, or the page with the form.
    """
    if not form.is_submitted():
        return make_response(render())
    wait: int | None = None
    if form.validate():
        try:
            with db.session.begin_nested():
                result = action(**values)
                db.session.flush()
        except (RuleBroken, Conflict, Throttled) as refusal:
            form.refuse(say(refusal), getattr(refusal, "field", None))
            wait = getattr(refusal, "retry_after", None)
        if not (form.refused or form.errors):
            return to(redirect(result) if callable(redirect) else redirect, code=303)
    response = make_response(render())
    if response.status_code == 200:  # a page; one that leads elsewhere must still lead there
        response.status_code = 429 if wait else 422
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
