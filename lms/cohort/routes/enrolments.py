"""Enrolments as coordinators keep them: list, enrol by hand, end, begin again."""

from collections import Counter
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.cohort import actions, hub, queries
from lms.cohort.forms import EndForm, EnrolForm
from lms.cohort.roster.known import Place
from lms.cohort.roster.steps import AGAIN, ALREADY, ENROL, JOIN
from lms.cohort.routes.lists import address, around, page, wanted
from lms.curriculum.wording import needs_said
from lms.errors import N_
from lms.programme.opening import all_with_openness
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.i18n import ngettext
from lms.web.sheet import csv_download
from lms.web.submit import submit

blueprint = Blueprint(
    "enrolments", __name__, template_folder="../templates", url_prefix="/enrolments"
)
_HEADER = (
    N_("Name"), N_("Name in own script"), N_("E-mail or staff number"), N_("Module"),
    N_("Title"), N_("Version"), N_("Programme"), N_("Sending organisation"),
    N_("Delivering organisation"), N_("Enrolled on"), N_("Ended on"),
)  # fmt: skip


@blueprint.get("/")
@for_roles("coordinator")
def listing() -> ResponseReturnValue:
    """List the enrolments that one coordinates."""
    by, choice = current_actor(), wanted()
    found = queries.enrolments(by, choice, page())
    before, after = around("enrolments.listing", more=len(found) > queries.PAGE)
    return render_template(
        "cohort/enrolments.html",
        found=found[: queries.PAGE],
        wanted=choice,
        whats=whats(),
        places=my_places(),
        before=before,
        after=after,
        csv=address("enrolments.export"),
        narrowed=any(vars(choice).values()),
    )


@blueprint.get("/enrolments.csv")
@for_roles("coordinator")
def export() -> ResponseReturnValue:
    """Give the same enrolments as a file, all pages of it."""
    found = queries.enrolments(current_actor(), wanted(), limit=queries.MOST_EXPORTED)
    return csv_download("enrolments", [_(title) for title in _HEADER], map(_exported, found))


def _exported(one: queries.Listed) -> list[object]:
    ended = one.ended_at
    return [
        one.person.name, one.person.native_name, one.person.login, one.version.code,
        one.version.title, one.version.version, one.enrolment.programme_code, one.sending.name,
        one.delivering.name, one.enrolment.enrolled_at.date(), ended.date() if ended else "",
    ]  # fmt: skip


def whats() -> list[tuple[str, str]]:
    """Return modules and programmes as choices of a filter."""
    choices = [("", _("All modules and programmes"))]
    choices += [(one.code, f"{one.code} · {one.title}") for one in hub.programmes().values()]
    return choices + [(one.code, f"{one.code} · {one.title}") for one in hub.modules().values()]


def my_places() -> list[tuple[str, str]]:
    """Return the organisations that one coordinates, as choices of a filter."""
    mine = [(place.id, place.name) for place in hub.places(current_actor()) if place.mine]
    return [("", _("All organisations")), *mine]


@blueprint.route("/new", methods=["GET", "POST"])
@for_roles("coordinator")
def enrol() -> ResponseReturnValue:
    """Search for people, choose them and what they learn, enrol them."""
    by = current_actor()
    words = request.args.get("q", "").strip()[:100]
    form = EnrolForm(data=_asked())
    places = hub.places(by)
    form.what.choices = [("", _("Choose")), *_learnable()]
    form.sending.choices = [("", _("Each person's own organisation")), *_named(places, mine=True)]
    form.delivering.choices = [("", _("Choose")), *_teaching(places)]

    def render() -> str:
        chosen = hub.chosen_people(by, form.people.data or [])
        found = hub.found_people(by, words)
        others = [one for one in found[: hub.MOST_FOUND] if one not in chosen]
        return render_template(
            "cohort/enrol.html",
            form=form,
            people=[*chosen, *others],
            more=len(found) > hub.MOST_FOUND,
            words=words,
        )

    def enrolled(counts: Counter[str]) -> str:
        _tell(counts)
        return url_for("enrolments.listing", what=form.what.data)

    return submit(
        form,
        actions.enrol_people,
        render=render,
        redirect=enrolled,
        person_ids=form.people.data or [],
        what=form.what.data or "",
        sending_id=form.sending.data or "",
        delivering_id=form.delivering.data or "",
        by=by,
    )


def _asked() -> dict[str, Any]:
    people = request.args.getlist("person")[: actions.MOST_AT_ONCE]
    return {"people": people, "what": request.args.get("what", "").upper()}


def _teaching(places: list[Place]) -> list[tuple[str, str]]:
    staffed = hub.taught_at()
    return [
        (
            place.id,
            place.name
            if place.id in staffed
            else _("%(name)s: no instructor yet", name=place.name),
        )
        for place in places
    ]


def _named(places: list[Place], *, mine: bool) -> list[tuple[str, str]]:
    return [(place.id, place.name) for place in places if place.mine or not mine]


def _learnable() -> list[tuple[str, str]]:
    """Return programmes of which every module is there, and modules, as choices."""
    modules, programmes = hub.modules(), hub.programmes()
    choices = []
    for definition, openness in all_with_openness(clock.today()):
        one = programmes[definition.code]
        if not all(code in modules for code in one.modules):
            continue
        said = _("Programme %(code)s %(title)s: %(modules)s", code=one.code, title=one.title,
                 modules=", ".join(one.modules))  # fmt: skip
        if not openness.practises:
            said = _("%(programme)s (not open yet: no certificate so far)", programme=said)
        choices.append((one.code, said))
    for module in modules.values():
        said = f"{module.code} {module.title} {module.version}"
        if module.practice:
            said = _("%(module)s, for practice only", module=said)
        if module.needs:
            needs = needs_said(module.needs)
            said = _("%(module)s, needs %(needs)s first", module=said, needs=needs)
        choices.append((module.code, said))
    return choices


def _tell(counts: Counter[str]) -> None:
    begun = counts[ENROL] + counts[AGAIN] + counts[JOIN]
    if begun:
        flash(ngettext("%(num)s enrolment begun.", "%(num)s enrolments begun.", begun))
    if counts[ALREADY]:
        flash(
            ngettext(
                "%(num)s enrolment was there already and stays as it was.",
                "%(num)s enrolments were there already and stay as they were.",
                counts[ALREADY],
            )
        )


@blueprint.route("/<enrolment_id>/end", methods=["GET", "POST"])
@for_roles("coordinator")
def end(enrolment_id: str) -> ResponseReturnValue:
    """Ask why an enrolment ends, and end it."""
    by = current_actor()
    found = queries.enrolment(enrolment_id, by.only("coordinator"))
    form = EndForm()

    def ended(_row: object) -> str:
        flash(_("The enrolment has ended. What was done in it stays. To undo this, enrol again."))
        return url_for("progress.detail", enrolment_id=enrolment_id)

    return submit(
        form,
        actions.end,
        render=lambda: render_template("cohort/end.html", form=form, found=found),
        redirect=ended,
        enrolment_id=enrolment_id,
        reason=form.reason.data or "",
        by=by,
    )


@blueprint.post("/<enrolment_id>/again")
@for_roles("coordinator")
def again(enrolment_id: str) -> ResponseReturnValue:
    """Let an enrolment that had ended run again as it was."""
    here = url_for("progress.detail", enrolment_id=enrolment_id)
    queries.enrolment(enrolment_id, current_actor().only("coordinator"))
    form = Form()

    def refused() -> ResponseReturnValue:
        for message in form.refused:
            flash(message, "error")
        return redirect(here, 303)

    def begun(_row: object) -> str:
        flash(_("The enrolment runs again, with everything done in it before."))
        return here

    return submit(
        form,
        actions.begin_again,
        render=refused,
        redirect=begun,
        enrolment_id=enrolment_id,
        by=current_actor(),
    )
