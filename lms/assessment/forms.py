"""The shape of what an attempt's page sends; the answers themselves are the kinds' own fields."""

from typing import Annotated

from flask import request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from wtforms import HiddenField
from wtforms.validators import NoneOf, Regexp

from lms.assessment.standing import CLOSER, PAPER, is_form
from lms.web.forms import CountField, Form

LARGEST_ANSWER = 256 * 1024  # bytes of a saved answer: 10 000 words in any script
_CLIENT = r"^[0-9a-z-]{4,40}$"
_NOBODY = (CLOSER, PAPER)  # no page, no script goes by these names


def _script(client: str) -> str:
    if is_form(client) or client in _NOBODY:
        raise ValueError("a name that no script has")
    return client


Client = Annotated[str, Field(pattern=_CLIENT), AfterValidator(_script)]
Count = Annotated[int, Field(ge=0, lt=2**31)]


class AttemptForm(Form):
    """The plain form: which page it is, and what it had seen."""

    client = HiddenField(validators=[Regexp(_CLIENT), NoneOf(_NOBODY)])
    seen = CountField()


class TakeOverForm(Form):
    """Another tab or device goes on."""

    client = HiddenField(validators=[Regexp(_CLIENT), NoneOf(_NOBODY)])


class _Sent(BaseModel):
    """What a page's script sends: nothing is converted, what it never sends is left out."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class SentAnswer(_Sent):
    """One answer: the tab and its own count, the last server number it knew, the fields."""

    item: Annotated[str, Field(pattern=r"^[0-9a-z]{26}$")]
    client: Client
    sequence: Annotated[Count, Field(ge=1)]
    seen: Count
    claimed: Annotated[str, Field(pattern=r"^[ -~]{0,40}$")]
    given: dict[str, list[str]]


class SentTakeOver(_Sent):
    """The tab or device that goes on."""

    client: Client


def sent_files() -> dict[str, bytes]:
    """Return the files of the posted form by their fields; their own names are not asked for."""
    sent = {}
    for field, file in request.files.items():
        if file.filename:
            sent[field] = file.read()
        file.close()
    return sent
