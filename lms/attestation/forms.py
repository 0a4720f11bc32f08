"""The shape of what assessors enter: one form for each kind of evidence, signing, withdrawing."""

from datetime import date
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.attestation.kinds import GLOVES, OTHER_PLATES, READING
from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import Form, OnceForm

_MOST = 1_000_000  # units of a batch or colonies on a plate
_NEEDED = N_("This field is required.")


def _count(label: str, *, needed: bool = True) -> IntegerField:
    first = InputRequired(_NEEDED) if needed else Optional()
    between = NumberRange(0, _MOST, N_("Enter a whole number from 0 on."))
    return IntegerField(label, [first, between])


def _text(label: str, *, needed: bool = True, most: int = 200) -> StringField:
    first = InputRequired(_NEEDED) if needed else Optional()
    return StringField(label, [first, Length(max=most)])


def _day(label: str, *, needed: bool = True) -> DateField:
    return DateField(label, [InputRequired(_NEEDED) if needed else Optional()])


def _independent() -> BooleanField:
    return BooleanField(N_("I am not the only one who trained this learner for this."))


class AttestForm(OnceForm):
    """What all kinds write down.

    Attributes:
        seen, read: the names of the facts that the assessor saw, and that the laboratory brings.
    """

    seen: ClassVar[tuple[str, ...]] = ()
    read: ClassVar[tuple[str, ...]] = ()

    done_on = _day(N_("Day"))
    independent = _independent()
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

    read_on = _day(N_("Day of the reading"), needed=False)
    report = _text(N_("Number of the laboratory's report"), needed=False)


class FillForm(_ReadForm):
    """Part in an aseptic process simulation."""

    seen = ("batch", "part", "units")
    read = (*READING, "promotion", "grown")

    batch = _text(N_("Number of the media fill"))
    part = _text(N_("What the learner did in it"), most=500)
    units = _count(N_("Units filled"))
    promotion = BooleanField(N_("The growth promotion test of the medium passed."))
    grown = _count(N_("Units with growth"), needed=False)


class ManipulationForm(_ReadForm):
    """Personal media manipulation."""

    seen = ("batch", "units", "transfers")
    read = (*READING, "promotion", "grown")

    batch = _text(N_("Lot of the medium"))
    units = _count(N_("Units filled"), needed=False)
    transfers = _count(N_("Transfers"), needed=False)
    promotion = BooleanField(N_("The growth promotion test of the medium passed."))
    grown = _count(N_("Units with growth"), needed=False)


class PlatesForm(_ReadForm):
    """Plates of a gowning: colonies (CFU) at each site."""

    seen = ("batch",)
    read = (*READING, *GLOVES, *OTHER_PLATES)

    batch = _text(N_("Lot of the plates"))
    left_glove = _count(N_("Left glove, colonies"), needed=False)
    right_glove = _count(N_("Right glove, colonies"), needed=False)
    left_forearm = _count(N_("Left forearm, colonies"), needed=False)
    right_forearm = _count(N_("Right forearm, colonies"), needed=False)
    chest = _count(N_("Chest, colonies"), needed=False)
    hood = _count(N_("Hood or hair cover, colonies"), needed=False)


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

    batch = _text(N_("Number of the kit"))
    units = _count(N_("Units in the kit"))
    zone = _count(N_("Inspections of units in the reject zone"))
    zone_found = _count(N_("Of these rejected"))
    critical = _count(N_("Inspections of units with a critical defect"))
    critical_found = _count(N_("Of these found"))
    good = _count(N_("Inspections of good units"))
    false = _count(N_("Of these rejected falsely"))


class DefenceForm(AttestForm):
    """An oral or observed defence."""

    seen = ("way", "subject", "asked", "outcome")

    way = RadioField(
        N_("How"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice("oral", N_("In an interview")),
            SelectChoice("observed", N_("Observed at work")),
        ],
    )
    subject = _text(N_("What was defended"), most=500)
    asked = TextAreaField(
        N_("What was asked, and what the learner answered"),
        [InputRequired(_NEEDED), Length(max=4000)],
    )
    outcome = RadioField(
        N_("Outcome"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[SelectChoice("passed", N_("Passed")), SelectChoice("failed", N_("Not passed"))],
    )


FORMS: dict[str, type[AttestForm]] = {
    "APS": FillForm,
    "GP": PlatesForm,
    "PM": ManipulationForm,
    "IK": KitForm,
    "OD": DefenceForm,
}
_DAYS = ("done_on", "read_on")


def form_for(kind: str, facts: dict[str, Any] | None = None) -> AttestForm:
    """Return the form of a kind, filled with what was entered before."""
    known = facts or {}
    return FORMS[kind](
        data={n: date.fromisoformat(v) if n in _DAYS else v for n, v in known.items()}
    )


def labelled(kind: str, facts: dict[str, Any]) -> list[tuple[str, Any, bool]]:
    """Return facts with the labels under which they were entered, in the form's order.

    A choice comes as the words chosen, a day as a day, what was ticked as True; last whether it
    is in somebody's own words.
    """
    form = form_for(kind, facts)
    names = ("done_on", *form.seen, *form.read)
    return [
        (form[n].label.text, _said(form[n]), isinstance(form[n], StringField))
        for n in names
        if n in facts
    ]


def _said(field: Field) -> Any:
    if isinstance(field, RadioField):
        return {value: label for value, label, *_more in field.iter_choices()}[field.data]
    return field.data


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
    independent = _independent()
    password = signing_password()


class WithdrawForm(OnceForm):
    """Why a piece of evidence does not count any more."""

    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Say why this evidence is withdrawn.")), Length(max=1000)],
    )
    password = signing_password()
