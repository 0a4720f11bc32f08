"""The shape of a mark and of a release: levels, a comment, the password entered again."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import CountField, Form
from lms.web.i18n import gettext as _


class SignForm(Form):
    """A password entered again in order to sign."""

    password = signing_password()


class ChosenForm(SignForm):
    """Several things to sign for with one password: each a ticked box named `chosen`."""

    def chosen(self) -> list[str]:
        """Return the ids that were ticked."""
        return request.form.getlist("chosen")[:500]


class PassOnForm(Form):
    """Why somebody else should mark an answer."""

    reason = TextAreaField(
        N_("Why somebody else should mark it"),
        [InputRequired(N_("Write why somebody else should look at it.")), Length(max=1000)],
    )


class MarkForm(Form):
    """A level for each criterion (fields `level-<id>` are added for the rubric at hand)."""

    comment = TextAreaField(N_("Comment for the learner"), [Length(max=4000)])
    read_number = CountField()

    def together(self) -> list[str]:
        """Return the ids of the alike answers that are marked with this one."""
        return request.form.getlist("same")[:500] if request.form.get("together") else []

    def levels(self) -> dict[str, int]:
        """Return the chosen points by criterion id; what is no level is left to the check."""
        return {
            name.removeprefix("level-"): int(field.data)
            for name, field in self._fields.items()
            if isinstance(field, RadioField) and field.data in {one.value for one in field.choices}
        }


def mark_form(
    criteria: Sequence[Mapping[str, Any]], base: type[MarkForm] = MarkForm, **kwargs: Any
) -> Any:
    """Return a mark form, or one that builds on it, with a field for each criterion of a rubric."""
    fields = {
        f"level-{criterion['id']}": RadioField(
            criterion["title"],
            [InputRequired(_("%(criterion)s: choose a level.", criterion=criterion["title"]))],
            choices=[SelectChoice(str(p), text) for p, text in enumerate(criterion["levels"])],
        )
        for criterion in criteria
    }
    return type("RubricForm", (base,), fields)(**kwargs)
