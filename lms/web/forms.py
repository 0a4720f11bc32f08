"""The base form of every page: CSRF, translated messages, what was refused, sent once."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.i18n import get_translations
from wtforms.validators import InputRequired, Regexp
from wtforms.widgets import HiddenInput

from lms.columns import new_id
from lms.errors import N_
from lms.web.i18n import gettext, language

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])

# WTForms' own messages, so that they are in our catalogues as well.
_BUILT_IN = (
    N_("This field is required."),
    N_("Invalid input."),
    N_("Not a valid choice."),
    N_("Not a valid integer value."),
    N_("Not a valid decimal value."),
    N_("Not a valid date value."),
)


def init_forms(app: Flask) -> None:
    """Check the CSRF token of every request that changes something."""
    csrf.init_app(app)


def without_token(view: View) -> View:
    """Take what is sent to a view without a CSRF token; outside `@reads`, as it must not change
    anything.

    Raises:
        TypeError: the view may write, so that another site could make it do so.
    """
    if not getattr(view, "reads_only", False):
        raise TypeError(f"{view.__name__} may write: it needs a token")
    csrf.exempt(view)
    return view


class _Words:
    """WTForms' built-in messages from our catalogue, else from the one WTForms brings."""

    def __init__(self) -> None:
        self._brought = None
        tag = language().tag
        if not tag.startswith("en"):
            try:
                self._brought = get_translations([tag])
            except OSError:  # WTForms has no catalogue of this language
                self._brought = None

    def gettext(self, message: str) -> str:
        ours = gettext(message)
        return self._brought.gettext(message) if self._brought and ours == message else ours

    def ngettext(self, one: str, many: str, count: int) -> str:
        # WTForms fills its placeholders itself: hand them through as they are.
        return language().plural(one, many, count)


class Form(FlaskForm):
    """What every form inherits. Labels, hints and messages are marked with `N_`; the macros
    translate them when they are shown.

    Attributes:
        refused: why a rule refused the form as a whole, shown in the error summary.
    """

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> _Words:
            return _Words()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused: list[str] = []

    def refuse(self, message: str, field: str | None = None) -> None:
        """Show `message` at `field`, or above the form where no such field is."""
        if field is not None and field in self:
            self[field].errors = [*self[field].errors, message]
        else:
            self.refused.append(message)


class CountField(IntegerField):
    """A count that a page carries along unseen: from 0 to what every database holds."""

    widget = HiddenInput()
    data: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[InputRequired()], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the count, or say that it is none."""
        super().process_formdata(valuelist)
        if self.data is not None and not 0 <= self.data < 2**31:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))


class OnceForm(Form):
    """A form whose second sending (double click, retry, Back) gets the first answer again.

    `once` is a random id made when the page is; the action stores it in a unique column.
    """

    once = HiddenField(default=new_id, validators=[Regexp(r"^[0-9a-z]{26}$")])
