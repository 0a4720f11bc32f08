"""Shapes of a panel: its purpose, a number for each question, a signature."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from lms.curriculum.models import Question
from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import Form
from lms.web.i18n import gettext as _


class SignForm(Form):
    """A password entered again in order to sign."""

    password = signing_password()


class PanelForm(SignForm):
    """What the cut is for."""

    purpose = TextAreaField(
        N_("What the cut is for, and who is barely competent"),
        [InputRequired(N_("Write what the cut is for.")), Length(max=1000)],
    )


class RatingForm(SignForm):
    """A number for each question (fields `rate-<id>` are added for the panel at hand)."""

    def ratings(self) -> dict[str, int]:
        """Return the numbers by question; what is none is left out."""
        return {
            name.removeprefix("rate-"): field.data
            for name, field in self._fields.items()
            if name.startswith("rate-") and field.data is not None
        }


def rating_form(questions: Iterable[Question], **kwargs: Any) -> Any:
    """Return a rating form with a field for each question."""
    fields = {
        f"rate-{one.id}": IntegerField(
            Markup('<bdi dir="ltr" class="code" translate="no">{}</bdi>').format(one.code),
            [
                InputRequired(_("%(code)s: give a number.", code=one.code)),
                NumberRange(0, 100, _("%(code)s: give a number from 0 to 100.", code=one.code)),
            ],
        )
        for one in questions
    }
    return type("QuestionsForm", (RatingForm,), fields)(**kwargs)
