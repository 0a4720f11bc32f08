"""The marking desk: one queue, one answer at a time, one signature for many, and the release."""

from typing import Any

from flask import Blueprint, flash, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms import clock
from lms.actor import Actor
from lms.assessment.explanation import explained_item
from lms.assessment.queries import effective, file_of, kinds
from lms.grading import actions, queries
from lms.grading.calibration import seeds
from lms.grading.calibration.queries import closed_to
from lms.grading.forms import ChosenForm, SignForm, mark_form
from lms.grading.markers.queries import qualified
from lms.grading.models import Mark
from lms.grading.moderation.standing import has_open
from lms.grading.routes.files import blind_response
from lms.grading.turns import queries as turns
from lms.grading.turns.actions import GoneOn, mark_and_go_on
from lms.grading.turns.alike import around
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.i18n import ngettext
from lms.web.submit import submit

blueprint = Blueprint("grading", __name__, template_folder="../templates", url_prefix="/grading")


@blueprint.get("/")
@for_roles("instructor")
def desk() -> ResponseReturnValue:
    """Show what waits for a mark, a signature or a release, oldest first."""
    by = current_actor()
    piles, who = turns.piles(by), qualified()
    return render_template(
        "grading/desk.html",
        piles=piles,
        closed=closed_to(by, [pile.question.id for pile in piles]),
        may={pile.question.id for pile in piles if who.ground(pile.version, by)},
        passed_on=turns.passed_on(by),
        unsigned=queries.count_unsigned(by) + len(seeds.unsigned(by)),
        attempts=queries.to_release(by),
    )


@blueprint.route("/answers/<item_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def answer(item_id: str) -> ResponseReturnValue:
    """Show one answer beside its rubric; take the mark, of all that say the same at once.

    Looking lays no answer before anybody: pages that come next are looked at ahead.
    """
    by = current_actor()
    seed = seeds.seed_of(item_id, by)
    waiting = seed.waiting if seed else queries.answer(item_id, by)
    key = queries.rubric_of(waiting.question.id)
    form = mark_form(key.key["criteria"], data=_marked(waiting.mark))

    def render() -> str:
        same, ahead = ([], [seed.next]) if seed else around(waiting, by, clock.now())
        return render_template(
            "grading/answer.html",
            form=form,
            waiting=waiting,
            same=same,
            ahead=ahead,
            ground=qualified().ground(waiting.version, by),
            key=key.key,
            explained=explained_item(waiting.item, waiting.question, key),
            response=seed.response if seed else effective(waiting.attempt.id).get(item_id),
            template=kinds()[waiting.item.kind].template,
            left=queries.count_queue(by),
            comments=turns.comments(waiting.question.id, by),
            passed_on=turns.reasons(item_id),
            before=request.args.get("before", ""),
        )

    answered = submit(
        form,
        mark_and_go_on,
        render=render,
        redirect=lambda gone_on: _after_marking(gone_on, item_id),
        item_id=item_id,
        levels=form.levels() if form.is_submitted() else {},
        comment=form.comment.data or "",
        read_number=form.read_number.data or 0,
        by=by,
        together=form.together(),
    )
    return _as_asked(answered, by)


def _as_asked(answered: Response, by: Actor) -> ResponseReturnValue:
    """Return where marking goes on as JSON where the page asked so, else as it is."""
    if answered.status_code == 303 and request.accept_mimetypes.best == "application/json":
        return jsonify(next=answered.location, left=_left(queries.count_queue(by)))
    return answered


def _marked(mark: Mark | None) -> dict[str, Any]:
    """Return what the form holds at first: the mark that there is."""
    if mark is None:
        return {"read_number": 0, "comment": ""}
    levels = {f"level-{name}": str(points) for name, points in mark.levels.items()}
    return {"read_number": mark.number, "comment": mark.comment} | levels


def _left(count: int) -> str:
    return ngettext("%(num)s answer waits", "%(num)s answers wait", count)


def _after_marking(gone_on: GoneOn, item_id: str) -> str:
    if gone_on.count > 1:
        flash(
            ngettext(
                "%(num)s alike answer is marked.",
                "%(num)s alike answers are marked with one decision.",
                gone_on.count,
            )
        )
    if gone_on.left_out:
        flash(
            ngettext(
                "%(num)s alike answer was left out: somebody else has it, or marked it.",
                "%(num)s alike answers were left out: somebody else has them, or marked them.",
                gone_on.left_out,
            )
        )
    return next_place(gone_on.next, before=item_id)


def next_place(item_id: str | None, *, before: str | None = None) -> str:
    """Return where marking goes on: at an answer, else at the signing of what is marked."""
    if item_id:
        return url_for("grading.answer", item_id=item_id, before=before)
    flash(_("Every answer is marked. Sign your marks, then results can be released."))
    return url_for("grading.sign")


@blueprint.get("/answers/<item_id>/file")
@for_roles("instructor")
def file(item_id: str) -> ResponseReturnValue:
    """Give the file of an answer that one may mark, under a name that tells nothing."""
    waiting = queries.answer(item_id, current_actor())
    given = file_of(effective(waiting.attempt.id).get(item_id))
    return blind_response(waiting.item, given)


@blueprint.route("/sign", methods=["GET", "POST"])
@for_roles("instructor")
def sign() -> ResponseReturnValue:
    """Show the marks that wait for one's signature; sign those that are ticked."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    form = ChosenForm()

    def render() -> str:
        unsigned = [*queries.unsigned(by), *seeds.unsigned(by)]
        rubrics = queries.rubrics_of({one.question.id for one in unsigned})
        return render_template("grading/sign.html", form=form, unsigned=unsigned, rubrics=rubrics)

    def signed(marks: Any) -> str:
        count = len(marks)
        flash(ngettext("%(num)s mark is signed.", "%(num)s marks are signed.", count))
        return url_for("grading.desk")

    return submit(
        form,
        actions.sign_marks,
        render=render,
        redirect=signed,
        mark_ids=form.chosen(),
        checked=checked,
        by=by,
    )


@blueprint.route("/release", methods=["GET", "POST"])
@for_roles("instructor")
def release_ready() -> ResponseReturnValue:
    """Show every result that is ready; release those that are ticked."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    form = ChosenForm()

    def render() -> str:
        ready = [row for row in queries.to_release(by) if queries.is_ready(row)]
        return render_template("grading/release_ready.html", form=form, ready=ready)

    def released(results: Any) -> str:
        count = len(results)
        flash(ngettext("%(num)s result is released.", "%(num)s results are released.", count))
        return url_for("grading.desk")

    return submit(
        form,
        actions.release_results,
        render=render,
        redirect=released,
        attempt_ids=form.chosen(),
        checked=checked,
        by=by,
    )


@blueprint.route("/attempts/<attempt_id>/release", methods=["GET", "POST"])
@for_roles("instructor")
def release(attempt_id: str) -> ResponseReturnValue:
    """Ask for the password, then release the result of an attempt."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    attempt, version = queries.markable_attempt(attempt_id, by)
    form: Form = SignForm()
    waits = has_open(attempt_id)

    def render() -> str:
        return render_template(
            "grading/release.html",
            form=form,
            attempt=attempt,
            version=version,
            # What the first marks come to is no business of whoever may be the second marker.
            outcome=None if waits else queries.outcome_before_release(attempt, version),
            waits=waits,
        )

    def released(_result: Any) -> str:
        flash(_("The result is released; the learner sees it now."))
        return url_for("grading.desk")

    return submit(
        form,
        actions.release_result,
        render=render,
        redirect=released,
        attempt_id=attempt_id,
        checked=checked,
        by=by,
    )
