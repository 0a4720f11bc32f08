"""The shape of what an attempt's page sends; the answers themselves are the kinds' own fields."""

from wtforms import HiddenField, IntegerField
from wtforms.validators import Length, NumberRange, Regexp

from lms.web.forms import Form


class AttemptForm(Form):
    """The plain form: which page it is, and what it had seen."""

    client = HiddenField(validators=[Regexp(r"^[0-9a-z-]{4,40}$")])
    seen = IntegerField(validators=[NumberRange(min=0)])


class TakeOverForm(Form):
    """Another tab or device goes on."""

    client = HiddenField(validators=[Regexp(r"^[0-9a-z-]{4,40}$"), Length(max=40)])
