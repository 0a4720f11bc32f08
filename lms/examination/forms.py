"""The shape of what invigilators and candidates enter."""

from collections.abc import Iterable

from markupsafe import Markup
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from lms.errors import N_
from lms.examination.rules import DOCUMENTS
from lms.people.forms import signing_password
from lms.web.forms import CountField, Form, OnceForm

_name = Markup('<bdi translate="no">{}</bdi>').format  # names are never translated


class OpenForm(OnceForm):
    """A new sitting."""

    programme = SelectField(N_("Programme"), [InputRequired(N_("Choose the programme."))])
    place = SelectField(N_("Organisation"), [InputRequired(N_("Choose the organisation."))])
    room = StringField(N_("Room"), [InputRequired(N_("Say which room it is.")), Length(max=200)])


class IdentityForm(Form):
    """What a candidate was compared with, and what it showed."""

    document = RadioField(
        N_("Which paper did you see?"),
        [InputRequired(N_("Choose the paper that you saw."))],
        choices=[SelectChoice(value, text) for value, text in DOCUMENTS.items()],
    )
    agrees = RadioField(
        N_("Do name and photo agree with the person?"),
        [InputRequired(N_("Say whether they agree."))],
        choices=[SelectChoice("yes", N_("Yes, both agree")), SelectChoice("no", N_("No"))],
    )
    note = TextAreaField(N_("Note"), [Length(max=500)])
    read_number = CountField()


class EnterForm(Form):
    """The room code, and the password again."""

    code = StringField(
        N_("Code of the room"), [InputRequired(N_("Enter the code of the room.")), Length(max=20)]
    )
    password = PasswordField(
        N_("Your password"), [InputRequired(N_("Enter your password.")), Length(max=200)]
    )


class IncidentForm(OnceForm):
    """Something that happened."""

    about = SelectField(N_("Whom it is about"), choices=[])
    text = TextAreaField(
        N_("What happened, and what you did"),
        [InputRequired(N_("Write what happened.")), Length(max=2000)],
    )


class SignForm(Form):
    """The password, over exactly what the page showed."""

    read = HiddenField(validators=[Regexp(r"^[0-9a-f]{64}$")])
    password = signing_password()


def named(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return choices whose words are names."""
    return [SelectChoice(value, _name(text)) for value, text in pairs]
