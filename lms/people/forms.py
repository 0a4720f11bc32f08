"""The shape of the sign-in form and of a password entered again."""

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
