"""The shapes of an appeal and of its decision."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.grading.appeals.queries import Written
from lms.grading.forms import SignForm
from lms.web.forms import Form

STANDS, CHANGES = "stands", "changes"


class AppealForm(Form):
    """Why a learner sees a result otherwise."""

    reason = TextAreaField(
        N_("What you see otherwise, and why"),
        [InputRequired(N_("Write what you see otherwise.")), Length(max=4000)],
    )


class DecisionForm(SignForm):
    """It stands, or marks change (fields `level-<item>-<criterion>` for the rubrics at hand)."""

    decision = RadioField(
        N_("What do you find?"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice(STANDS, N_("The result stands")),
            SelectChoice(CHANGES, N_("The marks change, as chosen below")),
        ],
    )
    note = TextAreaField(
        N_("Why, for the learner"),
        [InputRequired(N_("Write why: the learner reads it.")), Length(max=4000)],
    )

    def levels(self, answers: Sequence[Written]) -> dict[str, dict[str, int]]:
        """Return the chosen points by answer and criterion; what is no level is left out."""
        return {
            one.item.id: {
                criterion["id"]: int(data)
                for criterion in one.key.key["criteria"]
                if (data := self[f"level-{one.item.id}-{criterion['id']}"].data) in _POINTS
            }
            for one in answers
        }


_POINTS = frozenset("01234")


def decision_form(answers: Sequence[Written], **kwargs: Any) -> DecisionForm:
    """Return the form with the levels that stand already chosen."""
    fields = {
        f"level-{one.item.id}-{criterion['id']}": RadioField(
            criterion["title"],
            choices=[SelectChoice(str(p), text) for p, text in enumerate(criterion["levels"])],
            default=str(one.mark.levels.get(criterion["id"], "")),
            validate_choice=False,
        )
        for one in answers
        for criterion in one.key.key["criteria"]
    }
    form: DecisionForm = type("AnswersForm", (DecisionForm,), fields)(**kwargs)
    return form
