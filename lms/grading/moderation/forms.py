"""The shapes of a second mark and of a moderated one: levels, words, the password."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from lms.errors import N_
from lms.grading.forms import MarkForm, SignForm


class SecondForm(MarkForm):
    """A second mark: its words are for whoever moderates."""

    comment = TextAreaField(N_("Note for whoever moderates"), [Length(max=4000)])


class ModerateForm(MarkForm, SignForm):
    """The mark that a third person sets, and why."""

    reason = TextAreaField(
        N_("Why you set this mark"),
        [InputRequired(N_("Write why you set this mark.")), Length(max=4000)],
    )
