"""The lead's pages: questions without calibration answers, those that stand, how markers do."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.columns import digest
from lms.grading.calibration import actions, leading, queries
from lms.grading.calibration.forms import WithdrawForm, anchor_form
from lms.grading.calibration.leading import LEADS, Given, Marker
from lms.grading.calibration.rules.passing import FEWEST, MOST
from lms.grading.calibration.showing import shown
from lms.grading.queries import rubric_of
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download
from lms.web.submit import submit

# Its templates lie in the room's one folder, which the marking desk brings.
blueprint = Blueprint("anchors", __name__, url_prefix="/grading/anchors")


@blueprint.get("/")
@for_roles(*LEADS)
def desk() -> ResponseReturnValue:
    """List the questions, those first that lack calibration answers."""
    rows = leading.listed(current_actor())
    wanted = request.args.get("show", "")
    if wanted in ("short", "ready"):
        rows = [row for row in rows if row.is_short == (wanted == "short")]
    return render_template(
        "grading/anchors.html", rows=rows, show=wanted, on=queries.is_on(), fewest=FEWEST
    )


@blueprint.get("/<question_id>/")
@for_roles(*LEADS)
def question(question_id: str) -> ResponseReturnValue:
    """Show the calibration answers of a question, and its markers."""
    by = current_actor()
    asked, version, found = leading.anchors(question_id, by)
    return render_template(
        "grading/anchors_question.html",
        anchors=found,
        markers=_markers(question_id),
        fewest=FEWEST,
        most=MOST,
        on=queries.is_on(),
        **shown(asked, version, None),
    )


def _markers(question_id: str) -> list[Marker]:
    rubric = digest(rubric_of(question_id).key["criteria"])
    return leading.markers(question_id, rubric, current_actor())


@blueprint.get("/<question_id>/markers.csv")
@for_roles(*LEADS)
def file(question_id: str) -> ResponseReturnValue:
    """Give the markers of the page as CSV."""
    by = current_actor()
    leading.anchors(question_id, by)
    header = [
        _("Marker"), _("Tries"), _("Calibrated on"), _("Levels met in the last try"), _("Levels"),
        _("Came again"), _("Share met since"), _("Marks higher by"), _("Drift"),
    ]  # fmt: skip
    rows = [
        [
            one.name, one.tries, one.passed_at.isoformat() if one.passed_at else "",
            one.last.close if one.last else None, one.last.of if one.last else None,
            one.seeds, one.since.share, one.since.shift, _("yes") if one.drifts else "",
        ]
        for one in _markers(question_id)
    ]  # fmt: skip
    return csv_download("calibration", header, rows)


@blueprint.route("/<question_id>/add", methods=["GET", "POST"])
@for_roles(*LEADS)
def add(question_id: str) -> ResponseReturnValue:
    """Write an answer, or take a released one, with its agreed levels; sign it."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    asked, version, _standing = leading.anchors(question_id, by)
    chosen = leading.released_answer(question_id, request.args.get("item", ""), by)
    context = shown(asked, version, None)
    form = anchor_form(context["key"]["criteria"], data=_typed(question_id, chosen, context["key"]))

    def agreed(_row: Any) -> str:
        flash(_("The calibration answer is signed. It is asked as soon as enough of them stand."))
        return url_for("anchors.question", question_id=question_id)

    return submit(
        form,
        actions.agree_on_anchor,
        render=lambda: render_template(
            "grading/anchors_add.html",
            form=form,
            chosen=chosen,
            released=leading.released_answers(question_id, by),
            **context,
        ),
        redirect=agreed,
        question_id=question_id,
        text=form.text.data or "",
        levels=form.levels() if form.is_submitted() else {},
        reasons=form.reasons(),
        item_id=form.item.data or None,
        read_number=form.read_number.data or 0,
        checked=checked,
        by=by,
    )


def _typed(question_id: str, chosen: Given | None, key: dict[str, Any]) -> dict[str, Any]:
    """Return what the form holds at first: a chosen answer with its marks, or the model answer."""
    typed: dict[str, Any] = {"read_number": queries.last_number(question_id)}
    if chosen:
        levels = {f"level-{name}": str(level) for name, level in chosen.levels.items()}
        return typed | levels | {"text": chosen.text, "item": chosen.item_id}
    if request.args.get("model"):
        model = key.get("model_answer") or key.get("answer", "")
        return typed | {"text": model.replace("**", "").replace("*", "")}  # nobody writes Markdown
    return typed


@blueprint.route("/withdraw/<anchor_id>/", methods=["GET", "POST"])
@for_roles(*LEADS)
def withdraw(anchor_id: str) -> ResponseReturnValue:
    """Ask why a calibration answer is withdrawn; withdraw it."""
    by = current_actor()
    leading.check_lead(by)
    anchor = queries.anchor_by_id(anchor_id)
    form = WithdrawForm()

    def withdrawn(_row: Any) -> str:
        flash(_("The calibration answer is withdrawn. Whoever passed with it has passed."))
        return url_for("anchors.question", question_id=anchor.question_id)

    return submit(
        form,
        actions.withdraw_anchor,
        render=lambda: render_template("grading/anchors_withdraw.html", form=form, anchor=anchor),
        redirect=withdrawn,
        anchor_id=anchor_id,
        reason=form.reason.data or "",
        by=by,
    )
