"""A marker meets agreed levels: the list, a question's course, one answer at a time."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.errors import NotFound
from lms.grading.calibration import actions, queries
from lms.grading.calibration.forms import TryForm
from lms.grading.calibration.leading import is_lead
from lms.grading.calibration.rules.passing import ENOUGH, tally
from lms.grading.calibration.showing import shown
from lms.grading.forms import mark_form
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.submit import submit

# Its templates lie in the room's one folder, which the marking desk brings.
blueprint = Blueprint("calibration", __name__, url_prefix="/grading/calibration")


@blueprint.get("/")
@for_roles("instructor")
def desk() -> ResponseReturnValue:
    """List the questions with calibration answers, and where one stands with each."""
    by = current_actor()
    return render_template(
        "grading/calibration.html", asked=queries.asked_of(by), on=queries.is_on(), lead=is_lead(by)
    )


@blueprint.get("/<question_id>/")
@for_roles("instructor")
def course(question_id: str) -> ResponseReturnValue:
    """Show where one stands with a question, and of the last try every answer with its reasons."""
    by = current_actor()
    found = queries.course(question_id, by)
    last = found.tries[-1] if found.tries else None
    return render_template(
        "grading/calibration_course.html",
        course=found,
        last=last,
        tries=found.tried(last.number) if last and not found.passed else [],
        agreed=any(one.agreed_by == by.id for one in found.anchors),
        enough=ENOUGH,
    )


@blueprint.post("/<question_id>/finish")
@for_roles("instructor")
def finish(question_id: str) -> ResponseReturnValue:
    """Finish a try whose last missing answer was withdrawn."""

    def back() -> ResponseReturnValue:
        flash(_("Nothing was done: the page was too old. Try again."))
        return render_template("grading/nothing.html")

    return submit(
        Form(),
        actions.finish_try,
        render=back,
        redirect=url_for("calibration.course", question_id=question_id),
        question_id=question_id,
        by=current_actor(),
    )


@blueprint.route("/answers/<anchor_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def answer(anchor_id: str) -> ResponseReturnValue:
    """Show a calibration answer beside the rubric, without the agreed levels; take the marker's."""
    by = current_actor()
    anchor = queries.anchor_by_id(anchor_id)
    found = queries.course(anchor.question_id, by)
    form = mark_form(found.criteria, TryForm, data={"read_number": found.number})
    if not form.is_submitted() and anchor not in found.waiting:
        return redirect(_place(anchor_id, found))
    return submit(
        form,
        actions.mark_anchor,
        render=lambda: render_template(
            "grading/calibration_answer.html",
            form=form,
            course=found,
            **shown(found.question, found.version, anchor.text),
        ),
        redirect=lambda mark: url_for(
            "calibration.difference", anchor_id=anchor_id, number=mark.number
        ),
        anchor_id=anchor_id,
        levels=form.levels() if form.is_submitted() else {},
        number=form.read_number.data or 0,
        by=by,
    )


def _place(anchor_id: str, found: queries.Course) -> str:
    """Return where to read of an answer that is marked in this try, or asked in none."""
    if (anchor_id, found.number) in found.marks:
        return url_for("calibration.difference", anchor_id=anchor_id, number=found.number)
    return url_for("calibration.course", question_id=found.question.id)


@blueprint.get("/answers/<anchor_id>/<int(max=9999):number>/")
@for_roles("instructor")
def difference(anchor_id: str, number: int) -> ResponseReturnValue:
    """Show what one gave in a try beside what was agreed, with the reasons."""
    by = current_actor()
    anchor = queries.anchor_by_id(anchor_id)
    found = queries.course(anchor.question_id, by)
    mark = found.marks.get((anchor_id, number))
    if mark is None:
        raise NotFound()
    tried = next(one for one in found.tried(number) if one.anchor.id == anchor_id)
    return render_template(
        "grading/calibration_difference.html",
        course=found,
        tried=tried,
        sums=tally(tried.found),
        following=_following(found, number),
        **shown(found.question, found.version, anchor.text),
    )


def _following(found: queries.Course, number: int) -> dict[str, Any]:
    """Return where a try goes on: the next answer while it is open, else the question's page."""
    if number == found.number and found.waiting:
        url = url_for("calibration.answer", anchor_id=found.waiting[0].id)
        return {"url": url, "last": False}
    return {"url": url_for("calibration.course", question_id=found.question.id), "last": True}
