"""One sheet: the checklist on a phone or as a plain form, its taps, its review and signatures."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from lms import clock
from lms.curriculum.queries import prompts
from lms.curriculum.text.markdown import inline
from lms.errors import N_, NotFound, RuleBroken, TooLarge
from lms.people.routes import password_checked
from lms.practicals import actions, queries, rules, signing
from lms.practicals.forms import FORM, LARGEST_TAP, SentTap, SetAsideForm, SignForm, form_for
from lms.practicals.standing import (
    COUNTS,
    INDUCTION,
    NOT_OBSERVED,
    STEP,
    TEXTS,
    Standing,
    current,
)
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.submit import submit

blueprint = Blueprint("sheets", __name__, template_folder="../templates", url_prefix="/practicals")


@blueprint.get("/<sheet_id>/")
@for_roles("instructor")
def checklist(sheet_id: str) -> ResponseReturnValue:
    """Show the checklist to its observer while it is open, to everybody else its review."""
    by = current_actor()
    seen = queries.sheet(sheet_id, by)
    if seen.stage != rules.OPEN or seen.part_of(by) != "observer":
        return redirect(url_for("sheets.review", sheet_id=sheet_id), 303)
    return render_template(
        "practicals/checklist.html",
        seen=seen,
        practical=seen.practical.shown,
        stands=current(queries.taps_of(sheet_id)),
        block=prompts(seen.version.id),
        inline=inline,
        texts=TEXTS,
        form=Form(),
    )


@blueprint.post("/<sheet_id>/taps")
@for_roles("instructor")
def tap(sheet_id: str) -> ResponseReturnValue:
    """Keep one tap sent by the page's script."""
    body = request.get_data()
    if len(body) > LARGEST_TAP:
        raise TooLarge(N_("This note is too long to be saved."))
    try:
        sent = SentTap.model_validate_json(body)
    except ValidationError as error:
        raise RuleBroken(N_("This note could not be read.")) from error
    row = actions.save_tap(
        sheet_id=sheet_id,
        client=sent.client,
        sequence=sent.sequence,
        subject=sent.subject,
        value=sent.value,
        tapped_at=datetime.fromisoformat(sent.tapped),
        by=current_actor(),
    )
    if row.standing == COUNTS:
        return jsonify(saved=row.number)
    message = _("This sheet is signed. What came in after that is kept and does not count.")
    answer = jsonify(error=row.standing, message=message)
    answer.status_code = 409
    return answer


@blueprint.post("/<sheet_id>/")
@for_roles("instructor")
def send(sheet_id: str) -> ResponseReturnValue:
    """Take the plain form: keep everything that differs, then show the checklist or the review."""
    by = current_actor()
    seen = queries.sheet(sheet_id, by)
    if seen.part_of(by) != "observer":
        raise NotFound()
    review = url_for("sheets.review", sheet_id=sheet_id)
    form = Form()

    def save_all() -> None:
        if seen.stage == rules.OPEN:
            _save_all(seen)

    def refused() -> ResponseReturnValue:
        for message in form.refused:
            flash(message, "error")
        return redirect(url_for("sheets.checklist", sheet_id=sheet_id), 303)

    onward = url_for("sheets.checklist", sheet_id=sheet_id) if "save" in request.form else review
    return submit(form, save_all, render=refused, redirect=onward)


def _save_all(seen: queries.Seen) -> None:
    taps = queries.taps_of(seen.sheet.id)
    stands = current(taps)
    number = max((row.number for row in taps), default=0)
    for subject, value in _given(seen.practical.shown, stands).items():
        number += 1
        actions.save_tap(
            sheet_id=seen.sheet.id,
            client=f"{FORM}{(current_actor().session or '')[:20]}",
            sequence=number,
            subject=subject,
            value=value,
            tapped_at=clock.now(),
            by=current_actor(),
        )


def _given(practical: dict[str, Any], stands: dict[str, Standing]) -> dict[str, str]:
    """Return what the form says of each subject and the sheet does not say already."""
    before = {subject: one.value for subject, one in stands.items()}
    steps = [STEP + step["id"] for step in practical["steps"]]
    if "rest" in request.form:
        return {subject: NOT_OBSERVED for subject in steps if not before.get(subject)}
    given = {name: request.form[name] for name in (*steps, "rating") if name in request.form}
    given[INDUCTION] = request.form.get(INDUCTION, "")
    for name in TEXTS:
        if name in request.form:
            given[name] = request.form[name].replace("\r\n", "\n").strip()
    return {name: value for name, value in given.items() if value != before.get(name, "")}


@blueprint.route("/<sheet_id>/review", methods=["GET", "POST"])
@for_roles()
def review(sheet_id: str) -> ResponseReturnValue:
    """Show what a sheet comes to and who signed it; take the signature of who is next."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    form = form_for(queries.sheet(sheet_id, by).part_of(by))

    def signed(_row: Any) -> str:
        flash(_("Signed."))
        return url_for("sheets.review", sheet_id=sheet_id)

    return submit(
        form,
        signing.sign_sheet,
        render=lambda: _review(sheet_id, form),
        redirect=signed,
        sheet_id=sheet_id,
        read=form.read.data or "",
        said=signing.Said(
            agrees=form.yes,
            independent=bool("independent" in form and form.independent.data),
            note=form.note.data or "",
        ),
        checked=checked,
        by=by,
    )


def _review(sheet_id: str, form: SignForm) -> str:
    """Show a sheet as it is now; what is signed next is what this page shows."""
    by = current_actor()
    seen, taps = queries.sheet(sheet_id, by), queries.taps_of(sheet_id)
    stands = current(taps)
    form.read.data = queries.digest_of(seen, taps)
    return render_template(
        "practicals/review.html",
        seen=seen,
        part=seen.part_of(by),
        practical=seen.practical.shown,
        stands=stands,
        outcome=rules.outcome(seen.practical.shown, stands),
        missing=rules.missing(seen.practical.shown, stands),
        needed=signing.assessors_needed(seen),
        inline=inline,
        form=form if seen.awaits(by) else None,
    )


@blueprint.route("/<sheet_id>/set-aside", methods=["GET", "POST"])
@for_roles("instructor")
def set_aside(sheet_id: str) -> ResponseReturnValue:
    """End a sheet that nobody has signed, with a reason."""
    by = current_actor()
    seen = queries.sheet(sheet_id, by)
    if seen.part_of(by) == "learner":
        raise NotFound()
    form = SetAsideForm()

    def ended(_row: Any) -> str:
        flash(_("The sheet is set aside. A new one can be opened."))
        return url_for("practicals.desk")

    return submit(
        form,
        actions.set_aside,
        render=lambda: render_template("practicals/set_aside.html", form=form, seen=seen),
        redirect=ended,
        sheet_id=sheet_id,
        reason=form.reason.data or "",
        by=by,
    )
