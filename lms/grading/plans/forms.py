"""The shape of a plan: lessons ticked, what to learn again in words, the password."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from lms.curriculum.models import Lesson
from lms.errors import N_
from lms.grading.forms import SignForm
from lms.web.forms import CountField


class PlanForm(SignForm):
    """What to learn again before one more attempt."""

    lessons = SelectMultipleField(
        N_("Lessons to read again"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    text = TextAreaField(
        N_("What to learn again, and how you will see that it is learnt"),
        [InputRequired(N_("Write what to learn again.")), Length(max=4000)],
    )
    read_number = CountField()


def plan_form(lessons: Sequence[Lesson], **kwargs: Any) -> PlanForm:
    """Return a plan's form with a box for each lesson of the module."""
    form = PlanForm(**kwargs)
    # Mistakes are told in the order of the page, and one signs at its end.
    form._fields["password"] = form._fields.pop("password")
    name = Markup('<bdi translate="no">{}</bdi>').format  # a title is content, never translated
    form.lessons.choices = [(lesson.code, name(lesson.title)) for lesson in lessons]
    return form
