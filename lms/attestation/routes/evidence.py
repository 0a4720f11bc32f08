"""Evidence of programmes: what a learner has still to show, the assessors' desk, each piece."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.attestation import actions, lines, queries
from lms.attestation.entering import form_for, labelled
from lms.attestation.forms import AttestForm, SecondForm, SecondMarksForm, WithdrawForm
from lms.attestation.kinds import KINDS
from lms.attestation.log.queries import to_countersign
from lms.attestation.panel.queries import panels_for, unscored
from lms.curriculum.evidence import NAMES
from lms.errors import NotFound
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download
from lms.web.submit import submit

blueprint = Blueprint(
    "attestation", __name__, template_folder="../templates", url_prefix="/evidence"
)
_LONGEST_NAME = 100
_MOST_ROWS = 10_000


@blueprint.get("/")
@for_roles()
def mine() -> ResponseReturnValue:
    """Show what one's own programmes ask for beside modules, and what of it is still missing."""
    found = lines.own_lines(current_actor(), clock.today())
    return render_template("attestation/mine.html", lines=found, kinds=NAMES)


@blueprint.get("/clauses/<key>/")
@for_roles()
def own(key: str) -> ResponseReturnValue:
    """Show all that is attested of oneself for one clause."""
    by = current_actor()
    line = lines.own_line(key, by, clock.today())
    return render_template(
        "attestation/own.html",
        line=line,
        pieces=queries.evidence_for(by.id, key),
        panels=panels_for(by.id, key) if line.clause["kind"] == "BP" else [],
        kinds=NAMES,
    )


def _wanted() -> tuple[str, str]:
    """Return the programme and the name by which the desk is narrowed."""
    name = request.args.get("q", "")[:_LONGEST_NAME].strip()
    return request.args.get("programme", "")[:20], name


@blueprint.get("/desk/")
@for_roles("instructor")
def desk() -> ResponseReturnValue:
    """Show what waits for a second signature, and which learners have something to show."""
    by = current_actor()
    programme, name = _wanted()
    everything = request.args.get("state") == "all"
    found = lines.taught_lines(by, clock.today(), programme=programme, name=name)
    pending = queries.pending(by)
    return render_template(
        "attestation/desk.html",
        lines=[one for one in found if everything or not one.standing.met],
        second=[x for x in pending if x.verdict == "second" and x.row.attested_by != by.id],
        unread=[x for x in pending if x.verdict == "provisional"],
        entries=to_countersign(by),
        panels=unscored(by),
        programmes=queries.programmes(),
        everything=everything,
        most=queries.LIST_LIMIT,
        full=len({one.enrolment.id for one in found}) == queries.LIST_LIMIT,
        kinds=NAMES,
        programme=programme,
        name=name,
    )


@blueprint.get("/desk.csv")
@for_roles("instructor")
def desk_file() -> Response:
    """Give the desk's learners by clause as a file for spreadsheets, met or not."""
    programme, name = _wanted()
    found = lines.taught_lines(
        current_actor(), clock.today(), programme=programme, name=name, limit=_MOST_ROWS
    )
    header = ("learner", "programme", "kind", "clause", "passes", "needed", "waiting", "state")
    rows = (
        (
            one.learner.name,
            one.definition.code,
            one.clause["kind"],
            one.clause["text"],
            one.standing.count,
            one.standing.of,
            one.standing.waiting,
            "met" if one.standing.met else "failed" if one.standing.failed else "missing",
        )
        for one in found
    )
    return csv_download("evidence", header, rows)


@blueprint.route("/learners/<enrolment_id>/<key>/", methods=["GET", "POST"])
@for_roles("instructor")
def attest(enrolment_id: str, key: str) -> ResponseReturnValue:
    """Attest a piece of evidence for one clause of a learner's programme."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    line = lines.to_attest(enrolment_id, key, by)
    form = form_for(line.clause)
    return submit(
        form,
        actions.attest,
        render=lambda: _form(
            form, line=line, seen=None, pieces=queries.evidence_for(line.learner.id, key)
        ),
        redirect=_signed,
        once=form.once.data or "",
        enrolment_id=enrolment_id,
        key=key,
        said=_said(form),
        checked=checked,
        by=by,
    )


def _form(form: AttestForm, **values: Any) -> str:
    return render_template("attestation/form.html", form=form, kinds=NAMES, **values)


def _said(form: AttestForm) -> actions.Said:
    valid = form.is_submitted() and form.validate()
    return actions.Said(
        facts=form.facts() if valid else {},
        independent=bool(form.independent.data),
        reason=form.reason.data or "",
    )


def _signed(row: Any) -> str:
    flash(_("Signed."))
    return url_for("attestation.page", attestation_id=row.id)


@blueprint.get("/records/<attestation_id>/")
@for_roles()
def page(attestation_id: str) -> ResponseReturnValue:
    """Show a piece of evidence with all its revisions and signatures."""
    by = current_actor()
    seen = queries.attested(attestation_id, by)
    revisions = queries.revisions(seen.row.series)
    return render_template(
        "attestation/page.html",
        seen=revisions[-1],
        revisions=revisions,
        marks=queries.marks_of(revisions),
        labelled=labelled,
        by=by,
        kinds=NAMES,
    )


@blueprint.route("/records/<attestation_id>/second", methods=["GET", "POST"])
@for_roles("instructor")
def second(attestation_id: str) -> ResponseReturnValue:
    """Take what a second assessor says."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    seen = _of_others(attestation_id)
    form = SecondMarksForm() if KINDS[seen.row.kind].blind else SecondForm()

    def signed(_row: Any) -> str:
        flash(_("Signed."))
        return url_for("attestation.page", attestation_id=attestation_id)

    return submit(
        form,
        actions.second,
        render=lambda: render_template(
            "attestation/second.html", form=form, seen=seen, labelled=labelled, kinds=NAMES
        ),
        redirect=signed,
        attestation_id=attestation_id,
        told=_told(form),
        checked=checked,
        by=by,
    )


def _told(form: SecondForm | SecondMarksForm) -> actions.Told:
    found = isinstance(form, SecondMarksForm) and form.is_submitted() and form.validate()
    return actions.Told(
        agrees=isinstance(form, SecondForm) and form.agrees.data == "yes",
        independent=bool(form.independent.data),
        note=form.note.data or "",
        found={name: form[name].data for name in form.found} if found else None,
    )


@blueprint.route("/records/<attestation_id>/change", methods=["GET", "POST"])
@for_roles("instructor")
def amend(attestation_id: str) -> ResponseReturnValue:
    """Enter the laboratory's result, or correct what was attested."""
    checked = password_checked(request.form.get("password"))
    seen = _of_others(attestation_id)
    form = form_for(seen.clause, seen.row.facts)
    return submit(
        form,
        actions.amend,
        render=lambda: _form(form, line=None, seen=seen, pieces=[]),
        redirect=_signed,
        attestation_id=attestation_id,
        once=form.once.data or "",
        said=_said(form),
        checked=checked,
        by=current_actor(),
    )


@blueprint.route("/records/<attestation_id>/withdraw", methods=["GET", "POST"])
@for_roles("instructor")
def withdraw(attestation_id: str) -> ResponseReturnValue:
    """Withdraw a piece of evidence, with a reason."""
    checked = password_checked(request.form.get("password"))
    seen = _of_others(attestation_id)
    form = WithdrawForm()

    def withdrawn(row: Any) -> str:
        flash(_("Withdrawn. It stays on record and does not count any more."))
        return url_for("attestation.page", attestation_id=row.id)

    return submit(
        form,
        actions.withdraw,
        render=lambda: render_template(
            "attestation/withdraw.html", form=form, seen=seen, kinds=NAMES
        ),
        redirect=withdrawn,
        attestation_id=attestation_id,
        once=form.once.data or "",
        reason=form.reason.data or "",
        checked=checked,
        by=current_actor(),
    )


def _of_others(attestation_id: str) -> queries.Seen:
    """Return a piece that the actor may assess: never one's own."""
    seen = queries.attested(attestation_id, current_actor())
    if seen.row.person_id == current_actor().id:
        raise NotFound()
    return seen
