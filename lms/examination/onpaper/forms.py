"""The shape of what is entered about sheets; the answers themselves are the kinds' own fields."""

from typing import Any

from wtforms import DateTimeLocalField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import CountField, Form


def _time(label: str) -> Any:
    return DateTimeLocalField(label, [InputRequired(N_("Enter day and time."))])


class SeatForm(Form):
    """Why a candidate writes on paper, over the invigilator's password."""

    reason = StringField(
        N_("Why on paper"), [InputRequired(N_("Say in a few words why.")), Length(max=300)]
    )
    password = signing_password()


class TimesForm(Form):
    """When a sheet was written."""

    began_at = _time(N_("Began to write (UTC)"))
    ended_at = _time(N_("Gave the sheet back (UTC)"))
    read_number = CountField()


class SheetForm(Form):
    """The answers of a sheet: its fields are those of the questions."""


class SettleForm(Form):
    """Which of two entries shows what stands on the sheet."""

    entry = RadioField(
        N_("What stands on the sheet?"),
        [InputRequired(N_("Choose the entry that shows the sheet."))],
        choices=[SelectChoice("1", N_("Entry 1")), SelectChoice("2", N_("Entry 2"))],
    )
    reason = StringField(
        N_("How you see it"), [InputRequired(N_("Say in a few words why.")), Length(max=300)]
    )
    read_number = CountField()


class TakeOverForm(Form):
    """The password, over what two people read."""

    password = signing_password()
