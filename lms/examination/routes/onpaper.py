"""Sheets of exams: seat on paper, print, note times, enter, settle, take over; without scripts."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import queries as attempts
from lms.assessment.forms import LARGEST_ANSWER
from lms.assessment.timing.queries import deadline_of
from lms.curriculum.kind import own_fields
from lms.errors import N_, Conflict, NotFound, TooLarge
from lms.examination import queries as sittings
from lms.examination.onpaper import actions, queries, rules
from lms.examination.onpaper.forms import SeatForm, SettleForm, SheetForm, TakeOverForm, TimesForm
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.i18n import language
from lms.web.submit import submit

blueprint = Blueprint("onpaper", __name__, url_prefix="/exams")


@blueprint.route("/sittings/<sitting_id>/paper/<person_id>", methods=["GET", "POST"])
@for_roles("instructor")
def seat(sitting_id: str, person_id: str) -> ResponseReturnValue:
    """Seat a candidate on paper."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    held = sittings.sitting(sitting_id, by)
    _enrolment, person = sittings.learner(held, person_id, by)
    form = SeatForm()
    return submit(
        form,
        actions.seat_on_paper,
        render=lambda: render_template(
            "examination/onpaper/seat.html", form=form, held=held, person=person
        ),
        redirect=lambda row: url_for("onpaper.desk", attempt_id=row.id),
        sitting_id=sitting_id,
        person_id=person_id,
        reason=form.reason.data or "",
        locale=language().format_tag,
        checked=checked,
        by=by,
    )


@blueprint.route("/papers/<attempt_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def desk(attempt_id: str) -> ResponseReturnValue:
    """Show how far a sheet is; take when it was written."""
    by = current_actor()
    sheet = queries.sheet(attempt_id, by)
    entered = queries.entries(attempt_id)
    form = TimesForm(data={"read_number": sheet.noted})

    def noted(_row: Any) -> str:
        flash(_("The times are noted."))
        return url_for("onpaper.desk", attempt_id=attempt_id)

    return submit(
        form,
        actions.note_times,
        render=lambda: render_template(
            "examination/onpaper/desk.html",
            sheet=sheet,
            form=form,
            entered=entered,
            entered_by_me=any(one.row.entered_by == by.id for one in entered),
            readers=rules.READERS,
            found=queries.compared(attempt_id),
            unprinted=queries.unprinted(attempts.items_of(attempt_id)),
        ),
        redirect=noted,
        attempt_id=attempt_id,
        began_at=_utc(form.began_at.data),
        ended_at=_utc(form.ended_at.data),
        read_number=form.read_number.data or 0,
        by=by,
    )


def _utc(typed: datetime | None) -> datetime | None:
    return typed.replace(tzinfo=UTC) if typed else None


@blueprint.get("/papers/<attempt_id>/print")
@for_roles("instructor")
def print_out(attempt_id: str) -> ResponseReturnValue:
    """Show a candidate's paper for pen and paper; the name stands on its first page alone."""
    sheet = queries.sheet(attempt_id, current_actor())
    items = attempts.items_of(attempt_id)
    return render_template(
        "examination/onpaper/print.html",
        sheet=sheet,
        items=items,
        unprinted=queries.unprinted(items),
        printed=rules.PRINTED,
        minutes=_minutes(sheet),
    )


def _minutes(sheet: queries.Sheet) -> int:
    ends = deadline_of(sheet.attempt)
    return int((ends - sheet.attempt.started_at).total_seconds() // 60)


@blueprint.route("/papers/<attempt_id>/enter", methods=["GET", "POST"])
@for_roles("instructor")
def enter(attempt_id: str) -> ResponseReturnValue:
    """Enter what stands on a sheet, seeing nobody else's entry."""
    by = current_actor()
    sheet = queries.sheet(attempt_id, by)
    mine = any(one.row.entered_by == by.id for one in queries.entries(attempt_id))
    if request.method == "GET" and (mine or sheet.submission):
        raise Conflict(actions.TAKEN if sheet.submission else actions.ENTERED)
    posted = request.form.to_dict(flat=False)
    if any(len(value.encode()) > LARGEST_ANSWER for values in posted.values() for value in values):
        raise TooLarge(N_("This answer is too long to be saved."))
    items, kinds = attempts.items_of(attempt_id), attempts.kinds()
    form = SheetForm()

    def entered(_row: Any) -> str:
        flash(_("Entered. Your entry is kept as it is."))
        return url_for("onpaper.desk", attempt_id=attempt_id)

    return submit(
        form,
        actions.enter_sheet,
        render=lambda: render_template(
            "examination/onpaper/enter.html",
            sheet=sheet,
            form=form,
            items=items,
            printed=rules.PRINTED,
            templates={name: kind.template for name, kind in kinds.items()},
            given={one.id: kinds[one.kind].read(own_fields(posted, one.id)) for one in items},
        ),
        redirect=entered,
        attempt_id=attempt_id,
        posted=posted,
        by=by,
    )


@blueprint.route("/papers/<attempt_id>/questions/<item_id>", methods=["GET", "POST"])
@for_roles("instructor")
def settle(attempt_id: str, item_id: str) -> ResponseReturnValue:
    """Show both entries of a question on which they differ; take which one shows the sheet."""
    by = current_actor()
    sheet = queries.sheet(attempt_id, by)
    found = queries.compared(attempt_id)
    if found is None:
        raise NotFound()
    item = queries.differing(found, item_id)
    form = SettleForm(data={"read_number": queries.times_chosen(item_id)})

    def settled(_row: Any) -> str:
        flash(_("Decided. Your reason is kept with it."))
        return url_for("onpaper.desk", attempt_id=attempt_id)

    return submit(
        form,
        actions.settle,
        render=lambda: render_template(
            "examination/onpaper/settle.html",
            sheet=sheet,
            form=form,
            item=item,
            template=attempts.kinds()[item.kind].template,
            both=queries.given(found, item_id),
            chosen=found.chosen.get(item_id),
        ),
        redirect=settled,
        attempt_id=attempt_id,
        item_id=item_id,
        number=int(form.entry.data or 0),
        reason=form.reason.data or "",
        read_number=form.read_number.data or 0,
        by=by,
    )


@blueprint.route("/papers/<attempt_id>/take-over", methods=["GET", "POST"])
@for_roles("instructor")
def take_over(attempt_id: str) -> ResponseReturnValue:
    """Take a sheet over as the answers of its attempt."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    sheet = queries.sheet(attempt_id, by)
    form = TakeOverForm()

    def taken(_row: Any) -> str:
        flash(_("The sheet is taken over and handed in."))
        return url_for("onpaper.desk", attempt_id=attempt_id)

    return submit(
        form,
        actions.take_over,
        render=lambda: render_template(
            "examination/onpaper/take.html",
            sheet=sheet,
            form=form,
            found=queries.compared(attempt_id),
        ),
        redirect=taken,
        attempt_id=attempt_id,
        checked=checked,
        by=by,
    )
