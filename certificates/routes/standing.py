"""Pages of those who decide about certificates: what is suspended, and one certificate's acts."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certificates.status import actions, queries
from certificates.status.forms import standing_form
from lms.api.web import current_actor, for_roles, password_checked, submit
from lms.api.web import gettext as _

status_pages = Blueprint(
    "standing", __name__, template_folder="../templates", url_prefix="/certificates"
)


@status_pages.get("/suspended/")
@for_roles(*queries.DECIDERS)
def suspended() -> ResponseReturnValue:
    """List the suspended certificates that one may decide about."""
    return render_template(
        "certificates/suspended.html", standings=queries.withheld(current_actor())
    )


@status_pages.route("/<number>/standing", methods=["GET", "POST"])
@for_roles(*queries.DECIDERS)
def change(number: str) -> ResponseReturnValue:
    """Show what was done to a certificate; take the next act, signed."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    standing = queries.decidable(by, number)
    form = standing_form(standing.state, data={"read_number": len(standing.acts)})

    def render() -> str:
        now = queries.decidable(by, number)
        mine = now.acts[-1].acted_by == by.id
        return render_template("certificates/standing.html", form=form, one=now, mine=mine)

    def changed(_act: Any) -> str:
        flash(_("It is signed and on record."))
        return url_for("standing.change", number=number)

    return submit(
        form,
        actions.change_standing,
        render=render,
        redirect=changed,
        number=number,
        kind=form.act.data,
        why=form.why.data or "",
        read_number=form.read_number.data or 0,
        checked=checked,
        by=by,
    )
