"""The shapes of an anchor (text, levels, reasons, password), its withdrawal, a marker's try."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.grading.forms import MarkForm, mark_form
from lms.people.forms import signing_password
from lms.web.forms import Form
from lms.web.i18n import gettext as _


class TryForm(MarkForm):
    """A level for each criterion of an anchor; `read_number` is the number of the try."""

    comment = None


class AnchorForm(MarkForm):
    """An answer with its agreed levels (fields `level-<id>`) and reasons (`reason-<id>`)."""

    comment = None
    text = TextAreaField(
        N_("The answer"), [InputRequired(N_("Write the answer.")), Length(max=8000)]
    )
    item = HiddenField()
    password = signing_password()

    def reasons(self) -> dict[str, str]:
        """Return the reasons by criterion id."""
        return {
            name.removeprefix("reason-"): field.data or ""
            for name, field in self._fields.items()
            if name.startswith("reason-")
        }


class WithdrawForm(Form):
    """Why a calibration answer is withdrawn."""

    reason = TextAreaField(
        N_("Why it is withdrawn"),
        [InputRequired(N_("Write why it is withdrawn.")), Length(max=1000)],
    )


def anchor_form(criteria: Sequence[Mapping[str, Any]], **kwargs: Any) -> Any:
    """Return an anchor's form with a level and a reason for each criterion of a rubric."""
    reasons = {
        f"reason-{criterion['id']}": TextAreaField(
            _("Why this level: %(criterion)s", criterion=criterion["title"]),
            [
                InputRequired(
                    _("Write why “%(criterion)s” has this level.", criterion=criterion["title"])
                ),
                Length(max=1000),
            ],
        )
        for criterion in criteria
    }
    form = mark_form(criteria, type("ReasonedForm", (AnchorForm,), reasons), **kwargs)
    # Mistakes are told in the order of the page, and one signs at its end.
    form._fields["password"] = form._fields.pop("password")
    return form
