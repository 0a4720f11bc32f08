"""The shapes of a proposal and of a decision, each signed with the password."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from lms.errors import N_
from lms.people.forms import signing_password
from lms.regrade.queries import Used
from lms.regrade.rules import DECLINED, EFFECTIVE, POLICIES
from lms.web.forms import Form
from lms.web.i18n import ngettext


class RunForm(Form):
    """Which questions, under which policy, why."""

    questions = SelectMultipleField(
        N_("Questions to score anew"),
        [InputRequired(N_("Choose at least one question."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    policy = RadioField(
        N_("How to score"),
        [InputRequired(N_("Choose how to score."))],
        choices=[SelectChoice(name, said) for name, said in POLICIES.items()],
    )
    reason = TextAreaField(
        N_("Why, for everybody whose result it touches"),
        [InputRequired(N_("Write why: the learners read it.")), Length(max=1000)],
    )
    password = signing_password()


def run_form(used: Sequence[Used], **kwargs: Any) -> RunForm:
    """Return the form with a box for each question that anybody answered."""
    form = RunForm(**kwargs)
    form.questions.choices = [SelectChoice(one.question.id, _label(one)) for one in used]
    return form


def _label(one: Used) -> Markup:
    code = Markup('<bdi dir="ltr" class="code" translate="no">{}</bdi>').format(one.question.code)
    answers = ngettext("%(num)s answer", "%(num)s answers", one.answers)
    said = Markup("{} <span class='hush'>{}</span>").format(code, escape(answers))
    if one.by_hand:
        by_hand = ngettext(
            "%(num)s of them marked by a person", "%(num)s of them marked by a person", one.by_hand
        )
        said += Markup(" <span class='hush'>{}</span>").format(escape(by_hand))
    if not one.older:
        return said
    older = ngettext(
        "%(num)s of them scored by an older key",
        "%(num)s of them scored by an older key",
        one.older,
    )
    return said + Markup(" <strong>{}</strong>").format(older)


class DecisionForm(Form):
    """Carry it out or decline it."""

    decision = RadioField(
        N_("What is to be done?"),
        [InputRequired(N_("Choose what is to be done."))],
        choices=[
            SelectChoice(EFFECTIVE, N_("Carry it out now")),
            SelectChoice(DECLINED, N_("Decline it: nothing changes")),
        ],
    )
    note = TextAreaField(N_("Remark"), [Length(max=1000)])
    password = signing_password()
