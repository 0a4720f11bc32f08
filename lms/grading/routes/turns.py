"""Taking the next answer, skipping one, passing it on, taking a mark back."""

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.grading.calibration.seeds import seed_of
from lms.grading.forms import PassOnForm
from lms.grading.queries import answer
from lms.grading.routes.desk import next_place
from lms.grading.turns import actions
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.submit import submit

blueprint = Blueprint("turns", __name__, template_folder="../templates", url_prefix="/grading")


def _back() -> ResponseReturnValue:
    flash(_("Nothing was done: the page was too old. Try again."))
    return render_template("grading/nothing.html")


@blueprint.post("/questions/<question_id>/next")
@for_roles("instructor")
def take(question_id: str) -> ResponseReturnValue:
    """Take the next answer to a question."""
    return submit(
        Form(),
        actions.take_any,
        render=_back,
        redirect=_after_taking,
        first=question_id,
        by=current_actor(),
    )


def _after_taking(item_id: str | None) -> str:
    if item_id:
        return url_for("grading.answer", item_id=item_id)
    flash(_("Others have what is left before them. It comes back if they do not mark it."))
    return url_for("grading.desk")


@blueprint.post("/answers/<item_id>/keep")
@for_roles("instructor")
def keep(item_id: str) -> ResponseReturnValue:
    """Keep an answer before its marker, who is at work on it: sent by the page now and then."""
    actions.renew(item_id=item_id, by=current_actor())
    return "", 204


@blueprint.post("/answers/<item_id>/skip")
@for_roles("instructor")
def skip(item_id: str) -> ResponseReturnValue:
    """Put an answer back, take the next."""

    def skipped(following: str | None) -> str:
        if following in (None, item_id):
            flash(_("No other answer waits. This one stays in the queue."))
            return url_for("grading.desk")
        return next_place(following)

    return submit(
        Form(), actions.skip, render=_back, redirect=skipped, item_id=item_id, by=current_actor()
    )


@blueprint.route("/answers/<item_id>/pass-on", methods=["GET", "POST"])
@for_roles("instructor")
def pass_on(item_id: str) -> ResponseReturnValue:
    """Ask why somebody else should mark an answer; leave it to them."""
    by = current_actor()
    seed = seed_of(item_id, by)
    waiting = seed.waiting if seed else answer(item_id, by)
    form = PassOnForm()

    def passed_on(following: str | None) -> str:
        flash(_("The answer is passed on. Another instructor finds it on their desk."))
        return next_place(following) if following else url_for("grading.desk")

    return submit(
        form,
        actions.pass_on,
        render=lambda: render_template("grading/pass_on.html", form=form, waiting=waiting),
        redirect=passed_on,
        item_id=item_id,
        reason=form.reason.data or "",
        by=by,
    )


@blueprint.post("/answers/<item_id>/take-back")
@for_roles("instructor")
def take_back(item_id: str) -> ResponseReturnValue:
    """Take one's own mark back; the answer is before one again."""

    def taken_back(back: str) -> str:
        flash(_("Your mark is taken back. The answer waits for a new one."))
        return url_for("grading.answer", item_id=back)

    return submit(
        Form(),
        actions.take_back,
        render=_back,
        redirect=taken_back,
        item_id=item_id,
        by=current_actor(),
    )
