"""Shape of a review: what is to be done, why, signed."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.people.forms import signing_password
from lms.psychometrics.rules.reviewing import DECISIONS
from lms.web.forms import CountField, Form


class ReviewForm(Form):
    """Keep, re-key, revise or retire, and why."""

    decision = RadioField(
        N_("What is to be done with the question?"),
        [InputRequired(N_("Choose what is to be done with the question."))],
        choices=[SelectChoice(name, said) for name, said in DECISIONS.items()],
    )
    reason = TextAreaField(
        N_("Why"),
        [InputRequired(N_("Write why: whoever reads the figures later asks.")), Length(max=1000)],
    )
    password = signing_password()
    read_number = CountField()
