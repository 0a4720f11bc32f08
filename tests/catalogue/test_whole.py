"""Pages that speak of the whole bundled curriculum hold all of it: each module has its place."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.curriculum.register import definitions
from lms.db import transaction
from tests.factories import PASSWORD, make_organisation, make_person, signed_in
from tests.tools.sample import BUNDLED

MODULES = sorted(file.parent.name[:6].upper() for file in BUNDLED.glob("*/*/module.toml"))


@pytest.fixture
def reader(bundled: Flask) -> FlaskClient:
    """A learner's browser on a hub that has every module."""
    with transaction():
        make_person(make_organisation(), "learner", login="all@test.example", password=PASSWORD)
    return signed_in(bundled, "all@test.example")


def test_everything_is_found_from_the_pages_that_lead_there(reader: FlaskClient) -> None:
    page = reader.get("/modules/").text
    assert [code for code in MODULES if f'href="/modules/{code}/"' not in page] == []
    with transaction(write=False):
        programmes = [f"/programmes/{one.code}/" for one in definitions("programme")]
    page = reader.get("/programmes/").text
    assert [address for address in programmes if f'href="{address}"' not in page] == []
    ways = ["/glossary/", "/competencies/", "/path/", "/search/?q=sterile"]
    homes = [f"/modules/{code}/" for code in MODULES]
    answers = {address: reader.get(address).status_code for address in programmes + ways + homes}
    assert {address: status for address, status in answers.items() if status != 200} == {}
