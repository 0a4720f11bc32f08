"""The shape of a blinded panel as it is made, and of a candidate's values and its scoring."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.attestation.forms import independent_field, text_field
from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import Form, OnceForm


class PanelForm(OnceForm):
    """A panel to be sealed."""

    title = text_field(N_("Name of the panel"))
    sort = RadioField(
        N_("What is found in each sample"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice("number", N_("A value, within a tolerance of its reference")),
            SelectChoice("class", N_("A class, such as genuine or falsified")),
        ],
    )
    unit = StringField(N_("Unit of the values"), [Length(max=30)])
    samples = TextAreaField(
        N_("Samples, one a line"),
        [InputRequired(N_("This field is required.")), Length(max=10_000)],
    )
    password = signing_password()


class ScoreForm(Form):
    """An assessor's signature to what a panel came to."""

    independent = independent_field()
    password = signing_password()


class ValuesForm(Form):
    """A candidate's values; a field for each code is added by `values_form`."""

    sure = BooleanField(
        N_("These are my values. I cannot change them afterwards."),
        [InputRequired(N_("Tick this when your values are final."))],
    )

    def given(self, codes: list[str]) -> dict[str, str]:
        """Return what was typed for each code."""
        return {code: self[f"value-{at}"].data or "" for at, code in enumerate(codes)}


def values_form(codes: list[str]) -> ValuesForm:
    """Return the form with a field for each sample, by its code."""
    fields: Mapping[str, Any] = {
        f"value-{at}": StringField(code, [Length(max=60)]) for at, code in enumerate(codes)
    }
    form: ValuesForm = type("ValuesOf", (ValuesForm,), dict(fields))()
    return form


def value_fields(form: ValuesForm) -> list[Field]:
    """Return the fields of the samples in their order."""
    return [one for one in form if one.short_name.startswith("value-")]
