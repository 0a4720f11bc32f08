"""A version's questions in the format of another system: first what becomes of each, then the file.

Keys are secret: only who reads them anyway may take them, and each file that leaves is recorded.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import lessons_of, version_by_id
from lms.errors import N_, NotFound, RuleBroken
from lms.exchange import actions, queries
from lms.exchange.forms import TakeForm
from lms.exchange.outgoing import Leaving
from lms.exchange.written import TARGETS, write
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.i18n import say
from lms.web.sheet import csv_download

blueprint = Blueprint(
    "taking", __name__, template_folder="../templates", url_prefix="/content/<version_id>/export"
)
_allow = for_roles(*actions.TAKERS)
VERDICTS = {"exported": N_("exported"), "changed": N_("changed"), "refused": N_("refused")}
_HEADER = (N_("Question"), N_("Kind"), N_("Verdict"), N_("Reason"))


@dataclass(frozen=True)
class Chosen:
    """Which questions ("" is all lessons) in which format ("": none yet), and what there is."""

    lesson: str
    format: str
    lessons: dict[str, str]


@blueprint.get("/")
@_allow
def choose(version_id: str) -> ResponseReturnValue:
    """Ask for a format; say of every question what becomes of it there."""
    version = version_by_id(version_id)
    return _page(version, _chosen(version, request.args), TakeForm(formdata=None))


def _chosen(version: ModuleVersion, given: Mapping[str, str]) -> Chosen:
    """Return what is asked for. Raises NotFound: no such lesson or format."""
    lessons = {one.code: one.title for one in lessons_of(version.id)}
    lesson, format = given.get("lesson", ""), given.get("format", "")
    if (lesson and lesson not in lessons) or (format and format not in TARGETS):
        raise NotFound()
    return Chosen(lesson, format, lessons)


def _page(version: ModuleVersion, chosen: Chosen, form: TakeForm) -> str:
    leaving = _leaving(version, chosen)
    form.lesson.data, form.format.data = chosen.lesson, chosen.format
    return render_template(
        "exchange/take.html",
        form=form,
        version=version,
        chosen=chosen,
        leaving=leaving,
        counts={name: sum(one.verdict == name for one in leaving) for name in VERDICTS},
        verdicts=VERDICTS,
        targets=TARGETS,
        exports=queries.exports_of(version.id),
    )


def _leaving(version: ModuleVersion, chosen: Chosen) -> list[Leaving]:
    if not chosen.format:
        return []
    tables = queries.tables_of(version.id, chosen.lesson)
    figures = actions.Figures(queries.figures_of(version.id))
    return list(write(tables, chosen.format, figures).leaving)


@blueprint.get("/report.csv")
@_allow
def report(version_id: str) -> ResponseReturnValue:
    """Give what becomes of each question as a table."""
    version = version_by_id(version_id)
    rows = [
        [one.table["id"], one.table["kind"], say(VERDICTS[one.verdict]), _said(one)]
        for one in _leaving(version, _chosen(version, request.args))
    ]
    return csv_download(f"{version.code.lower()}-export", [_(one) for one in _HEADER], rows)


def _said(one: Leaving) -> str:
    return " ".join(say(message, **params) for message, params in one.reasons)


@blueprint.post("/")
@_allow
def take(version_id: str) -> ResponseReturnValue:
    """Give the file, and record that it left."""
    version = version_by_id(version_id)
    form = TakeForm()
    chosen = _chosen(version, request.form)
    if not form.validate():
        return _page(version, chosen, form), 422
    try:
        row, written = actions.export_questions(
            version=version, lesson=chosen.lesson, format=chosen.format, by=current_actor()
        )
    except RuleBroken as refusal:
        form.refuse(say(refusal), refusal.field)
        return _page(version, chosen, form), 422
    part = f"-{row.lesson}" if row.lesson else ""
    name = f"{version.code.lower()}-{version.version}{part}-{chosen.format}.{written.ending}"
    return send_file(io.BytesIO(written.data), as_attachment=True, download_name=name)
