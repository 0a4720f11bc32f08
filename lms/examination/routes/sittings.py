"""Exams: a candidate's own, the way in by the room's code, sittings as invigilators hold them."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from lms import clock
from lms.columns import digest
from lms.errors import Conflict
from lms.examination import actions, queries, reporting
from lms.examination.evidence import own_exams
from lms.examination.forms import EnterForm, IdentityForm, IncidentForm, OpenForm, SignForm, named
from lms.examination.rules import DOCUMENTS, MINUTES_EACH
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.i18n import language
from lms.web.sheet import csv_download
from lms.web.submit import submit

blueprint = Blueprint("examination", __name__, template_folder="../templates", url_prefix="/exams")
_LONGEST_NAME = 100


@blueprint.get("/")
@for_roles()
def mine() -> ResponseReturnValue:
    """Show the exams of one's own programmes, and the sitting that waits."""
    return _mine(EnterForm())


def _mine(form: EnterForm) -> str:
    by = current_actor()
    return render_template(
        "examination/mine.html",
        exams=own_exams(by),
        waiting=queries.waiting_for(by, clock.now()),
        form=form,
        minutes_each=MINUTES_EACH,
    )


@blueprint.post("/enter")
@for_roles()
def enter() -> ResponseReturnValue:
    """Begin with the code of the room and the password again."""
    checked = password_checked(request.form.get("password"))
    form = EnterForm()
    return submit(
        form,
        actions.enter_exam,
        render=lambda: _mine(form),
        redirect=lambda attempt: url_for("assessment.attempt", attempt_id=attempt.id),
        code=form.code.data or "",
        locale=language().format_tag,
        checked=checked,
        by=current_actor(),
    )


@blueprint.get("/sittings/")
@for_roles("instructor")
def sittings() -> ResponseReturnValue:
    """Show the sittings of one's organisations, those that are not signed first."""
    found = queries.sittings(current_actor())
    return render_template("examination/sittings.html", sittings=found, now=clock.now())


@blueprint.route("/sittings/open", methods=["GET", "POST"])
@for_roles("instructor")
def open_sitting() -> ResponseReturnValue:
    """Open a sitting."""
    by = current_actor()
    exams = queries.exams(clock.today())
    form = OpenForm()
    titles = ((code, f"{code} {one.title}") for code, (one, _open) in exams.items())
    form.programme.choices = named(titles)
    form.place.choices = named((one.id, one.name) for one in queries.places(by))
    return submit(
        form,
        actions.open_sitting,
        render=lambda: render_template("examination/open.html", form=form, exams=exams),
        redirect=lambda row: url_for("examination.sitting", sitting_id=row.id),
        once=form.once.data or "",
        programme=form.programme.data or "",
        place_id=form.place.data or "",
        room=form.room.data or "",
        by=by,
    )


@blueprint.route("/sittings/<sitting_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def sitting(sitting_id: str) -> ResponseReturnValue:
    """Show a sitting: its code, candidates, incidents; take an incident."""
    by = current_actor()
    held = queries.sitting(sitting_id, by)
    found = queries.candidates(sitting_id)
    form = IncidentForm()
    people = {one.person.id: one.person.name for one in found}
    form.about.choices = [SelectChoice("", _("Everybody")), *named(people.items())]
    name = request.args.get("q", "")[:_LONGEST_NAME].strip()

    def render() -> str:
        return render_template(
            "examination/sitting.html",
            held=held,
            candidates=found,
            incidents=queries.incidents(sitting_id),
            expected=[] if held.report else queries.expected(held, by, name),
            most=queries.LIST_LIMIT,
            name=name,
            form=form,
            now=clock.now(),
            documents=DOCUMENTS,
        )

    def noted(_row: Any) -> str:
        flash(_("The incident is noted."))
        return url_for("examination.sitting", sitting_id=sitting_id)

    return submit(
        form,
        actions.note_incident,
        render=render,
        redirect=noted,
        once=form.once.data or "",
        sitting_id=sitting_id,
        person_id=form.about.data or "",
        text=form.text.data or "",
        by=by,
    )


@blueprint.get("/sittings/<sitting_id>/candidates.csv")
@for_roles("instructor")
def candidates_file(sitting_id: str) -> Response:
    """Give a sitting's candidates as a file for spreadsheets."""
    held = queries.sitting(sitting_id, current_actor())
    header = (
        *("programme", "room", "candidate", "document", "agrees", "checked by", "checked at"),
        *("started at", "answered", "questions", "handed in at", "result", "on paper"),
    )
    rows = (
        (
            *(held.row.programme_code, held.row.room, one.person.name, one.check.document),
            *("yes" if one.check.agrees else "no", one.checker, one.check.checked_at.isoformat()),
            one.attempt.started_at.isoformat() if one.attempt else "",
            *((one.answered, one.of) if one.attempt else ("", "")),
            one.submission.submitted_at.isoformat() if one.submission else "",
            ("passed" if one.result.passed else "not passed") if one.result else "",
            "yes" if one.paper else "no",
        )
        for one in queries.candidates(sitting_id)
    )
    return csv_download("sitting", header, rows)


@blueprint.route("/sittings/<sitting_id>/identity/<person_id>", methods=["GET", "POST"])
@for_roles("instructor")
def identity(sitting_id: str, person_id: str) -> ResponseReturnValue:
    """Write down what comparing a candidate with a paper showed."""
    by = current_actor()
    held = queries.sitting(sitting_id, by)
    _enrolment, person = queries.learner(held, person_id, by)
    earlier = queries.checks(sitting_id, person_id)
    form = IdentityForm(data={"read_number": len(earlier)})

    def checked(row: Any) -> str:
        if row.agrees:
            flash(_("Identity checked. The candidate can begin with the code of the room."))
        else:
            flash(_("Written down. The candidate cannot begin."))
        return url_for("examination.sitting", sitting_id=sitting_id)

    return submit(
        form,
        actions.check_identity,
        render=lambda: render_template(
            "examination/identity.html",
            form=form,
            held=held,
            person=person,
            earlier=earlier,
            documents=DOCUMENTS,
        ),
        redirect=checked,
        sitting_id=sitting_id,
        person_id=person_id,
        document=form.document.data or "",
        agrees=form.agrees.data == "yes",
        note=form.note.data or "",
        read_number=form.read_number.data or 0,
        by=by,
    )


@blueprint.route("/sittings/<sitting_id>/sign", methods=["GET", "POST"])
@for_roles("instructor")
def sign(sitting_id: str) -> ResponseReturnValue:
    """Sign a sitting: candidates, identity, times, incidents."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    held = queries.sitting(sitting_id, by)
    if held.report is not None and request.method == "GET":
        raise Conflict(actions.CLOSED)
    form = SignForm()
    found = queries.candidates(sitting_id)
    if not form.is_submitted():
        form.read.data = digest(reporting.statement(held))

    def signed(_row: Any) -> str:
        flash(_("The sitting is signed. Its results can be released now."))
        return url_for("examination.sitting", sitting_id=sitting_id)

    return submit(
        form,
        actions.sign_sitting,
        render=lambda: render_template(
            "examination/sign.html",
            form=form,
            held=held,
            candidates=found,
            incidents=queries.incidents(sitting_id),
            documents=DOCUMENTS,
            writing=[one for one in found if one.attempt and not one.submission],
        ),
        redirect=signed,
        sitting_id=sitting_id,
        read=form.read.data or "",
        checked=checked,
        by=by,
    )
