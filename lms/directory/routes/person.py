"""One person: who they are, their roles, how they sign in; and changing each."""

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.account.queries import good_slip, has_password
from lms.account.rules import COUNTS_FOR
from lms.directory import actions
from lms.directory.forms import (
    CorrectionForm,
    ReasonForm,
    RoleForm,
    SlipsForm,
    offer_places,
    offer_roles,
    paths_offered,
)
from lms.directory.queries import people, places
from lms.errors import NotFound
from lms.people.actions import grant_role
from lms.people.models import Person, RoleHeld
from lms.people.queries import subjects_of
from lms.people.rules import LABELS, may_end, may_manage
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.submit import submit

blueprint = Blueprint("person", __name__, url_prefix="/people/<person_id>")
_THEY = for_roles("administrator", "coordinator")


def _page(person: Person, form: RoleForm | None = None) -> str:
    by = current_actor()
    subject = subjects_of([person.id])[person.id]
    slip = good_slip(person.id, clock.now())
    number, last = people.sessions(person.id)
    return render_template(
        "directory/person.html",
        person=person,
        by=by,
        managed=may_manage(by, subject),
        roles=[
            (held, may_end(by, subject, held.role, held.organisation.path))
            for held in people.roles_of(person.id, by)
        ],
        labels=LABELS,
        form=form or _role_form(person),
        slips_form=SlipsForm(formdata=None),
        has_password=has_password(person.id),
        slip_until=slip.written_at + COUNTS_FOR if slip else None,
        sessions=number,
        last_in=last,
    )


def _role_form(person: Person) -> RoleForm:
    by = current_actor()
    form = RoleForm(data={"organisation": person.organisation_id})
    offer_places(form.organisation, by, person.organisation_id)
    offer_roles(form.role, by, paths_offered(by))
    return form


@blueprint.get("/")
@_THEY
def page(person_id: str) -> ResponseReturnValue:
    """Show a person that one oversees."""
    return _page(people.person(person_id, current_actor()))


@blueprint.route("/edit", methods=["GET", "POST"])
@_THEY
def edit(person_id: str) -> ResponseReturnValue:
    """Correct names, sign-in name or organisation, with a reason."""
    by = current_actor()
    person = people.person_to_manage(person_id, by)
    form = CorrectionForm(
        data={
            "name": person.name,
            "native_name": person.native_name,
            "login": person.login,
            "organisation": person.organisation_id,
        }
    )
    offer_places(form.organisation, by, person.organisation_id)

    def act() -> Person:
        return actions.correct_person(
            person=person,
            name=form.name.data or "",
            native_name=form.native_name.data or None,
            login=form.login.data or "",
            organisation=places.organisation(form.organisation.data or "", by),
            reason=form.reason.data or "",
            by=by,
        )

    def changed(_person: Person) -> str:
        flash(_("Saved. Certificates that are issued keep the name they were issued to."))
        return url_for("person.page", person_id=person_id)

    return submit(
        form,
        act,
        render=lambda: render_template("directory/person_edit.html", form=form, person=person),
        redirect=changed,
    )


@blueprint.post("/roles")
@_THEY
def grant(person_id: str) -> ResponseReturnValue:
    """Give a person a role."""
    by = current_actor()
    person = people.person(person_id, by)
    form = _role_form(person)

    def act() -> RoleHeld:
        place = places.organisation(form.organisation.data or "", by)
        return grant_role(person=person, role=form.role.data or "", organisation=place, by=by)

    def granted(_held: RoleHeld) -> str:
        flash(_("The role is given, from now on."))
        return url_for("person.page", person_id=person_id)

    return submit(form, act, render=lambda: _page(person, form), redirect=granted)


@blueprint.route("/roles/<held_id>/end", methods=["GET", "POST"])
@_THEY
def end_role(person_id: str, held_id: str) -> ResponseReturnValue:
    """End a role, with a reason."""
    by = current_actor()
    person = people.person(person_id, by)
    held = people.role_to_end(held_id, by)
    if held.person_id != person_id:
        raise NotFound()
    form = ReasonForm()

    def ended(_held: RoleHeld) -> str:
        flash(_("The role has ended. What was done in it stays."))
        # Who ended their own may not see this person any more.
        if person_id == by.id:
            return url_for("people.home")
        return url_for("person.page", person_id=person_id)

    return submit(
        form,
        actions.end_role,
        render=lambda: render_template(
            "directory/role_end.html", form=form, person=person, held=held, labels=LABELS
        ),
        redirect=ended,
        held=held,
        reason=form.reason.data or "",
        by=by,
    )


@blueprint.route("/access", methods=["GET", "POST"])
@_THEY
def access(person_id: str) -> ResponseReturnValue:
    """Keep a person out, or let them in again, with a reason."""
    by = current_actor()
    person = people.person_to_manage(person_id, by)
    if person.id == by.id:
        raise NotFound()
    form = ReasonForm()
    is_in = person.disabled_at is None

    def changed(_person: Person) -> str:
        flash(
            _("%(name)s can no longer sign in. Their records stay.", name=person.name)
            if is_in
            else _("%(name)s can sign in again.", name=person.name)
        )
        return url_for("person.page", person_id=person_id)

    return submit(
        form,
        actions.keep_out if is_in else actions.let_in,
        render=lambda: render_template("directory/person_access.html", form=form, person=person),
        redirect=changed,
        person=person,
        reason=form.reason.data or "",
        by=by,
    )


@blueprint.post("/sessions/end")
@_THEY
def end_sessions(person_id: str) -> ResponseReturnValue:
    """Sign a person out everywhere."""
    by = current_actor()
    person = people.person_to_manage(person_id, by)

    def ended(_number: int) -> str:
        flash(_("The person is signed out everywhere."))
        return url_for("person.page", person_id=person_id)

    return submit(
        Form(),
        actions.end_all_sessions,
        render=lambda: _page(person),
        redirect=ended,
        person=person,
        by=by,
    )
