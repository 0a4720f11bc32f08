"""The observer's desk: who waits for what, opening a sheet, a checklist on paper, the worker.

`worker.js` is a service worker for /practicals/ alone. It keeps the page of each sheet that was
opened on this device, and the static files that the page needs, so that an opened sheet reloads
while the network is away: the learner's name, the checklist, and what was tapped until then. It
asks the network first. What it keeps is removed when somebody signs out, opens a sheet as another
person, or when the server says that the page is not theirs any more.
"""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.curriculum.queries import practical, prompts, version_by_id
from lms.curriculum.text.markdown import inline
from lms.practicals import actions, rules, waiting
from lms.web.access import current_actor, for_roles, same_for_all
from lms.web.forms import Form
from lms.web.submit import submit

blueprint = Blueprint(
    "practicals", __name__, template_folder="../templates", url_prefix="/practicals"
)
_LONGEST_NAME = 100


@blueprint.get("/")
@for_roles("instructor")
def desk() -> ResponseReturnValue:
    """Show what waits: second signatures, sheets begun, learners still to be observed."""
    by = current_actor()
    name = request.args.get("q", "")[:_LONGEST_NAME].strip()
    sheets = waiting.undecided(by, name)
    open_sheets = [one for one in sheets if one.stage == rules.OPEN]
    return render_template(
        "practicals/desk.html",
        name=name,
        second=[one for one in sheets if one.stage == rules.SECOND and one.awaits(by)],
        mine=[one for one in open_sheets if one.sheet.opened_by == by.id],
        others=[one for one in sheets if not one.awaits(by)],
        due=waiting.due(by, clock.today(), name),
        most=waiting.LIST_LIMIT,
    )


@blueprint.post("/learners/<enrolment_id>/<practical_id>/open")
@for_roles("instructor")
def open_sheet(enrolment_id: str, practical_id: str) -> ResponseReturnValue:
    """Open a sheet, or go on with the one that is open."""
    form = Form()

    def refused() -> ResponseReturnValue:
        for message in form.refused:
            flash(message, "error")
        return redirect(url_for("practicals.desk"), 303)

    return submit(
        form,
        actions.open_sheet,
        render=refused,
        redirect=lambda sheet: url_for("sheets.checklist", sheet_id=sheet.id),
        enrolment_id=enrolment_id,
        practical_id=practical_id,
        by=current_actor(),
    )


@blueprint.get("/blank/<practical_id>/")
@for_roles()
def blank(practical_id: str) -> ResponseReturnValue:
    """Show a practical's checklist to read or to print, with nothing noted on it."""
    row = practical(practical_id)
    return render_template(
        "practicals/blank.html",
        practical=row,
        version=version_by_id(row.module_version_id),
        block=prompts(row.module_version_id),
        inline=inline,
    )


@blueprint.get("/keep/worker.js")
@same_for_all
def worker() -> Response:
    """Serve the service worker of all sheets; browsers ask for it anew each time."""
    answer = Response(render_template("practicals/worker.js"), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = url_for("practicals.desk")
    return answer
