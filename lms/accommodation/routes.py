"""Pages of extra time: the desk, a learner's, an attempt's, a void's; and what learners see."""

from typing import Any

from flask import Blueprint, flash, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.accommodation import actions, queries, rules, voiding
from lms.accommodation.forms import DecisionForm, EndForm, ExtendForm, GrantForm, VoidForm
from lms.assessment.queries import own_attempt
from lms.assessment.timing.queries import deadline_of, time_of
from lms.errors import N_
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download
from lms.web.submit import submit

blueprint = Blueprint("accommodation", __name__, template_folder="templates", url_prefix="/time")
_HEADER = (
    N_("Name"), N_("E-mail or staff number"), N_("Organisation"), N_("Number"),
    N_("Extra time in percent"), N_("Why"), N_("From"), N_("Until"), N_("Given by"),
    N_("Given on"), N_("Stands"),
)  # fmt: skip


@blueprint.get("/")
@for_roles(*rules.GRANTERS)
def desk() -> ResponseReturnValue:
    """List running attempts, what waits for a second signature, and whose extra time stands."""
    by, name = current_actor(), request.args.get("q", "").strip()[:100]
    return render_template(
        "accommodation/desk.html",
        running=queries.running(by),
        waiting=queries.waiting(by),
        granted=[one for one in queries.granted(by, clock.today()) if one.stands],
        name=name,
        found=queries.learners(name, by) if name else [],
        now=clock.now(),
        reader=by.id,
        words=rules,
    )


@blueprint.get("/extra-time.csv")
@for_roles(*rules.GRANTERS)
def export() -> ResponseReturnValue:
    """Give every act about extra time as a file; remarks stay on the pages."""
    found = queries.granted(current_actor(), clock.today())
    return csv_download("extra-time", [_(title) for title in _HEADER], map(_exported, found))


def _exported(one: queries.Granted) -> list[object]:
    act = one.act
    return [
        one.learner.name, one.learner.login, one.place, act.number, act.percent,
        _(rules.REASONS[act.category]), act.valid_from, act.valid_until, one.granter,
        act.granted_at.date(), _("yes") if one.stands else _("no"),
    ]  # fmt: skip


@blueprint.get("/own/")
@for_roles()
def own() -> ResponseReturnValue:
    """Show a learner the extra time that they have, have had or will have."""
    found = queries.granted_to(current_actor().id, clock.today())
    return render_template(
        "accommodation/own.html", acts=found[::-1], today=clock.today(), words=rules
    )


@blueprint.get("/attempts/<attempt_id>/until")
@for_roles()
def until(attempt_id: str) -> ResponseReturnValue:
    """Tell a learner's open page when the attempt ends, as it now is."""
    attempt, _version, _submission = own_attempt(attempt_id, current_actor())
    return jsonify(until=deadline_of(attempt).isoformat())


@blueprint.route("/learners/<person_id>/", methods=["GET", "POST"])
@for_roles(*rules.GRANTERS)
def learner(person_id: str) -> ResponseReturnValue:
    """Show what extra time a learner has and had; give it."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    person = queries.learner(person_id, by)
    form = GrantForm(data={"valid_from": clock.today()})

    def granted(_row: Any) -> str:
        flash(_("The extra time is given. It is in each paper begun from its first day on."))
        return url_for("accommodation.learner", person_id=person_id)

    return submit(
        form,
        actions.grant_time,
        render=lambda: render_template(
            "accommodation/learner.html",
            form=form,
            learner=person,
            acts=queries.granted_to(person_id, clock.today())[::-1],
            today=clock.today(),
            words=rules,
        ),
        redirect=granted,
        once=form.once.data,
        person_id=person_id,
        percent=form.percent.data or 0,
        category=form.category.data,
        note=form.note.data or "",
        valid_from=form.valid_from.data,
        valid_until=form.valid_until.data,
        checked=checked,
        by=by,
    )


@blueprint.route("/learners/<person_id>/end", methods=["GET", "POST"])
@for_roles(*rules.GRANTERS)
def end(person_id: str) -> ResponseReturnValue:
    """Ask whether a learner's extra time is to end; end it."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    person = queries.learner(person_id, by)
    form = EndForm()

    def ended(_row: Any) -> str:
        flash(_("The extra time has ended. Attempts that were begun with it keep it."))
        return url_for("accommodation.learner", person_id=person_id)

    return submit(
        form,
        actions.end_time,
        render=lambda: render_template("accommodation/end.html", form=form, learner=person),
        redirect=ended,
        once=form.once.data,
        person_id=person_id,
        note=form.note.data or "",
        checked=checked,
        by=by,
    )


@blueprint.route("/attempts/<attempt_id>/", methods=["GET", "POST"])
@for_roles(*rules.GRANTERS)
def attempt(attempt_id: str) -> ResponseReturnValue:
    """Show of what an attempt's time is made and whether it counts; give it more minutes."""
    by = current_actor()
    sat = queries.attempt(attempt_id, by)
    form = ExtendForm()

    def extended(_row: Any) -> str:
        flash(_("The minutes are given. The learner's page shows them within half a minute."))
        return url_for("accommodation.attempt", attempt_id=attempt_id)

    return submit(
        form,
        actions.extend_attempt,
        render=lambda: render_template(
            "accommodation/attempt.html",
            form=form,
            sat=sat,
            time=time_of(sat.attempt),
            voids=queries.voids_of(attempt_id),
            words=rules,
        ),
        redirect=extended,
        once=form.once.data,
        attempt_id=attempt_id,
        minutes=form.minutes.data or 0,
        category=form.category.data,
        note=form.note.data or "",
        by=by,
    )


@blueprint.route("/attempts/<attempt_id>/void", methods=["GET", "POST"])
@for_roles(*rules.GRANTERS)
def propose(attempt_id: str) -> ResponseReturnValue:
    """Ask why an attempt is not to count; record the proposal."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    sat = queries.attempt(attempt_id, by)
    form = VoidForm()

    def proposed(row: Any) -> str:
        flash(_("It is proposed. Nothing has changed yet: a second person signs it."))
        return url_for("accommodation.void", void_id=row.id)

    return submit(
        form,
        voiding.propose_void,
        render=lambda: render_template("accommodation/propose.html", form=form, sat=sat),
        redirect=proposed,
        attempt_id=attempt_id,
        category=form.category.data,
        reason=form.reason.data or "",
        gives_back=form.gives_back.data == "yes",
        checked=checked,
        by=by,
    )


@blueprint.route("/voids/<void_id>/", methods=["GET", "POST"])
@for_roles(*rules.GRANTERS)
def void(void_id: str) -> ResponseReturnValue:
    """Show a proposal to void an attempt; take the second person's decision."""
    checked = password_checked(request.form.get("password"))
    by = current_actor()
    one, sat = queries.void(void_id, by)
    form = DecisionForm()

    def decided(decision: Any) -> str:
        done = decision.decision == rules.VOIDED
        flash(_("The attempt is void.") if done else _("It is declined. Nothing changed."))
        return url_for("accommodation.void", void_id=void_id)

    return submit(
        form,
        voiding.decide_void,
        render=lambda: render_template(
            "accommodation/void.html",
            form=form,
            one=one,
            sat=sat,
            mine=one.row.proposed_by == by.id,
            words=rules,
        ),
        redirect=decided,
        void_id=void_id,
        carry_out=form.decision.data == rules.VOIDED,
        note=form.note.data or "",
        checked=checked,
        by=by,
    )
