"""The shape of what coordinators and owners say about markers: approvals, and reasons."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.grading.forms import SignForm
from lms.people.models import Person
from lms.web.forms import Form


class ReasonForm(Form):
    """Why something is done about a marker."""

    reason = TextAreaField(N_("Why"), [InputRequired(N_("Write why.")), Length(max=1000)])


class ApproveForm(SignForm):
    """Who may mark which module, and on what experience."""

    person = SelectField(N_("Instructor"))
    module = SelectField(N_("Module"))
    reason = TextAreaField(
        N_("On what experience"),
        [
            InputRequired(N_("Write on what experience you approve this person.")),
            Length(max=1000),
        ],
    )


def approve_form(people: Sequence[Person], modules: Sequence[tuple[str, str]]) -> Any:
    """Return an approval's form with the instructors and modules to choose from."""
    form = ApproveForm()
    form._fields["password"] = form._fields.pop("password")  # one signs at the end
    form.person.choices = [(one.id, one.name) for one in people]
    form.module.choices = list(modules)
    return form
