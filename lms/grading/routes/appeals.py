"""A learner's appeal; the desk of those who had no part in the result."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.queries import own_attempt
from lms.assessment.results import result_of
from lms.errors import NotFound
from lms.grading.appeals import actions, queries
from lms.grading.appeals.forms import CHANGES, AppealForm, decision_form
from lms.grading.appeals.rules import last_moment
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.submit import submit

blueprint = Blueprint("appeals", __name__, template_folder="../templates", url_prefix="/appeals")


@blueprint.route("/attempts/<attempt_id>/", methods=["GET", "POST"])
@for_roles()
def appeal(attempt_id: str) -> ResponseReturnValue:
    """Show one's own appeals about a result; take a new one."""
    by = current_actor()
    attempt, version, _submission = own_attempt(attempt_id, by)
    result = result_of(attempt_id)
    if result is None:
        raise NotFound()
    form = AppealForm()

    def appealed(_row: Any) -> str:
        flash(_("Your appeal is with the instructors. Its answer appears here."))
        return url_for("appeals.appeal", attempt_id=attempt_id)

    return submit(
        form,
        actions.appeal_against,
        render=lambda: render_template(
            "grading/appeal.html",
            form=form,
            attempt=attempt,
            version=version,
            until=last_moment(result.released_at),
            appeals=queries.of_own_attempt(attempt_id, by),
        ),
        redirect=appealed,
        attempt_id=attempt_id,
        reason=form.reason.data or "",
        by=by,
    )


@blueprint.get("/")
@for_roles("instructor")
def desk() -> ResponseReturnValue:
    """List the appeals that one may decide."""
    return render_template("grading/appeals.html", appeals=queries.waiting(current_actor()))


@blueprint.route("/<appeal_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def decide(appeal_id: str) -> ResponseReturnValue:
    """Show an appeal with what was written and marked; take the decision."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    found = queries.appeal(appeal_id, by)
    answers = queries.written(found.attempt.id)
    form = decision_form(answers)

    def decided(_row: Any) -> str:
        flash(_("The appeal is decided; the learner reads it now."))
        return url_for("appeals.desk")

    return submit(
        form,
        actions.decide_appeal,
        render=lambda: render_template(
            "grading/appeal_decision.html", form=form, one=found, answers=answers
        ),
        redirect=decided,
        appeal_id=appeal_id,
        changed=form.decision.data == CHANGES,
        levels=form.levels(answers),
        note=form.note.data or "",
        checked=checked,
        by=by,
    )
