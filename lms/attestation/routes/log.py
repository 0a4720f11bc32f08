"""Pages of workplace logs: one's own with its totals, an entry's form, countersigning others'."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.attestation.kinds import LOG
from lms.attestation.lines import Line, line_of, own_line
from lms.attestation.log import actions, queries, rules
from lms.attestation.log.forms import AnswerForm, ChangeForm, EntryForm, entry_form
from lms.curriculum.evidence import NAMES
from lms.curriculum.register import competency_titles
from lms.errors import NotFound
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download
from lms.web.submit import submit

blueprint = Blueprint("log", __name__, template_folder="../templates", url_prefix="/evidence/log")


def _own(key: str) -> Line:
    line = own_line(key, current_actor(), clock.today())
    if line.clause["kind"] != LOG:
        raise NotFound()
    return line


def _of_learner(enrolment_id: str, key: str) -> Line:
    enrolment, person = queries.learner_of(enrolment_id, current_actor())
    line = line_of(enrolment, person, key, clock.today())
    if line.clause["kind"] != LOG:
        raise NotFound()
    return line


def _page(line: Line, *, own: bool) -> str:
    written = queries.entries_for(line.learner.id, line.key)
    return render_template(
        "attestation/log/page.html",
        line=line,
        written=written,
        totals=rules.totals(line.clause, [one.entry for one in written]),
        titles=competency_titles(),
        of_me=own,
        kinds=NAMES,
    )


@blueprint.get("/<key>/")
@for_roles()
def own(key: str) -> ResponseReturnValue:
    """Show one's own log: the running total and every entry."""
    return _page(_own(key), own=True)


@blueprint.get("/learners/<enrolment_id>/<key>/")
@for_roles("instructor")
def learner(enrolment_id: str, key: str) -> ResponseReturnValue:
    """Show a learner's log to who may countersign it."""
    return _page(_of_learner(enrolment_id, key), own=False)


@blueprint.get("/<key>.csv")
@for_roles()
def own_file(key: str) -> Response:
    """Give one's own log as a file for spreadsheets."""
    return _file(_own(key))


@blueprint.get("/learners/<enrolment_id>/<key>.csv")
@for_roles("instructor")
def learner_file(enrolment_id: str, key: str) -> Response:
    """Give a learner's log as a file for spreadsheets."""
    return _file(_of_learner(enrolment_id, key))


def _file(line: Line) -> Response:
    header = ("learner", "programme", "day", "task", "hours", "codes", "what", "supervisor",
              "state", "answered by", "answered on", "reason")  # fmt: skip
    rows = (
        (
            one.learner.name,
            line.definition.code,
            one.row.done_on.isoformat(),
            one.row.task,
            one.row.hours,
            one.row.codes,
            one.row.text,
            one.row.supervisor,
            one.entry.state,
            one.answerer.name if one.answerer else "",
            one.answer.answered_at.date().isoformat() if one.answer else "",
            one.answer.reason if one.answer else "",
        )
        for one in queries.entries_for(line.learner.id, line.key)
    )
    return csv_download("workplace-log", header, rows)


@blueprint.route("/<key>/add", methods=["GET", "POST"])
@for_roles()
def add(key: str) -> ResponseReturnValue:
    """Write an entry to one's own log."""
    line = _own(key)
    form = entry_form(EntryForm, line.clause, competency_titles())

    def written(_row: Any) -> str:
        flash(_("Written down. It counts once your supervisor has countersigned it."))
        return url_for("log.own", key=key)

    return submit(
        form,
        actions.write_entry,
        render=lambda: _form(form, line, None),
        redirect=written,
        once=form.once.data or "",
        key=key,
        work=_work(form),
        by=current_actor(),
    )


def _work(form: EntryForm) -> actions.Work | None:
    """Return what was entered; nothing of a form that is shown again for its shape."""
    return form.work() if form.is_submitted() and form.validate() else None


def _form(form: EntryForm, line: Line, seen: queries.Written | None) -> str:
    return render_template(
        "attestation/log/form.html", form=form, line=line, seen=seen, kinds=NAMES
    )


@blueprint.route("/entries/<entry_id>/change", methods=["GET", "POST"])
@for_roles()
def change(entry_id: str) -> ResponseReturnValue:
    """Write one's own entry anew, or take it back."""
    seen = queries.own_entry(entry_id, current_actor())
    line = _own(seen.row.clause)
    form = entry_form(ChangeForm, line.clause, competency_titles(), data=_known(seen))
    withdrawn = bool(form.is_submitted() and isinstance(form, ChangeForm) and form.withdrawn.data)

    def written(_row: Any) -> str:
        flash(_("Taken back.") if withdrawn else _("Written anew. Your supervisor sees it again."))
        return url_for("log.own", key=line.key)

    return submit(
        form,
        actions.change_entry,
        render=lambda: _form(form, line, seen),
        redirect=written,
        entry_id=entry_id,
        once=form.once.data or "",
        work=_work(form),
        withdrawn=withdrawn,
        by=current_actor(),
    )


def _known(seen: queries.Written) -> dict[str, Any]:
    names = ("done_on", "task", "hours", "codes", "text", "supervisor")
    return {name: getattr(seen.row, name) for name in names}


@blueprint.route("/entries/<entry_id>/answer", methods=["GET", "POST"])
@for_roles("instructor")
def answer(entry_id: str) -> ResponseReturnValue:
    """Countersign a learner's entry, or send it back."""
    checked = password_checked(request.form.get("password"))
    seen = queries.to_answer(entry_id, current_actor())
    form = AnswerForm()

    def answered(row: Any) -> str:
        flash(_("Countersigned.") if row.accepts else _("Sent back to the learner."))
        return url_for("attestation.desk")

    return submit(
        form,
        actions.answer_entry,
        render=lambda: render_template(
            "attestation/log/answer.html",
            form=form,
            seen=seen,
            titles=competency_titles(),
            kinds=NAMES,
        ),
        redirect=answered,
        entry_id=entry_id,
        accepts=form.accepts.data == "yes",
        reason=form.reason.data or "",
        checked=checked,
        by=current_actor(),
    )
