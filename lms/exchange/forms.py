"""The shapes of a file of questions and of what is taken away from its report."""

from wtforms import FileField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.errors import N_
from lms.exchange.bounds import ENCODINGS
from lms.exchange.reading import FORMATS
from lms.web.forms import Form


class BringForm(Form):
    """A file of questions; its format and encoding where they have to be said."""

    file = FileField(N_("File with questions"), [InputRequired(N_("Choose a file."))])
    format = SelectField(
        N_("Format"),
        default="",
        choices=[
            SelectChoice("", N_("Find out from the file")),
            *(SelectChoice(name, said) for name, said in FORMATS.items()),
        ],
    )
    encoding = SelectField(
        N_("Encoding of a text file"),
        default="",
        choices=[
            SelectChoice("", "UTF-8"),
            *(SelectChoice(one, one.upper()) for one in ENCODINGS[1:]),
        ],
        description=N_("Change it only if the file is not UTF-8."),
    )


class KeepForm(Form):
    """What a report held, signed, so that nothing has to be stored meanwhile."""

    token = HiddenField()


class TakeForm(Form):
    """Which questions are taken away, in which format."""

    lesson = HiddenField()
    format = HiddenField(validators=[InputRequired(N_("Choose a format."))])
