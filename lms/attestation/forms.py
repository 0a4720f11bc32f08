"""The shape of what assessors enter: one form for each kind of evidence, signing, withdrawing."""

from datetime import date
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.attestation.kinds import READING
from lms.attestation.measures import CRITERIA, GLOVES, MOST_POINTS, OTHER_PLATES
from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import Form, OnceForm

_MOST = 1_000_000  # units of a batch or colonies on a plate
_NEEDED = N_("This field is required.")


def count_field(label: str, *, needed: bool = True) -> IntegerField:
    """Return a field for a whole number from 0 on."""
    first = InputRequired(_NEEDED) if needed else Optional()
    between = NumberRange(0, _MOST, N_("Enter a whole number from 0 on."))
    return IntegerField(label, [first, between])


def text_field(label: str, *, needed: bool = True, most: int = 200) -> StringField:
    """Return a field for a line of text of `most` characters."""
    first = InputRequired(_NEEDED) if needed else Optional()
    return StringField(label, [first, Length(max=most)])


def day_field(label: str, *, needed: bool = True) -> DateField:
    """Return a field for a day."""
    return DateField(label, [InputRequired(_NEEDED) if needed else Optional()])


def words_field(label: str, *, most: int = 4000) -> TextAreaField:
    """Return a field, needed, for text of `most` characters."""
    return TextAreaField(label, [InputRequired(_NEEDED), Length(max=most)])


def independent_field() -> BooleanField:
    """Return the declaration that every assessor makes."""
    return BooleanField(N_("I am not the only one who trained this learner for this."))


class AttestForm(OnceForm):
    """What all kinds write down.

    Attributes:
        seen, read: the names of the facts that the assessor saw, and that the laboratory brings.
    """

    seen: ClassVar[tuple[str, ...]] = ()
    read: ClassVar[tuple[str, ...]] = ()

    done_on = day_field(N_("Day"))
    independent = independent_field()
    reason = TextAreaField(N_("Why it is changed"), [Length(max=1000)])
    password = signing_password()

    def facts(self) -> dict[str, Any]:
        """Return what was entered, what was left empty left out."""
        found: dict[str, Any] = {}
        for name in ("done_on", *self.seen, *self.read):
            value = self[name].data
            if isinstance(value, date):
                found[name] = value.isoformat()
            elif isinstance(value, str):
                found |= {name: value.strip()} if value.strip() else {}
            elif value is not None and value is not False:
                found[name] = value
        return found


class _ReadForm(AttestForm):
    """Evidence that a laboratory reads days later."""

    read_on = day_field(N_("Day of the reading"), needed=False)
    report = text_field(N_("Number of the laboratory's report"), needed=False)


class FillForm(_ReadForm):
    """Part in an aseptic process simulation."""

    seen = ("batch", "part", "units")
    read = (*READING, "promotion", "grown")

    batch = text_field(N_("Number of the media fill"))
    part = text_field(N_("What the learner did in it"), most=500)
    units = count_field(N_("Units filled"))
    promotion = BooleanField(N_("The growth promotion test of the medium passed."))
    grown = count_field(N_("Units with growth"), needed=False)


class ManipulationForm(_ReadForm):
    """Personal media manipulation."""

    seen = ("batch", "units", "transfers")
    read = (*READING, "promotion", "grown")

    batch = text_field(N_("Lot of the medium"))
    units = count_field(N_("Units filled"), needed=False)
    transfers = count_field(N_("Transfers"), needed=False)
    promotion = BooleanField(N_("The growth promotion test of the medium passed."))
    grown = count_field(N_("Units with growth"), needed=False)


class PlatesForm(_ReadForm):
    """Plates of a gowning: colonies (CFU) at each site."""

    seen = ("batch",)
    read = (*READING, *GLOVES, *OTHER_PLATES)

    batch = text_field(N_("Lot of the plates"))
    left_glove = count_field(N_("Left glove, colonies"), needed=False)
    right_glove = count_field(N_("Right glove, colonies"), needed=False)
    left_forearm = count_field(N_("Left forearm, colonies"), needed=False)
    right_forearm = count_field(N_("Right forearm, colonies"), needed=False)
    chest = count_field(N_("Chest, colonies"), needed=False)
    hood = count_field(N_("Hood or hair cover, colonies"), needed=False)


class KitForm(AttestForm):
    """An inspection kit."""

    seen = (
        "batch",
        "units",
        "zone",
        "zone_found",
        "critical",
        "critical_found",
        "good",
        "false",
    )

    batch = text_field(N_("Number of the kit"))
    units = count_field(N_("Units in the kit"))
    zone = count_field(N_("Inspections of units in the reject zone"))
    zone_found = count_field(N_("Of these rejected"))
    critical = count_field(N_("Inspections of units with a critical defect"))
    critical_found = count_field(N_("Of these found"))
    good = count_field(N_("Inspections of good units"))
    false = count_field(N_("Of these rejected falsely"))


def _points(label: str) -> RadioField:
    return RadioField(
        label,
        [InputRequired(N_("Choose the points."))],
        choices=[SelectChoice(n, str(n)) for n in range(MOST_POINTS + 1)],
        coerce=int,
    )


class Points:
    """The four criteria of every essay."""

    technical = _points(N_("Technically right"))
    sources = _points(N_("Use of evidence and regulation"))
    risk = _points(N_("Reasoning about risk, with the patient in view"))
    clarity = _points(N_("Clear, with a conclusion that can be acted upon"))


class SecondForm(Form):
    """What a second assessor says."""

    agrees = RadioField(
        N_("Was it as attested?"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice("yes", N_("Yes, I saw it as it is written here")),
            SelectChoice("no", N_("No, something was different")),
        ],
    )
    note = TextAreaField(N_("Remark"), [Length(max=2000)])
    independent = independent_field()
    password = signing_password()


class SecondMarksForm(Points, Form):
    """What a second assessor finds alone."""

    found = CRITERIA

    note = TextAreaField(N_("Remark"), [Length(max=2000)])
    independent = independent_field()
    password = signing_password()


class WithdrawForm(OnceForm):
    """Why a piece of evidence does not count any more."""

    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Say why this evidence is withdrawn.")), Length(max=1000)],
    )
    password = signing_password()
