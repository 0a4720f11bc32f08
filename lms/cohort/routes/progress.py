"""How far people are: the matrix, one enrolment in full, levels that end; each as a file too."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lms import clock
from lms.cohort import hub, queries, rules
from lms.cohort.progress import attention, matrix
from lms.cohort.progress.detail import detail as in_full
from lms.cohort.routes.enrolments import my_places, whats
from lms.cohort.routes.lists import address, around, page, wanted
from lms.errors import N_
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.i18n import say
from lms.web.sheet import csv_download

blueprint = Blueprint("progress", __name__, template_folder="../templates", url_prefix="/progress")
_HEADER = (
    N_("Name"), N_("Name in own script"), N_("E-mail or staff number"), N_("Module"),
    N_("Title"), N_("Version"), N_("Programme"), N_("Sending organisation"),
    N_("Delivering organisation"), N_("Enrolled on"), N_("Lessons read"), N_("Lessons"),
    N_("Attempts"), N_("Last handed in"), N_("Practicals passed"), N_("Practicals"), N_("State"),
)  # fmt: skip
_ENDING = (
    N_("Name"), N_("E-mail or staff number"), N_("Organisation"), N_("Competency"), N_("Level"),
    N_("Counts until"), N_("Days left"),
)  # fmt: skip


@blueprint.get("/")
@for_roles()
def people() -> ResponseReturnValue:
    """Show how far people are in each module: one's own, or those one oversees."""
    by, choice = current_actor(), wanted()
    lines, more = matrix.lines(by, choice, page())
    before, after = around("progress.people", more=more)
    programme = hub.programmes().get(choice.what.upper())
    codes = {code for line in lines for code in line.cells}
    return render_template(
        "cohort/progress.html",
        lines=lines,
        modules=list(programme.modules) if programme else sorted(codes),
        titles={code: one.title for code, one in hub.modules().items()},
        wanted=choice,
        whats=whats(),
        places=my_places(),
        states=_states(),
        before=before,
        after=after,
        csv=address("progress.export"),
        narrowed=any(vars(choice).values()),
        oversees=by.has("coordinator", "instructor"),
    )


def _states() -> list[tuple[str, str]]:
    groups = [(key, words) for key, (words, _states) in rules.GROUPS.items()]
    return [("", N_("All states")), *groups, *rules.ATTENTION.items()]


@blueprint.get("/progress.csv")
@for_roles()
def export() -> ResponseReturnValue:
    """Give the same enrolments as a file, all pages of it."""
    found = matrix.exported(current_actor(), wanted(), queries.MOST_EXPORTED)
    return csv_download("progress", [_(title) for title in _HEADER], map(_exported, found))


def _exported(cell: matrix.Cell) -> list[object]:
    one, facts = cell.listed, cell.facts
    handed_in = max((t.submitted_at for t in facts.tried if t.submitted_at), default=None)
    return [
        one.person.name, one.person.native_name, one.person.login, one.version.code,
        one.version.title, one.version.version, one.enrolment.programme_code, one.sending.name,
        one.delivering.name, one.enrolment.enrolled_at.date(), facts.read, facts.lessons,
        len(facts.tried), handed_in.date() if handed_in else "", facts.shown, facts.practicals,
        say(cell.standing.words, **cell.standing.params),
    ]  # fmt: skip


@blueprint.get("/<enrolment_id>/")
@for_roles()
def detail(enrolment_id: str) -> ResponseReturnValue:
    """Show one enrolment in full, without any answer."""
    by = current_actor()
    found = in_full(enrolment_id, by)
    listed = found.cell.listed
    coordinates = any(
        by.covers(place.path, "coordinator") for place in (listed.sending, listed.delivering)
    )
    own = listed.person.id == by.id
    return render_template(
        "cohort/detail.html",
        found=found,
        listed=listed,
        cell=found.cell,
        coordinates=coordinates,
        own=own,
        times=not own and (coordinates or by.covers(listed.delivering.path, "instructor")),
        today=clock.today(),
    )


@blueprint.get("/ending/")
@for_roles("coordinator")
def ending() -> ResponseReturnValue:
    """List levels that end soon or ended lately."""
    found = attention.endings(current_actor(), _within(), wanted().words, page())
    before, after = around("progress.ending", more=len(found) > attention.PAGE)
    return render_template(
        "cohort/ending.html",
        found=found[: attention.PAGE],
        within=_within(),
        choices=rules.EXPIRY_DAYS,
        words=wanted().words,
        before=before,
        after=after,
        csv=address("progress.ending_export"),
    )


def _within() -> int:
    asked = request.args.get("within", "")
    known = {str(days): days for days in rules.EXPIRY_DAYS}
    return known.get(asked, max(rules.EXPIRY_DAYS))


@blueprint.get("/ending/ending.csv")
@for_roles("coordinator")
def ending_export() -> ResponseReturnValue:
    """Give the same levels as a file."""
    most = queries.MOST_EXPORTED
    found = attention.endings(current_actor(), _within(), wanted().words, limit=most)
    rows = (
        [one.person.name, one.person.login, one.person.organisation.name, one.level.competency,
         one.level.level, one.level.expires_on, one.left]
        for one in found
    )  # fmt: skip
    return csv_download("levels-ending", [_(title) for title in _ENDING], rows)
