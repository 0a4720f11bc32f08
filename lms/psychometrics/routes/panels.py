"""Pages of standard setting: panels of judges, their sheets, the cut that comes out."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.curriculum.models import Question
from lms.curriculum.queries import prompts, version_by_id
from lms.curriculum.text import markdown
from lms.people.routes import password_checked
from lms.psychometrics.queries import READERS
from lms.psychometrics.rules.panels import STATES
from lms.psychometrics.rules.standards import FEWEST_JUDGES
from lms.psychometrics.standards import actions, queries
from lms.psychometrics.standards.forms import PanelForm, SignForm, rating_form
from lms.psychometrics.standards.queries import Panel
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download
from lms.web.submit import submit

# Its templates lie in the room's one folder, which the statistics bring.
blueprint = Blueprint("panels", __name__, url_prefix="/statistics/panels")


@blueprint.get("/")
@for_roles(*READERS)
def desk() -> ResponseReturnValue:
    """List the panels."""
    found = queries.panels(current_actor())
    return render_template("psychometrics/panels.html", panels=found, states=STATES)


@blueprint.route("/of/<version_id>", methods=["GET", "POST"])
@for_roles("owner")
def begin(version_id: str) -> ResponseReturnValue:
    """Ask what the cut is for; open the panel."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    version = version_by_id(version_id)
    form = PanelForm()

    def opened(row: Any) -> str:
        flash(_("The panel is open. Each judge finds it under Statistics, Panels."))
        return url_for("panels.panel", panel_id=row.id)

    return submit(
        form,
        actions.open_panel,
        render=lambda: render_template("psychometrics/begin.html", form=form, version=version),
        redirect=opened,
        version=version,
        purpose=form.purpose.data or "",
        checked=checked,
        by=by,
    )


@blueprint.route("/<panel_id>", methods=["GET", "POST"])
@for_roles(*READERS)
def panel(panel_id: str) -> ResponseReturnValue:
    """Show where a panel stands; take it on."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    found = queries.panel(panel_id, by)
    form = SignForm()

    def render() -> str:
        now = queries.panel(panel_id, by)
        return render_template(
            "psychometrics/panel.html",
            form=form,
            panel=now,
            states=STATES,
            fewest=FEWEST_JUDGES,
            questions=queries.questions_by_id(now),
            mine=now.sheet_of(by.id, now.round),
            may_judge=now.round == 1 or now.sheet_of(by.id, 1) is not None,
            owner=by.has("owner"),
        )

    def gone_on(step: Any) -> str:
        second = step.step == "second"
        flash(_("The second round is open.") if second else _("The panel is closed with its cut."))
        return url_for("panels.panel", panel_id=panel_id)

    return submit(
        form,
        actions.go_on,
        render=render,
        redirect=gone_on,
        panel_id=found.row.id,
        checked=checked,
        by=by,
    )


@blueprint.route("/<panel_id>/sheet", methods=["GET", "POST"])
@for_roles(*READERS)
def sheet(panel_id: str) -> ResponseReturnValue:
    """Show every question with what it needs to be judged; take the judge's sheet."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    found = queries.panel(panel_id, by)
    questions = queries.questions_by_id(found)
    first = found.sheet_of(by.id, 1)
    before = {f"rate-{id}": value for id, value in first.ratings.items()} if first else {}
    form = rating_form(questions.values(), data=before)

    def render() -> str:
        block = prompts(found.version.id)
        return render_template(
            "psychometrics/sheet.html",
            form=form,
            panel=found,
            questions=questions,
            options={id: _options(one) for id, one in questions.items()},
            said={id: Markup(block(one.shown["prompt"])) for id, one in questions.items()},
            means=found.steps["second"].outcome["means"] if "second" in found.steps else {},
        )

    def kept(_sheet: Any) -> str:
        flash(_("Your sheet is signed and kept."))
        return url_for("panels.panel", panel_id=panel_id)

    return submit(
        form,
        actions.rate,
        render=render,
        redirect=kept,
        panel_id=panel_id,
        ratings=form.ratings() if form.is_submitted() else {},
        checked=checked,
        by=by,
    )


def _options(question: Question) -> list[Markup]:
    """Return the options of a choice as its judges read them; which is right is theirs to know."""
    return [Markup(markdown.inline(one["text"])) for one in question.shown.get("options", [])]


@blueprint.get("/<panel_id>.csv")
@for_roles(*READERS)
def export(panel_id: str) -> ResponseReturnValue:
    """Give every rating of the rounds that are over: a row a judge and question, without names."""
    found = queries.panel(panel_id, current_actor())
    codes = {id: one.code for id, one in queries.questions_by_id(found).items()}
    rows = [
        [number, judge, codes[id], value]
        for number in _over(found)
        for judge, one in enumerate(found.of_round(number), 1)
        for id, value in sorted(one.ratings.items(), key=lambda pair: codes[pair[0]])
    ]
    head = [_("Round"), _("Judge"), _("Question"), _("Of a hundred")]
    return csv_download(f"panel-{found.version.code}", head, rows)


def _over(found: Panel) -> list[int]:
    """Return the rounds that are over: of an open one nobody sees what others said."""
    return {"first": [], "second": [1], "closed": [1, 2]}[found.state]
