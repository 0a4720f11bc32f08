"""What a page may call itself."""

import pytest
from flask import Flask
from pydantic import ValidationError

from lms.assessment.forms import AttemptForm, SentTakeOver, TakeOverForm
from lms.assessment.standing import CLOSER


def test_no_page_goes_by_the_name_under_which_the_server_closes(app: Flask) -> None:
    with pytest.raises(ValidationError):
        SentTakeOver(client=CLOSER)
    with app.test_request_context(method="POST", data={"client": CLOSER, "seen": "0"}):
        for form in (AttemptForm(), TakeOverForm()):
            form.validate()
            assert form.client.errors
