"""Pages of borderline regression: what a practical's cut would be by what observers found."""

from collections.abc import Sequence

import numpy as np
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.psychometrics import charts
from lms.psychometrics.queries import READERS
from lms.psychometrics.rules.standards import (
    FEWEST_CANDIDATES,
    Regression,
    borderline_regression,
)
from lms.psychometrics.standards import observed
from lms.psychometrics.standards.observed import Observed
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download

# Its templates lie in the room's one folder, which the statistics bring.
blueprint = Blueprint("borderline", __name__, url_prefix="/statistics/practicals")
BORDERLINES = (2, 3, 4)
USUAL = 3


@blueprint.get("/")
@for_roles(*READERS)
def desk() -> ResponseReturnValue:
    """List the practicals at which people were observed."""
    found = observed.practicals(current_actor())
    return render_template("psychometrics/practicals.html", practicals=found)


@blueprint.get("/<practical_id>")
@for_roles(*READERS)
def practical(practical_id: str) -> ResponseReturnValue:
    """Show scores against ratings, and the cut at the borderline rating."""
    by = current_actor()
    row, version = observed.practical(practical_id, by)
    rows = observed.observed(row.id, by)
    asked = request.args.get("borderline", "")
    borderline = int(asked) if asked in {str(one) for one in BORDERLINES} else USUAL
    found = _regression(rows, borderline)
    return render_template(
        "psychometrics/practical.html",
        practical=row,
        version=version,
        rows=rows,
        counts=[sum(one.rating == rating for one in rows) for rating in range(1, 6)],
        found=found,
        fewest=FEWEST_CANDIDATES,
        borderline=borderline,
        choices=[(str(one), str(one)) for one in BORDERLINES],
        chart=_chart(rows, found, borderline),
    )


@blueprint.get("/<practical_id>.csv")
@for_roles(*READERS)
def export(practical_id: str) -> ResponseReturnValue:
    """Give the rows behind the line, by codes of sheets."""
    by = current_actor()
    row, _version = observed.practical(practical_id, by)
    rows = [[one.sheet, one.rating, round(one.share, 2)] for one in observed.observed(row.id, by)]
    head = [_("Sheet"), _("Overall rating"), _("Share of the steps")]
    return csv_download(f"practical-{row.code}", head, rows)


def _regression(rows: Sequence[Observed], borderline: int) -> Regression | None:
    """Return the line, None with too few people for one."""
    if len(rows) < FEWEST_CANDIDATES:
        return None
    scores = np.array([one.share for one in rows])
    ratings = np.array([float(one.rating) for one in rows])
    return borderline_regression(scores, ratings, borderline)


def _chart(rows: Sequence[Observed], found: Regression | None, borderline: int) -> Markup | None:
    if found is None:
        return None
    return charts.scatter(
        _("Share of the steps by overall rating, with the line and the cut"),
        [(one.rating, one.share) for one in rows],
        (found.intercept, found.slope),
        borderline,
    )
