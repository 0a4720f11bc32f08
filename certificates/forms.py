"""The forms of the verification: nothing in them changes anything, so they carry no token."""

from typing import Any

from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Optional

from certificates.numbers import read_list
from certificates.presenting import MOST_NUMBERS
from lms.api.acts import N_
from lms.api.web import Form, say

LONGEST_LIST = 100_000  # characters of a pasted list


class ListForm(Form):
    """A pasted list of numbers, and the day that it is asked for.

    Attributes:
        found: the numbers in their order, once the form is valid.
        rest: what stood among them and is none.
    """

    class Meta(Form.Meta):
        csrf = False

    found: list[str]
    rest: list[str]

    numbers = TextAreaField(
        N_("Certificate numbers"),
        [InputRequired(N_("Paste at least one certificate number."))],
    )
    on = DateField(N_("On which day? Leave empty for today."), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the shape, then find the numbers and count them."""
        if not super().validate(extra_validators):
            return False
        self.found, self.rest = read_list(self.numbers.data or "")
        if not self.found:
            self.refuse(N_("There is no certificate number in this text."), "numbers")
        elif len(self.found) > MOST_NUMBERS:
            too_many = N_("These are %(count)s numbers; at most %(most)s are checked at once.")
            self.refuse(say(too_many, count=len(self.found), most=MOST_NUMBERS), "numbers")
        return not self.errors
