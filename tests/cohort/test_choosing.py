"""What a coordinator may choose to learn: programmes with all their modules, not open or open."""

from flask import Flask

from lms import clock
from lms.actor import SYSTEM
from lms.columns import digest
from lms.curriculum.models import Definition
from lms.curriculum.storing import store_row
from lms.db import transaction
from tests.factories import PASSWORD, make_organisation, make_person, signed_in


def _store(code: str, *modules: str) -> None:
    content = {"id": code, "modules": list(modules), "requires": []}
    row = Definition(
        kind="programme", code=code, number=1, version="1.0.0", title=code, content=content,
        content_digest=digest(content), stored_at=clock.now(),
    )  # fmt: skip
    store_row("definition.stored", row, SYSTEM)


def _choices(app: Flask) -> dict[str, str]:
    """Return what the form offers a coordinator, by code."""
    with transaction():
        place = make_organisation()
        make_person(place, "learner")
        make_person(place, "coordinator", login="c@test.example", password=PASSWORD)
    page = signed_in(app, "c@test.example").get("/enrolments/new").text
    options = (part.split("</option>")[0] for part in page.split('<option value="')[1:])
    return {one.split('"')[0]: one.split(">", 1)[1] for one in options}


def test_programme_can_be_chosen_once_every_module_is_there(taught: Flask) -> None:
    with transaction():
        _store("X01", "FND101", "FND103")
        _store("X02", "FND103", "FND999")
        _store("X03", "FND103-L1")
    found = _choices(taught)
    assert {"B01", "B02", "X01"} <= found.keys()
    assert not {"X02", "X03"} & found.keys()


def test_programme_that_gives_no_certificate_yet_says_so(bundled: Flask) -> None:
    found = _choices(bundled)
    assert "not open yet: no certificate so far" in found["C05"]  # simulators do not exist yet
    assert "not open yet" not in found["C01"]
    assert "not open yet" not in found["B02"]
