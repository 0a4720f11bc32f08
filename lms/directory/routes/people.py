"""People: the list, its file, adding somebody, slips for several at once."""

from urllib.parse import urlencode

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.account.actions import MOST as MOST_SLIPS
from lms.account.actions import Written, write_slips
from lms.actor import Actor
from lms.directory.actions import admit_person
from lms.directory.forms import NewPersonForm, SlipsForm, offer_places, offer_roles, paths_offered
from lms.directory.queries import people, places
from lms.directory.queries.people import Wanted
from lms.people.models import Person
from lms.people.rules import LABELS, ROLES
from lms.settings import setting
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import written
from lms.web.submit import submit

blueprint = Blueprint("directory", __name__, url_prefix="/people", template_folder="../templates")
_MOST_LETTERS = 100
_MOST_ROWS = 50_000


def _wanted(by: Actor) -> Wanted:
    """Read from the address what the list is narrowed to."""
    asked = request.args
    place_id = asked.get("organisation", "")
    return Wanted(
        words=asked.get("words", "").strip()[:_MOST_LETTERS],
        place=places.organisation(place_id, by) if place_id else None,
        role=asked.get("role", "") if asked.get("role") in ROLES else "",
        state="out" if asked.get("state") == "out" else "",
        after=asked.get("after", "")[:26],
    )


def _link(endpoint: str, wanted: Wanted, **more: str) -> str:
    """Return the address of the same list, or of another page or form of it."""
    kept = {
        "words": wanted.words,
        "organisation": wanted.place.id if wanted.place else "",
        "role": wanted.role,
        "state": wanted.state,
    }
    asked = {name: value for name, value in (kept | more).items() if value}
    return url_for(endpoint) + (f"?{urlencode(asked)}" if asked else "")


def _list(form: SlipsForm | None = None) -> str:
    by = current_actor()
    wanted = _wanted(by)
    rows, more = people.people(by, wanted)
    return render_template(
        "directory/people.html",
        rows=rows,
        wanted=wanted,
        form=form or SlipsForm(formdata=None),
        labels=LABELS,
        first=_link("directory.listing", wanted) if wanted.after else None,
        next=_link("directory.listing", wanted, after=rows[-1].person.id) if more else None,
        file=_link("directory.file", wanted),
        chosen=set(form.person.data or ()) if form else set(),
    )


@blueprint.get("/")
@for_roles("administrator", "coordinator")
def listing() -> ResponseReturnValue:
    """Show the people that one oversees, by name, a page at a time."""
    return _list()


@blueprint.get("/people.csv")
@for_roles("administrator", "coordinator")
def file() -> ResponseReturnValue:
    """Give the same list as a file for spreadsheets."""
    by = current_actor()
    rows = people.everybody(by, _wanted(by), _MOST_ROWS)
    header = ("name", "native_name", "login", "organisation", "country", "roles", "state")
    table = (
        (
            one.person.name,
            one.person.native_name,
            one.person.login,
            one.person.organisation.name,
            one.person.organisation.country,
            " ".join(sorted({role.name for role in one.roles})),
            "out" if one.person.disabled_at else "in",
        )
        for one in rows
    )
    answer = Response(written(header, table), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return answer


@blueprint.route("/add", methods=["GET", "POST"])
@for_roles("administrator", "coordinator")
def add() -> ResponseReturnValue:
    """Add a person with their first roles."""
    by = current_actor()
    here = request.args.get("organisation", "")[:26]
    form = NewPersonForm(data={"organisation": here, "roles": ["learner"]})
    offer_places(form.organisation, by, here)
    offer_roles(form.roles, by, paths_offered(by))

    def act() -> Person:
        return admit_person(
            name=form.name.data or "",
            native_name=form.native_name.data or None,
            login=form.login.data or "",
            organisation=places.organisation(form.organisation.data or "", by),
            roles=form.roles.data or (),
            by=by,
        )

    def added(person: Person) -> str:
        flash(_("%(name)s is added. Now make a slip, so that they can sign in.", name=person.name))
        return url_for("person.page", person_id=person.id)

    return submit(
        form,
        act,
        render=lambda: render_template("directory/person_add.html", form=form),
        redirect=added,
    )


@blueprint.post("/slips/")
@for_roles("administrator", "coordinator")
def slips() -> ResponseReturnValue:
    """Write slips and show them, this once, ready to be printed."""
    by = current_actor()
    form = SlipsForm()
    made: list[Written] = []

    def act() -> None:
        chosen = list(dict.fromkeys(form.person.data or ()))
        found = people.people_to_manage(chosen[: MOST_SLIPS + 1], by)
        made.extend(write_slips(people=found, batch=form.once.data or "", by=by))

    answer = submit(form, act, render=lambda: _list(form), redirect=url_for("directory.listing"))
    if not made or answer.status_code != 303:
        return answer
    return render_template(
        "directory/slips.html",
        slips=made,
        address=f"{setting('BASE_URL')}{url_for('account.slip')}",
    )
