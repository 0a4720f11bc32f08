"""Pages of an attempt: start, answer, save, take over, hand in, see the result."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from flask import Blueprint, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ValidationError

from lms import clock
from lms.assessment import actions, explanation, queries
from lms.assessment.chances import chance
from lms.assessment.forms import (
    LARGEST_ANSWER,
    AttemptForm,
    SentAnswer,
    SentTakeOver,
    TakeOverForm,
    sent_files,
)
from lms.assessment.intake import take_in
from lms.assessment.models import Attempt, Result
from lms.assessment.profile import profile
from lms.assessment.results import result_of, voided
from lms.assessment.scanning.queries import check_given_out
from lms.assessment.standing import COUNTS, LATE
from lms.assessment.timing.queries import deadline_of, on_paper, time_of
from lms.assessment.uploads import TYPES
from lms.curriculum.exams import is_exam
from lms.curriculum.kind import Plain, own_fields
from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import version_by_id
from lms.errors import N_, RuleBroken, TooLarge
from lms.learning.queries import own_enrolment_by_id
from lms.plugins import plugins
from lms.store import actions as store
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.i18n import language
from lms.web.submit import submit

blueprint = Blueprint("assessment", __name__, template_folder="templates", url_prefix="/attempts")
Shape = TypeVar("Shape", bound=BaseModel)
_WHY = {
    "stale": N_("Another tab of yours saved a newer answer. Yours is kept, and does not count."),
    "elsewhere": N_("Another tab or device of yours is answering this paper now."),
    "late": N_("The time is over. This answer is kept, and does not count."),
}


@blueprint.post("/enrolments/<enrolment_id>/start")
@for_roles()
def start(enrolment_id: str) -> ResponseReturnValue:
    """Start the assessment of an enrolment, or go on with the open attempt."""
    by = current_actor()
    enrolment = own_enrolment_by_id(enrolment_id, by)
    version = version_by_id(enrolment.module_version_id)
    module_page = url_for("curriculum.module", code=version.code)
    form = Form()

    def refused() -> ResponseReturnValue:
        for message in form.refused:
            flash(message, "error")
        return redirect(module_page, 303)

    return submit(
        form,
        actions.start_attempt,
        render=refused,
        redirect=lambda attempt: url_for("assessment.attempt", attempt_id=attempt.id),
        enrolment=enrolment,
        version=version,
        locale=language().format_tag,
        by=by,
    )


@blueprint.get("/<attempt_id>/")
@for_roles()
def attempt(attempt_id: str) -> ResponseReturnValue:
    """Show an attempt: its paper while it is open, then what became of it."""
    by = current_actor()
    row, version, submission = queries.own_attempt(attempt_id, by)
    # Not until the grace ends: that is for answers under way, and a page at 0:00 would reload.
    written = submission is None and is_exam(version) and on_paper(attempt_id) is not None
    if submission is None and not written and clock.now() <= deadline_of(row):
        return _paper(row, version, form=None)
    result = result_of(attempt_id)
    void = voided(result)
    if result is None or void:
        values = {"attempt": row, "version": version, "submission": submission}
        more: dict[str, Any] = {"void": void, "written": written}
        page = "assessment/exam.html" if is_exam(version) else "assessment/result.html"
        return render_template(page, **values, **more)
    if is_exam(version):
        return _exam(row, version, submission, result)
    review = explanation.review(row, version, result.outcome)
    earlier = queries.attempts_of(row.enrolment_id)
    return render_template(
        "assessment/result.html",
        attempt=row,
        version=version,
        submission=submission,
        result=result,
        review=review,
        debrief=explanation.debrief_of(result, version, [one["graded"] for one in review]),
        chance=chance(row.enrolment_id, version, earlier, clock.now()),
        newest=earlier[-1][0].id == row.id,
        panels=plugins().collect("result_panels", learner=by, attempt=row, result=result),
    )


def _exam(row: Attempt, version: ModuleVersion, submission: Any, result: Result) -> str:
    """Show the result of an exam: by domain, never a question by itself."""
    by = current_actor()
    earlier = queries.attempts_of(row.enrolment_id)
    return render_template(
        "assessment/exam.html",
        attempt=row,
        version=version,
        submission=submission,
        result=result,
        profile=profile(row, version, result),
        chance=chance(row.enrolment_id, version, earlier, clock.now()),
        panels=plugins().collect("result_panels", learner=by, attempt=row, result=result),
    )


def _paper(row: Any, version: Any, form: AttemptForm | None, blank: Sequence[int] = ()) -> str:
    given = queries.effective(row.id)
    items = queries.items_of(row.id)
    kinds = queries.kinds()
    return render_template(
        "assessment/attempt.html",
        attempt=row,
        version=version,
        items=items,
        given=given,
        aside=queries.kept_aside(row.id) if form else {},
        templates={name: kind.template for name, kind in kinds.items()},
        seen=queries.last_number(row.id),
        saved_at=max((r.received_at for r in given.values()), default=None),
        now=clock.now(),
        time=time_of(row),
        client=_form_client(),
        form=form,
        blank=blank,
    )


def _blank(attempt_id: str) -> list[int]:
    """Return the places of the questions without an answer."""
    given = queries.effective(attempt_id)
    items = queries.items_of(attempt_id)
    return [one.position for one in items if one.id not in given or given[one.id].given is None]


def _form_client() -> str:
    return f"form-{(current_actor().session or '')[:20]}"


@blueprint.post("/<attempt_id>/responses")
@for_roles()
def save(attempt_id: str) -> ResponseReturnValue:
    """Save one answer sent by the page's script."""
    sent = _sent(SentAnswer)
    response = actions.save_response(
        attempt_id=attempt_id,
        item_id=sent.item,
        client=sent.client,
        sequence=sent.sequence,
        seen=sent.seen,
        fields={
            name: values for name, values in own_fields(sent.given, sent.item).items() if values
        },
        claimed_at=sent.claimed,
        by=current_actor(),
    )
    if response.standing == COUNTS:
        return jsonify(saved=response.number)
    answer = jsonify(error=response.standing, message=_(_WHY[response.standing]))
    answer.status_code = 409
    return answer


def _sent(shape: type[Shape]) -> Shape:
    """Read what the script sent; what it never sends is a broken rule."""
    body = request.get_data()
    if len(body) > LARGEST_ANSWER:
        raise TooLarge(N_("This answer is too long to be saved."))
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        raise RuleBroken(N_("This answer could not be read.")) from error


@blueprint.post("/<attempt_id>/")
@for_roles()
def send(attempt_id: str) -> ResponseReturnValue:
    """Take the plain form: save every changed answer; hand in if asked, asking back for blanks."""
    by = current_actor()
    form = AttemptForm()
    files, refused = take_in(attempt_id, sent_files() if form.validate() else {}, by)
    row, version, submission = queries.own_attempt(attempt_id, by)
    here = url_for("assessment.attempt", attempt_id=attempt_id)
    if submission is not None:
        return redirect(here, 303)
    if not form.validate():
        return _paper(row, version, form=form), 422
    standings = _save_all(row.id, form, files)
    for message, params in refused:
        flash(_(message, **params), "error")
    if standings - {COUNTS}:
        why = LATE if LATE in standings else sorted(standings - {COUNTS})[0]
        flash(_(_WHY[why]), "error")
        return (redirect(here, 303)) if why == LATE else (_paper(row, version, form=form), 409)
    if request.form.get("submit") == "ask" and (blank := _blank(row.id)):
        return _paper(row, version, form=form, blank=blank), 422
    if refused:
        return redirect(here, 303)  # what was meant as an answer is missing: nothing is handed in
    if "submit" in request.form:
        actions.submit_attempt(attempt_id=attempt_id, by=by)
        flash(_("Handed in. Nothing can be changed any more."))
    else:
        flash(_("Saved on the server."))
    return redirect(here, 303)


def _save_all(attempt_id: str, form: AttemptForm, files: Mapping[str, Plain]) -> set[str]:
    """Save each item whose fields differ from what counts; return how they stood."""
    given = queries.effective(attempt_id)
    kinds = queries.kinds()
    posted = request.form.to_dict(flat=False)
    if any(len(value.encode()) > LARGEST_ANSWER for values in posted.values() for value in values):
        raise TooLarge(N_("This answer is too long to be saved."))
    number = queries.last_number(attempt_id)
    standings = set()
    for item in queries.items_of(attempt_id):
        fields = own_fields(posted, item.id)
        before = given[item.id].given if item.id in given else None
        file: Plain | None = None
        if kinds[item.kind].takes_files:
            if item.id not in files and "remove" not in fields:
                continue
            file = files.get(item.id)
        if (file or kinds[item.kind].read(fields)) == before:
            continue
        number += 1
        response = actions.save_response(
            attempt_id=attempt_id,
            item_id=item.id,
            client=form.client.data or "",
            sequence=number,
            seen=form.seen.data or 0,
            fields=fields,
            claimed_at=clock.now().isoformat(),
            by=current_actor(),
            file=file,
        )
        standings.add(response.standing)
    return standings


@blueprint.get("/files/<item_id>")
@for_roles()
def file(item_id: str) -> ResponseReturnValue:
    """Give a learner the file that counts as their answer."""
    return file_response(*queries.own_file(item_id, current_actor()))


def file_response(number: int, file: Plain) -> ResponseReturnValue:
    """Return the file of a question as a download that tells nothing of who sent it."""
    check_given_out(file["digest"])
    media, ending = TYPES[file["type"]]
    data = io.BytesIO(store.get(file["digest"]))
    name = f"answer-{number}.{ending}"
    return send_file(data, mimetype=media, as_attachment=True, download_name=name)


@blueprint.post("/<attempt_id>/lease")
@for_roles()
def take_over(attempt_id: str) -> ResponseReturnValue:
    """Go on here with an attempt that was opened elsewhere."""
    if request.is_json:
        client = _sent(SentTakeOver).client
    else:
        form = TakeOverForm()
        if not form.validate():
            raise RuleBroken(N_("This answer could not be read."))
        client = form.client.data or ""
    lease = actions.take_over(attempt_id=attempt_id, client=client, by=current_actor())
    if request.is_json:
        return jsonify(lease=lease.number, seen=queries.last_number(attempt_id))
    return redirect(url_for("assessment.attempt", attempt_id=attempt_id), 303)
