"""The shape of the sign-in form, and the field in which a password is entered again to sign."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.web.forms import Form


class SignInForm(Form):
    """Sign-in name and password."""

    login = StringField(
        N_("E-mail address or staff number"),
        [InputRequired(N_("Enter your e-mail address or staff number.")), Length(max=200)],
    )
    password = PasswordField(
        N_("Password"), [InputRequired(N_("Enter your password.")), Length(max=200)]
    )
    next = HiddenField()


def signing_password() -> PasswordField:
    """Return the field for the password that is entered again in order to sign."""
    return PasswordField(
        N_("Your password, to sign"),
        [InputRequired(N_("Enter your password, to sign.")), Length(max=200)],
    )
