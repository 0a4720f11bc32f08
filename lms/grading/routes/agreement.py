"""How far markers agree: a page, and the same rows as a file."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from lms.grading.moderation import agreeing
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download

# Its templates lie in the room's one folder, which the marking desk brings.
blueprint = Blueprint("agreement", __name__, url_prefix="/grading/agreement")


@blueprint.get("/")
@for_roles("instructor", "coordinator")
def page() -> ResponseReturnValue:
    """Show agreement by question, criterion and marker."""
    by = current_actor()
    return render_template(
        "grading/agreement.html",
        rows=agreeing.agreements(by),
        everybody=by.has("coordinator"),
        most=agreeing.MOST,
    )


@blueprint.get("/agreement.csv")
@for_roles("instructor", "coordinator")
def file() -> ResponseReturnValue:
    """Give the rows of the page as CSV; empty cells are what few answers cannot say."""
    header = [
        _("Module"), _("Version"), _("Question"), _("Criterion"), _("Marker"), _("Answers"),
        _("Same level"), _("Kappa"), _("Kappa from"), _("Kappa to"), _("ICC(2,1)"),
        _("ICC from"), _("ICC to"), _("Marks higher by"), _("Low"),
    ]  # fmt: skip
    rows = [
        [
            row.version.code, row.version.version, row.question.code, row.criterion,
            row.marker or _("All markers"), row.found.n, row.found.equal, row.found.kappa,
            *(row.found.interval or (None, None)), row.found.icc,
            *(row.found.icc_interval or (None, None)), row.found.shift,
            _("yes") if row.found.is_low else "",
        ]
        for row in agreeing.agreements(current_actor())
    ]  # fmt: skip
    return csv_download("agreement", header, rows)
