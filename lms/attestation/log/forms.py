"""The shape of an entry of a workplace log, and of what a supervisor says to it."""

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.attestation.log.actions import Work
from lms.attestation.rules import Clause
from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import Form, OnceForm

_NEEDED = N_("This field is required.")


class EntryForm(OnceForm):
    """What a learner writes down of a piece of work; `task` is there where the log has tasks."""

    done_on = DateField(N_("Day"), [InputRequired(_NEEDED)])
    task = SelectField(N_("Task"))
    hours = DecimalField(N_("Hours"), [InputRequired(_NEEDED)], places=None)
    codes = StringField(N_("Numbers of lots and equipment"), [Length(max=200)])
    text = TextAreaField(N_("What you did"), [InputRequired(_NEEDED), Length(max=4000)])
    supervisor = StringField(N_("Who supervised you"), [InputRequired(_NEEDED), Length(max=200)])

    def work(self) -> Work:
        """Return what was entered."""
        return Work(
            done_on=self.done_on.data,
            task=self.task.data if "task" in self else "",
            hours=self.hours.data,
            codes=(self.codes.data or "").strip(),
            text=(self.text.data or "").strip(),
            supervisor=(self.supervisor.data or "").strip(),
        )


class ChangeForm(EntryForm):
    """An entry written anew, or taken back."""

    withdrawn = BooleanField(N_("Take this entry back: it does not belong here."))


def entry_form(
    form: type[EntryForm], clause: Clause, titles: dict[str, str], **kwargs: object
) -> EntryForm:
    """Return the form of an entry with the tasks of its log.

    Args:
        titles: of competencies by id.
    """
    made = form(**kwargs)
    tasks = clause.get("tasks")
    if not tasks:
        del made.task
        return made
    made.task.choices = [SelectChoice(one, f"{titles.get(one, one)} ({one})") for one in tasks]
    return made


class AnswerForm(Form):
    """What a supervisor says to an entry."""

    accepts = RadioField(
        N_("Was it so?"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice("yes", N_("Yes: it was done as it is written here")),
            SelectChoice("no", N_("No: it goes back")),
        ],
    )
    reason = TextAreaField(N_("Reason"), [Length(max=1000)])
    password = signing_password()
