"""The form that changes how a certificate stands: what, why, the password."""

from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from certificates.rules import ActKind, State
from lms.api.acts import N_
from lms.api.web import CountField, Form, signing_password

# What may be chosen in each state; a second person's yes or no has words of its own.
CHOICES: dict[State, list[tuple[ActKind, str]]] = {
    "sealed": [("suspended", N_("Suspend it from today: it is not to be relied on meanwhile"))],
    "suspended": [
        ("reinstatement-proposed", N_("Propose to reinstate it: what it says is right")),
        ("revocation-proposed", N_("Propose to revoke it for good")),
    ],
    "to-revoke": [
        ("revoked", N_("I agree: revoke it for good")),
        ("proposal-declined", N_("I do not agree: it stays suspended")),
    ],
    "to-reinstate": [
        ("reinstated", N_("I agree: reinstate it")),
        ("proposal-declined", N_("I do not agree: it stays suspended")),
    ],
}


class StandingForm(Form):
    """What to do with a certificate, signed."""

    act = RadioField(N_("What is to be done?"), [InputRequired(N_("Choose what is to be done."))])
    why = TextAreaField(
        N_("Why"), [InputRequired(N_("Write why: it stays on record.")), Length(max=1000)]
    )
    read_number = CountField()
    password = signing_password()


def standing_form(state: State, **kwargs: Any) -> StandingForm:
    """Return the form with what may be chosen in this state."""
    form = StandingForm(**kwargs)
    form.act.choices = [SelectChoice(kind, said) for kind, said in CHOICES.get(state, ())]
    return form
