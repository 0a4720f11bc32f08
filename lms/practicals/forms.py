"""The shape of what practicals' pages send: taps, the plain checklist, signatures, reasons."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from lms.errors import N_
from lms.people.forms import signing_password
from lms.practicals.standing import CLOSER
from lms.web.forms import Form

LARGEST_TAP = 32 * 1024  # bytes of one tap: the longest note in any script
FORM = "form-"  # how the plain form's client names begin; no script uses them


def _script(client: str) -> str:
    if client.startswith(FORM) or client == CLOSER:
        raise ValueError("a name that no script has")
    return client


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("a character that no database keeps")
    return text


def _moment(text: str) -> str:
    datetime.fromisoformat(text)  # a ValueError says that there is no such day or hour
    return text


class SentTap(BaseModel):
    """One tap as the page's script sends it: nothing is converted, what it never sends left out."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    client: Annotated[str, Field(pattern=r"^[0-9a-z-]{4,40}$"), AfterValidator(_script)]
    sequence: Annotated[int, Field(ge=1, lt=2**31)]
    subject: Annotated[str, Field(pattern=r"^[a-z0-9:-]{1,100}$")]
    value: Annotated[str, Field(max_length=4000), AfterValidator(_storable)]
    tapped: Annotated[
        str,
        Field(pattern=r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$"),
        AfterValidator(_moment),
    ]


class SignForm(Form):
    """A password entered again to sign a sheet, by its observer."""

    read = HiddenField(validators=[Regexp(r"^[0-9a-f]{64}$")])
    note = TextAreaField(N_("Remark"), [Length(max=2000)])
    independent = BooleanField(N_("I did not train this learner for this practical."))
    password = signing_password()

    @property
    def yes(self) -> bool:
        """Tell whether the person agrees with the sheet."""
        return "agrees" not in self or self["agrees"].data == "yes"


class SecondForm(SignForm):
    """A second assessor agrees with what is on the sheet, or says what was different."""

    agrees = RadioField(
        N_("Was it as this sheet says?"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice("yes", N_("Yes, I observed it as it is written here")),
            SelectChoice("no", N_("No, something was different")),
        ],
    )


class LearnerForm(SignForm):
    """The learner countersigns, or objects in words."""

    independent = None  # so WTForms leaves an inherited field out
    agrees = RadioField(
        N_("Is this how it went?"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice("yes", N_("Yes, this is how it went")),
            SelectChoice("no", N_("No, I object and say why")),
        ],
    )


class SetAsideForm(Form):
    """Why a sheet ends without a result."""

    reason = TextAreaField(
        N_("Reason"), [InputRequired(N_("Say why this sheet is set aside.")), Length(max=1000)]
    )


def form_for(part: str, **kwargs: object) -> SignForm:
    """Return the form by which an observer, a second assessor or a learner signs."""
    kinds = {"observer": SignForm, "second": SecondForm, "learner": LearnerForm}
    form: SignForm = kinds[part](**kwargs)
    return form
