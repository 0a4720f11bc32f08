"""A roster comes in: sent or pasted, previewed row by row with nothing written, then confirmed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.account.actions import MOST as MOST_SLIPS
from lms.cohort import actions, hub, queries
from lms.cohort.forms import ConfirmForm, RosterForm
from lms.cohort.roster.decoding import MOST_BYTES, decoded
from lms.cohort.roster.reading import LABELS, MOST_ROWS, PROBLEM, Roster, headings, read
from lms.columns import new_id
from lms.db import reads
from lms.errors import N_, DomainError, RuleBroken
from lms.settings import setting
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.i18n import languages, say
from lms.web.sheet import csv_download
from lms.web.submit import submit

blueprint = Blueprint("rosters", __name__, template_folder="../templates", url_prefix="/enrolments")
_KEPT = 12 * 3600  # seconds for which a preview can be confirmed
_COLUMNS = [column for column in LABELS if column != PROBLEM]


@blueprint.route("/import/", methods=["GET", "POST"])
@for_roles("coordinator")
@reads
def bring() -> ResponseReturnValue:
    """Ask for a roster; show what each row would come to. Nothing is written."""
    form = RosterForm()
    if form.is_submitted() and form.validate():
        try:
            text = _sent(form)
            roster = read(text, _names())
        except DomainError as refusal:
            field = getattr(refusal, "field", None)
            form.refuse(say(refusal), "text" if field == "file" and not form.file.data else field)
        else:
            return _preview(ConfirmForm(formdata=None), text, roster)
    page = render_template(
        "cohort/roster.html", form=form, columns=_COLUMNS, labels=LABELS, most=MOST_ROWS
    )
    return page, 422 if form.is_submitted() else 200


def _sent(form: RosterForm) -> str:
    """Return the text of the file, else what was pasted."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return decoded(file.stream.read(MOST_BYTES + 1))
    form.file.data = None
    if (form.text.data or "").strip():
        return str(form.text.data)
    raise RuleBroken(N_("Choose a file or paste rows."), field="file")


def _names() -> dict[str, str]:
    return headings({column: _in_every_language(label) for column, label in LABELS.items()})


def _in_every_language(message: str) -> list[str]:
    return [language.text(message) for language in languages()]


def _preview(form: ConfirmForm, text: str, roster: Roster) -> str:
    by = current_actor()
    found = hub.preview(roster, by)
    # What was refused for having changed is shown as it is now, to be confirmed anew.
    form.token.data = _signer().dumps([by.id, new_id(), found.digest, text])
    return render_template(
        "cohort/preview.html",
        form=form,
        found=found,
        refused=[one for one in found.planned if one.refused],
        untaught=hub.untaught(found),
        labels=LABELS,
    )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(setting("SECRET_KEY"), salt="roster")


def _opened(token: str | None) -> tuple[str, str, str]:
    """Return what a preview's token holds: its once, its promise, the roster's text.

    Raises:
        RuleBroken: it is no token of ours for this person, or too old.
    """
    try:
        whose, once, promised, text = _signer().loads(token or "", max_age=_KEPT)
    except BadSignature:  # too old as well
        whose = ""
    if whose != current_actor().id:
        raise RuleBroken(N_("This preview cannot be confirmed any more. Send the list again."))
    return once, promised, text


@blueprint.post("/import/confirm")
@for_roles("coordinator")
def confirm() -> ResponseReturnValue:
    """Do what the preview said."""
    form = ConfirmForm()
    once, promised, text = _opened(form.token.data)
    roster = read(text, _names())
    return submit(
        form,
        actions.bring_in,
        render=lambda: _preview(form, text, roster),
        redirect=lambda row: url_for("rosters.result", import_id=row.id),
        roster=roster,
        once=once,
        promised=promised,
        by=current_actor(),
    )


@blueprint.post("/import/refused.csv")
@for_roles("coordinator")
@reads
def refused_now() -> ResponseReturnValue:
    """Give the rows that a preview refuses, with the reasons, to be mended and sent again."""
    _once, _promised, text = _opened(request.form.get("token"))
    found = hub.preview(read(text, _names()), current_actor()).planned
    return _mendable(
        (one.row.cells, [(p.column, p.message, p.params) for p in one.problems])
        for one in found
        if one.refused
    )


@blueprint.get("/imports/<import_id>/")
@for_roles("coordinator")
def result(import_id: str) -> ResponseReturnValue:
    """Show what came of a roster."""
    row = queries.own_import(import_id, current_actor())
    return render_template(
        "cohort/brought.html",
        row=row,
        counts=row.counts,
        labels=LABELS,
        parts=[row.added[at : at + MOST_SLIPS] for at in range(0, len(row.added), MOST_SLIPS)],
        most=MOST_SLIPS,
        once=new_id,
    )


@blueprint.get("/imports/<import_id>/refused.csv")
@for_roles("coordinator")
def refused(import_id: str) -> ResponseReturnValue:
    """Give the rows that were refused, with the reasons, to be mended and sent again."""
    row = queries.own_import(import_id, current_actor())
    return _mendable((one["cells"], one["problems"]) for one in row.refused)


Problems = Sequence[tuple[str, str, Mapping[str, Any]]]


def _mendable(rows: Iterable[tuple[Mapping[str, str], Problems]]) -> ResponseReturnValue:
    return csv_download(
        "refused",
        [_(LABELS[column]) for column in (*_COLUMNS, PROBLEM)],
        ([*(cells[column] for column in _COLUMNS), _said(problems)] for cells, problems in rows),
    )


def _said(problems: Problems) -> str:
    told = [
        _("%(column)s: %(problem)s", column=_(LABELS[column]), problem=say(message, **params))
        if column in LABELS
        else say(message, **params)
        for column, message, params in problems
    ]
    return " ".join(told)


@blueprint.get("/import/template.csv")
@for_roles("coordinator")
def template() -> ResponseReturnValue:
    """Give an empty roster with its headings."""
    return csv_download("roster", [_(LABELS[column]) for column in _COLUMNS], [])
