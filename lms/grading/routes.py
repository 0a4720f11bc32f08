"""The marking desk: one queue, one answer at a time, and the release of results."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.explanation import explained_item
from lms.assessment.queries import effective
from lms.grading import actions, queries
from lms.grading.forms import SignForm, mark_form
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.submit import submit

blueprint = Blueprint("grading", __name__, template_folder="templates", url_prefix="/grading")


@blueprint.get("/")
@for_roles("instructor")
def desk() -> ResponseReturnValue:
    """Show what waits for a mark and what can be released, oldest first."""
    by = current_actor()
    return render_template(
        "grading/desk.html",
        waiting=queries.queue(by),
        attempts=queries.to_release(by),
    )


@blueprint.route("/answers/<item_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def answer(item_id: str) -> ResponseReturnValue:
    """Show one answer beside its rubric; take the signed mark."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    waiting = queries.answer(item_id, by)
    key = queries.rubric_of(waiting.question.id)
    form = mark_form(
        key.key["criteria"],
        data={
            "read_number": waiting.mark.number if waiting.mark else 0,
            "comment": waiting.mark.comment if waiting.mark else "",
        }
        | {f"level-{c}": str(v) for c, v in (waiting.mark.levels if waiting.mark else {}).items()},
    )

    def render() -> str:
        return render_template(
            "grading/answer.html",
            form=form,
            waiting=waiting,
            key=key.key,
            explained=explained_item(waiting.item, waiting.question, key),
            response=effective(waiting.attempt.id).get(item_id),
        )

    return submit(
        form,
        actions.mark_answer,
        render=render,
        redirect=lambda _mark: _next(by),
        item_id=item_id,
        levels=form.levels() if form.is_submitted() else {},
        comment=form.comment.data or "",
        read_number=form.read_number.data or 0,
        checked=checked,
        by=by,
    )


def _next(by: Any) -> str:
    """Return the next answer without a mark, else the desk."""
    for waiting in queries.queue(by, limit=1):
        return url_for("grading.answer", item_id=waiting.item.id)
    flash(_("Every answer is marked. Results can be released."))
    return url_for("grading.desk")


@blueprint.route("/attempts/<attempt_id>/release", methods=["GET", "POST"])
@for_roles("instructor")
def release(attempt_id: str) -> ResponseReturnValue:
    """Ask for the password, then release the result of an attempt."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    attempt, version = queries.markable_attempt(attempt_id, by)
    form: Form = SignForm()

    def render() -> str:
        return render_template(
            "grading/release.html",
            form=form,
            attempt=attempt,
            version=version,
            outcome=queries.outcome_before_release(attempt, version),
        )

    def released(_result: Any) -> str:
        flash(_("The result is released; the learner sees it now."))
        return url_for("grading.desk")

    return submit(
        form,
        actions.release_result,
        render=render,
        redirect=released,
        attempt_id=attempt_id,
        checked=checked,
        by=by,
    )
