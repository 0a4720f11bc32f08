"""Questions from elsewhere in the browser: a file, its report with a preview, a draft to take away.

Nothing is stored: what was read goes to the page, signed, and comes back with the click.
"""

import io
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.assessment.queries import kinds
from lms.curriculum.samples import Sample, sample
from lms.curriculum.text import markdown
from lms.db import reads
from lms.errors import N_, NotFound, RuleBroken
from lms.exchange.bounds import LARGEST
from lms.exchange.draft import files_of, stem_of
from lms.exchange.examples import EXAMPLES
from lms.exchange.forms import BringForm, KeepForm
from lms.exchange.item import Item, Report, Unreadable, whole_refused
from lms.exchange.packing import zipped
from lms.exchange.reading import FORMATS, read_file
from lms.exchange.written import write
from lms.settings import setting
from lms.store import scanner
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.i18n import say
from lms.web.sheet import csv_download

blueprint = Blueprint(
    "exchange", __name__, template_folder="../templates", url_prefix="/content/import"
)
_allow = for_roles("reviewer", "owner")
_KEPT = 12 * 3600  # seconds for which a report can be taken away
_SHOWN = 40  # questions that are shown as learners would meet them
_VERDICTS = {"imported": N_("imported"), "changed": N_("changed"), "refused": N_("refused")}
_HEADER = (N_("Question"), N_("Kind"), N_("Verdict"), N_("Line"), N_("File"), N_("Reason"))
_TOO_OLD = N_("This report cannot be taken away any more. Send the file again.")


@blueprint.route("/", methods=["GET", "POST"])
@_allow
@reads
def bring() -> ResponseReturnValue:
    """Take a file of questions; show what each of them would come to. Nothing is written."""
    form = BringForm()
    sent = request.files.get("file")
    if form.is_submitted() and form.validate() and sent and sent.filename:
        data = sent.stream.read(LARGEST + 1)
        format, encoding = str(form.format.data or ""), str(form.encoding.data or "")
        report = _report_on(sent.filename, data, format, encoding)
        return _report(KeepForm(formdata=None), sent.filename[:120], report)
    most = f"{min(setting('MAX_UPLOAD_BYTES'), LARGEST) // 1024**2} MB"
    page = render_template("exchange/bring.html", form=form, most=most, formats=FORMATS)
    return page, 422 if form.is_submitted() else 200


def _report_on(name: str, data: bytes, format: str, encoding: str) -> Report:
    """Return the report on a file; one that the scanner holds back is refused unread."""
    if (said := scanner.fault(data)) is not None:
        message, params = said
        return whole_refused(name, format, Unreadable(message, None, "", **params))
    return read_file(name, data, kinds(), format, encoding)


def _report(form: KeepForm, name: str, report: Report) -> str:
    form.token.data = _signer().dumps([current_actor().id, name, _packed(report)])
    return render_template(
        "exchange/report.html",
        form=form,
        name=name,
        report=report,
        format=FORMATS.get(report.format, ""),
        verdicts=_VERDICTS,
        samples=_samples(report),
        shown=_SHOWN,
        inline=markdown.inline,
    )


def _samples(report: Report) -> Iterator[Sample]:
    known = kinds()
    for number, table in enumerate(report.taken[:_SHOWN], 1):
        kind = known[str(table["kind"])]
        yield sample(kind.parse(table), kind, number, lambda text: markdown.prompt(text, say=say))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(setting("SECRET_KEY"), salt="questions")


def _packed(report: Report) -> list[object]:
    items = [
        [
            one.name,
            one.kind,
            one.verdict,
            one.line,
            one.reasons,
            one.table,
            one.file,
            {path: b64encode(data).decode() for path, data in one.pictures.items()},
        ]
        for one in report.items
    ]
    return [report.format, items]


def _opened(token: str) -> tuple[str, Report]:
    """Return what a report's token holds. Raises RuleBroken where it is none of this person."""
    try:
        whose, name, (format, items) = _signer().loads(token, max_age=_KEPT)
    except BadSignature:  # too old as well
        raise RuleBroken(_TOO_OLD) from None
    if whose != current_actor().id:
        raise RuleBroken(_TOO_OLD)
    return name, Report(format, tuple(_unpacked(*one) for one in items))


def _unpacked(*parts: Any) -> Item:
    *held, pictures = parts
    kept = {path: b64decode(text) for path, text in pictures.items()}
    return replace(Item(*held), pictures=kept)


@blueprint.post("/draft")
@_allow
@reads
def keep() -> ResponseReturnValue:
    """Give the draft module of a report as a ZIP, or the report itself as a table."""
    form = KeepForm()
    if not form.validate():
        raise RuleBroken(_TOO_OLD)
    name, report = _opened(str(form.token.data or ""))
    stem = stem_of(name)
    if request.form.get("what") == "report":
        return csv_download(f"{stem}-report", [_(one) for one in _HEADER], map(_row, report.items))
    return _file(zipped(stem, files_of(name, report)), f"{stem}.zip")


def _row(item: Item) -> list[object]:
    said = " ".join(say(message, **params) for message, params in item.reasons)
    verdict = say(_VERDICTS[item.verdict])
    return [item.name, item.kind, verdict, item.line or "", item.file, said]


@blueprint.get("/template.<ending>")
@_allow
def template(ending: str) -> ResponseReturnValue:
    """Give the spreadsheet template, with an example of each kind in it."""
    if ending not in ("csv", "xlsx"):
        raise NotFound()
    return _file(write(EXAMPLES, ending).data, f"questions.{ending}")


def _file(data: bytes, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(data), as_attachment=True, download_name=name)
