"""Organisations: the tree, one of them, adding below it, renaming it."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.directory import actions
from lms.directory.forms import PlaceForm, RenameForm, with_countries
from lms.directory.queries import places
from lms.people.actions import add_organisation
from lms.people.models import Organisation
from lms.people.rules import may_run
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.submit import submit

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")
_MOST_LETTERS = 100


@blueprint.get("/")
@for_roles("administrator", "coordinator")
def tree() -> ResponseReturnValue:
    """Show the organisations that one oversees, as a tree or as found by words."""
    words = request.args.get("words", "").strip()[:_MOST_LETTERS]
    found, more = places.places(current_actor(), words)
    return render_template("directory/places.html", places=found, more=more, words=words)


@blueprint.get("/<organisation_id>/")
@for_roles("administrator", "coordinator")
def place(organisation_id: str) -> ResponseReturnValue:
    """Show one organisation and what is right below it."""
    by = current_actor()
    found = places.organisation(organisation_id, by)
    return render_template(
        "directory/place.html",
        place=found,
        above=places.above(found, by),
        tree=places.below(found, by),
        runs=may_run(by, found.path),
    )


@blueprint.route("/<organisation_id>/add", methods=["GET", "POST"])
@for_roles("administrator")
def add(organisation_id: str) -> ResponseReturnValue:
    """Add an organisation below one."""
    by = current_actor()
    parent = places.organisation_to_run(organisation_id, by)
    form = with_countries(PlaceForm(data={"country": parent.country}))

    def added(made: Organisation) -> str:
        flash(_("%(name)s is added.", name=made.name))
        return url_for("organisations.place", organisation_id=made.id)

    return submit(
        form,
        add_organisation,
        render=lambda: render_template(
            "directory/place_add.html", form=form, parent=parent, above=places.above(parent, by)
        ),
        redirect=added,
        name=form.name.data or "",
        country=form.country.data or "",
        parent=parent,
        by=by,
    )


@blueprint.route("/<organisation_id>/edit", methods=["GET", "POST"])
@for_roles("administrator")
def edit(organisation_id: str) -> ResponseReturnValue:
    """Rename an organisation or correct its country."""
    by = current_actor()
    found = places.organisation_to_run(organisation_id, by)
    form = RenameForm(data={"name": found.name, "country": found.country})
    with_countries(form)

    def changed(_made: Organisation) -> str:
        flash(_("Saved. Certificates that are issued keep the name they were issued under."))
        return url_for("organisations.place", organisation_id=found.id)

    return submit(
        form,
        actions.rename_organisation,
        render=lambda: render_template(
            "directory/place_edit.html", form=form, place=found, above=places.above(found, by)
        ),
        redirect=changed,
        organisation=found,
        name=form.name.data or "",
        country=form.country.data or "",
        reason=form.reason.data or "",
        by=by,
    )
