"""The second marker's desk, and the moderator's."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.assessment.explanation import explained_item
from lms.assessment.queries import effective, file_of, kinds
from lms.curriculum.models import QuestionKey
from lms.grading.calibration.queries import closed_to
from lms.grading.forms import ChosenForm, mark_form
from lms.grading.moderation import actions, queries
from lms.grading.moderation.forms import ModerateForm, SecondForm
from lms.grading.queries import rubric_of, rubrics_of
from lms.grading.routes.files import blind_response
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.i18n import ngettext
from lms.web.submit import submit

# Its templates lie in the room's one folder, which the marking desk brings.
blueprint = Blueprint("moderation", __name__, url_prefix="/grading/second")


@blueprint.get("/")
@for_roles("instructor")
def desk() -> ResponseReturnValue:
    """Show what waits for a second mark, its signature, or a third person."""
    by, now = current_actor(), clock.now()
    piles = queries.piles(by, now)
    return render_template(
        "grading/second_desk.html",
        piles=piles,
        closed=closed_to(by, [pile.question.id for pile in piles]),
        unsigned=len(queries.unsigned(by, now)),
        apart=queries.to_moderate(by),
    )


def _back() -> ResponseReturnValue:
    flash(_("Nothing was done: the page was too old. Try again."))
    return render_template("grading/nothing.html")


def _next_place(item_id: str | None) -> str:
    if item_id:
        return url_for("moderation.answer", item_id=item_id)
    flash(_("No other answer waits for a second mark. Sign those that you gave."))
    return url_for("moderation.desk")


@blueprint.post("/questions/<question_id>/next")
@for_roles("instructor")
def take(question_id: str) -> ResponseReturnValue:
    """Take the next answer to a question, as its second marker."""
    return submit(
        Form(),
        actions.take_next,
        render=_back,
        redirect=_next_place,
        first=question_id,
        by=current_actor(),
    )


@blueprint.post("/answers/<item_id>/skip")
@for_roles("instructor")
def skip(item_id: str) -> ResponseReturnValue:
    """Put an answer back, take the next."""
    return submit(
        Form(),
        actions.skip_second,
        render=_back,
        redirect=lambda following: _next_place(following if following != item_id else None),
        item_id=item_id,
        by=current_actor(),
    )


def _asked(waiting: queries.Second | queries.Apart, key: QuestionKey) -> dict[str, Any]:
    """Return what a page needs to show question and answer; no mark is in it."""
    return {
        "waiting": waiting,
        "key": key.key,
        "explained": explained_item(waiting.item, waiting.question, key),
        "response": effective(waiting.attempt.id).get(waiting.item.id),
        "template": kinds()[waiting.item.kind].template,
        "file_at": "moderation.file",
    }


@blueprint.route("/answers/<item_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def answer(item_id: str) -> ResponseReturnValue:
    """Show one answer beside its rubric, without the first mark; take the second."""
    by = current_actor()
    waiting = queries.second(item_id, by, clock.now())
    key, own = rubric_of(waiting.question.id), waiting.own
    levels = {f"level-{name}": str(points) for name, points in (own.levels if own else {}).items()}
    typed = {"read_number": queries.last_number(item_id), "comment": own.note if own else ""}
    form = mark_form(key.key["criteria"], SecondForm, data=typed | levels)
    return submit(
        form,
        actions.mark_second,
        render=lambda: render_template(
            "grading/second_answer.html", form=form, **_asked(waiting, key)
        ),
        redirect=lambda gone_on: _next_place(gone_on.next),
        item_id=item_id,
        levels=form.levels() if form.is_submitted() else {},
        note=form.comment.data or "",
        read_number=form.read_number.data or 0,
        by=by,
    )


@blueprint.get("/answers/<item_id>/file")
@for_roles("instructor")
def file(item_id: str) -> ResponseReturnValue:
    """Give the file of an answer that waits for its second marker or its moderator."""
    waiting = queries.either(item_id, current_actor(), clock.now())
    given = file_of(effective(waiting.attempt.id).get(item_id))
    return blind_response(waiting.item, given)


@blueprint.route("/sign", methods=["GET", "POST"])
@for_roles("instructor")
def sign() -> ResponseReturnValue:
    """Show one's second marks that wait for a signature; sign those that are ticked."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    form = ChosenForm()

    def render() -> str:
        unsigned = queries.unsigned(by, clock.now())
        rubrics = rubrics_of({one.question.id for one in unsigned})

        def points(one: queries.Second) -> str:
            levels = one.own.levels if one.own else {}
            return ", ".join(str(levels.get(c["id"], "–")) for c in rubrics[one.question.id])

        return render_template(
            "grading/second_sign.html", form=form, unsigned=unsigned, points=points
        )

    return submit(
        form,
        actions.sign_seconds,
        render=render,
        redirect=_compared,
        mark_ids=form.chosen(),
        checked=checked,
        by=by,
    )


def _compared(rows: Any) -> str:
    stand = sum(row.within for row in rows)
    apart = len(rows) - stand
    if stand:
        flash(
            ngettext(
                "%(num)s second mark is close enough: the first mark stands.",
                "%(num)s second marks are close enough: the first marks stand.",
                stand,
            )
        )
    if apart:
        flash(
            ngettext(
                "%(num)s answer was marked too far apart and goes to a third person.",
                "%(num)s answers were marked too far apart and go to a third person.",
                apart,
            )
        )
    return url_for("moderation.desk")


@blueprint.route("/moderate/<item_id>/", methods=["GET", "POST"])
@for_roles("instructor")
def moderate(item_id: str) -> ResponseReturnValue:
    """Show an answer with both its marks; take the one that counts."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    waiting = queries.apart(item_id, by)
    key = rubric_of(waiting.question.id)
    typed = {"comment": waiting.first.comment, "read_number": waiting.first.number}
    form = mark_form(key.key["criteria"], ModerateForm, data=typed)

    def moderated(_row: Any) -> str:
        flash(_("The mark is set and signed. The result can be released once nothing else waits."))
        return url_for("moderation.desk")

    return submit(
        form,
        actions.moderate,
        render=lambda: render_template("grading/moderate.html", form=form, **_asked(waiting, key)),
        redirect=moderated,
        item_id=item_id,
        levels=form.levels() if form.is_submitted() else {},
        comment=form.comment.data or "",
        reason=form.reason.data or "",
        checked=checked,
        by=by,
    )
