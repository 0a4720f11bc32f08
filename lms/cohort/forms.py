"""The shapes of enrolling, of ending an enrolment, of a roster and of its confirmation."""

from wtforms import FileField, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.web.forms import Form


class EnrolForm(Form):
    """Whom to enrol, in what, by whom sent and taught; the page fills in the choices."""

    people = SelectMultipleField(N_("People"), validate_choice=False)
    what = SelectField(N_("Module or programme"), [InputRequired(N_("Choose what to learn."))])
    sending = SelectField(N_("Sending organisation"))
    delivering = SelectField(
        N_("Delivering organisation"), [InputRequired(N_("Choose who teaches."))]
    )


class EndForm(Form):
    """Why an enrolment ends."""

    reason = TextAreaField(
        N_("Why does it end?"),
        [InputRequired(N_("Say why it ends.")), Length(max=500)],
        description=N_("For example: left the company, enrolled by mistake. It is kept on record."),
    )


class RosterForm(Form):
    """A roster, as a file or pasted."""

    file = FileField(N_("CSV file"))
    text = TextAreaField(
        N_("Or paste the rows"),
        description=N_("Copied from a spreadsheet, with the row of headings."),
    )


class ConfirmForm(Form):
    """The roster of a preview, signed by the server."""

    token = HiddenField(validators=[InputRequired()])
