"""Pages of plans: whose attempts are used up, and the plan of one of them."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.chances import plans_of
from lms.assessment.explanation import debrief_of, graded_items
from lms.assessment.retakes import USED_UP
from lms.curriculum.queries import lessons_of
from lms.grading.plans import actions, queries
from lms.grading.plans.forms import plan_form
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.submit import submit

# Its templates lie in the room's one folder, which the marking desk brings.
blueprint = Blueprint("plans", __name__, url_prefix="/grading/plans")


@blueprint.get("/")
@for_roles("instructor")
def desk() -> ResponseReturnValue:
    """Show the learners who have no attempt left and no plan yet."""
    return render_template("grading/plans.html", learners=queries.used_up(current_actor()))


@blueprint.route("/<enrolment_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def plan(enrolment_id: str) -> ResponseReturnValue:
    """Show how a learner's attempts went; take the signed plan."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    learner = queries.learner(enrolment_id, by)
    plans = plans_of([enrolment_id]).get(enrolment_id, [])
    shown = _debrief(learner)
    wrong = [lesson.code for _text, rows in shown.reading for lesson in rows] if shown else []
    form = plan_form(
        lessons_of(learner.version.id), data={"read_number": len(plans), "lessons": wrong}
    )

    def render() -> str:
        return render_template(
            "grading/plan.html",
            form=form,
            learner=learner,
            plans=plans,
            debrief=shown,
            may=learner.chance.following.state == USED_UP,
        )

    return submit(
        form,
        actions.record_plan,
        render=render,
        redirect=_recorded,
        enrolment_id=enrolment_id,
        lessons=form.lessons.data or [],
        text=form.text.data or "",
        read_number=form.read_number.data or 0,
        checked=checked,
        by=by,
    )


def _debrief(learner: queries.Learner) -> Any:
    """Return what the newest result says as a whole, None before the first."""
    result = learner.result
    if result is None:
        return None
    attempt = next(one for one, _submission, found in learner.attempts if found is result)
    return debrief_of(result, learner.version, graded_items(attempt, result))


def _recorded(_plan: Any) -> str:
    flash(_("The plan is recorded. The learner sees it now and has one more attempt."))
    return url_for("plans.desk")
