"""What coordinators and content owners see and decide of markers."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.assessment.queries import effective, file_of
from lms.assessment.routes import file_response
from lms.errors import NotFound
from lms.grading.markers import actions, desk, queries
from lms.grading.markers.forms import ReasonForm, approve_form
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download
from lms.web.submit import submit

# Its templates lie in the room's one folder, which the marking desk brings.
blueprint = Blueprint("markers", __name__, url_prefix="/grading/markers")


@blueprint.get("/")
@for_roles("instructor", "coordinator", "owner")
def page() -> ResponseReturnValue:
    """Show who is at work on what, how long marks take, and who is approved."""
    by = current_actor()
    gives = by.has("coordinator", "owner")
    return render_template(
        "grading/markers.html",
        held=desk.held(by, clock.now()) if by.has("coordinator") else [],
        leads=by.has("coordinator"),
        gives=gives,
        paces=desk.paces(by),
        approvals=queries.approvals(by) if gives else [],
        most=desk.MOST,
    )


@blueprint.get("/times.csv")
@for_roles("instructor", "coordinator")
def times() -> ResponseReturnValue:
    """Give the times of the page as CSV."""
    header = [
        _("Module"), _("Version"), _("Question"), _("Marker"), _("Decisions"), _("Median seconds"),
    ]  # fmt: skip
    rows = [
        [
            row.version.code, row.version.version, row.question.code, row.marker.name,
            row.decisions, row.seconds,
        ]
        for row in desk.paces(current_actor())
    ]  # fmt: skip
    return csv_download("marking-times", header, rows)


@blueprint.route("/<marker_id>/questions/<question_id>/release", methods=["GET", "POST"])
@for_roles("coordinator")
def release(marker_id: str, question_id: str) -> ResponseReturnValue:
    """Ask why, then give back to all what lies before a marker."""
    by, form = current_actor(), ReasonForm()
    turns = desk.turns_of(marker_id, question_id, by, clock.now())

    def released(_rows: object) -> str:
        flash(_("The answers are back in the queue. The marker's page says so."))
        return url_for("markers.page")

    return submit(
        form,
        actions.release_turns,
        render=lambda: render_template("grading/turn_release.html", form=form, count=len(turns)),
        redirect=released,
        marker_id=marker_id,
        question_id=question_id,
        reason=form.reason.data or "",
        by=by,
    )


@blueprint.route("/approve", methods=["GET", "POST"])
@for_roles("coordinator", "owner")
def approve() -> ResponseReturnValue:
    """Approve an instructor to mark a module, signed."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    form = approve_form(queries.approvable(by), queries.modules())

    def approved(_row: object) -> str:
        flash(_("The approval is recorded and counts from now on."))
        return url_for("markers.page")

    return submit(
        form,
        actions.approve_marker,
        render=lambda: render_template("grading/approve.html", form=form),
        redirect=approved,
        person_id=form.person.data or "",
        module_code=form.module.data or "",
        reason=form.reason.data or "",
        checked=checked,
        by=by,
    )


@blueprint.route("/approvals/<approval_id>/end", methods=["GET", "POST"])
@for_roles("coordinator", "owner")
def end(approval_id: str) -> ResponseReturnValue:
    """Ask why, then end an approval."""
    by, form = current_actor(), ReasonForm()
    found = queries.approval(approval_id, by)

    def ended(_row: object) -> str:
        flash(_("The approval is ended. Marks that were given on it stand."))
        return url_for("markers.page")

    return submit(
        form,
        actions.end_approval,
        render=lambda: render_template("grading/approval_end.html", form=form, found=found),
        redirect=ended,
        approval_id=approval_id,
        reason=form.reason.data or "",
        by=by,
    )


@blueprint.route("/files/<item_id>/", methods=["GET", "POST"])
@for_roles("coordinator")
def file(item_id: str) -> ResponseReturnValue:
    """Ask why, record it, and give the file as it was sent, which markers do not see."""
    by, form = current_actor(), ReasonForm()
    item = desk.seen_item(item_id, by)
    response = effective(item.attempt_id).get(item_id)
    file_of(response)
    opened = response is not None and desk.has_unblinded(item_id, response.id, by)
    return submit(
        form,
        actions.unblind_file,
        render=lambda: render_template(
            "grading/unblind.html", form=form, opened=opened, item_id=item_id
        ),
        redirect=url_for("markers.file", item_id=item_id),
        item_id=item_id,
        reason=form.reason.data or "",
        by=by,
    )


@blueprint.get("/files/<item_id>/as-sent")
@for_roles("coordinator")
def as_sent(item_id: str) -> ResponseReturnValue:
    """Give a file as it was sent to who has given a reason; else it does not exist."""
    by = current_actor()
    item = desk.seen_item(item_id, by)
    response = effective(item.attempt_id).get(item_id)
    given = file_of(response)
    if response is None or not desk.has_unblinded(item_id, response.id, by):
        raise NotFound()
    return file_response(item.position, given)
