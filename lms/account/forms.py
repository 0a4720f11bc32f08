"""The shape of using a slip, of a new password and of a language."""

from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.web.forms import Form

_NEW = N_("At least 10 characters. A short sentence that nobody else would say is good.")


class SlipForm(Form):
    """What is printed on a slip, and the password that its holder chooses."""

    login = StringField(
        N_("Sign-in name on the slip"),
        [InputRequired(N_("Enter the sign-in name that stands on your slip.")), Length(max=200)],
    )
    code = StringField(
        N_("Code on the slip"),
        [InputRequired(N_("Enter the code that stands on your slip.")), Length(max=40)],
        description=N_("12 letters and digits. Capitals, blanks and dashes do not matter."),
    )
    password = PasswordField(
        N_("Your new password"),
        [InputRequired(N_("Choose a password.")), Length(max=200)],
        description=_NEW,
    )


class PasswordForm(Form):
    """The old password and the new one."""

    current = PasswordField(
        N_("Your password now"),
        [InputRequired(N_("Enter the password that you have now.")), Length(max=200)],
    )
    password = PasswordField(
        N_("Your new password"),
        [InputRequired(N_("Choose a password.")), Length(max=200)],
        description=_NEW,
    )


class LanguageForm(Form):
    """One of the languages on offer."""

    locale = SelectField(N_("Language"), validate_choice=True)
