"""The shapes of extra time, of more minutes, and of a void with its decision."""

from collections.abc import Mapping

from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from lms.accommodation.rules import DECLINED, GROUNDS, INTERRUPTIONS, REASONS, VOIDED
from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import Form, OnceForm

_NOTE = 300


def _why(label: str, choices: Mapping[str, str]) -> RadioField:
    return RadioField(
        label,
        [InputRequired(N_("Choose a reason."))],
        choices=[SelectChoice(name, said) for name, said in choices.items()],
    )


class GrantForm(OnceForm):
    """How much extra time, why, from when until when."""

    percent = IntegerField(
        N_("Extra time in percent"),
        [InputRequired(N_("Enter the percent as a whole number."))],
        description=N_("Of each paper's own time, on top of it: 25 makes 60 minutes 75."),
    )
    category = _why(N_("Why"), REASONS)
    note = StringField(
        N_("Remark"),
        [Length(max=_NOTE)],
        description=N_("No diagnosis. Only those who can give extra time read it."),
    )
    valid_from = DateField(N_("From"), [InputRequired(N_("Enter the first day."))])
    valid_until = DateField(
        N_("Until"), [Optional()], description=N_("The last day. Leave it empty for no end.")
    )
    password = signing_password()


class EndForm(OnceForm):
    """End a learner's extra time."""

    note = StringField(N_("Remark"), [Length(max=_NOTE)])
    password = signing_password()


class ExtendForm(OnceForm):
    """More minutes for a running attempt."""

    minutes = IntegerField(
        N_("Minutes to add"), [InputRequired(N_("Enter the minutes as a whole number."))]
    )
    category = _why(N_("Why"), INTERRUPTIONS)
    note = StringField(N_("Remark"), [Length(max=_NOTE)])


class VoidForm(Form):
    """Why an attempt is not to count, and what that does to the learner's chances."""

    category = _why(N_("Why"), GROUNDS)
    reason = TextAreaField(
        N_("What happened"),
        [InputRequired(N_("Write what happened.")), Length(max=2000)],
        description=N_(
            "For the second person and for the record. The learner reads the word above."
        ),
    )
    gives_back = RadioField(
        N_("The learner's chance"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice("yes", N_("Given back: this attempt stands in nobody's way")),
            SelectChoice("no", N_("Used: it counts as one of the attempts")),
        ],
    )
    password = signing_password()


class DecisionForm(Form):
    """Void it or decline."""

    decision = RadioField(
        N_("What is to be done?"),
        [InputRequired(N_("Choose what is to be done."))],
        choices=[
            SelectChoice(VOIDED, N_("Void the attempt now")),
            SelectChoice(DECLINED, N_("Decline it: nothing changes")),
        ],
    )
    note = TextAreaField(N_("Remark"), [Length(max=1000)])
    password = signing_password()
