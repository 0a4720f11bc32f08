"""Claims about the pages of programmes: what is open, what is missing, every clause in words."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.curriculum.register import definitions
from lms.db import transaction
from lms.programme.opening import all_with_openness
from tests import walk
from tests.factories import PASSWORD, count_queries, make_organisation, make_person, signed_in


@pytest.fixture
def learner(taught: Flask) -> FlaskClient:
    """A learner's browser."""
    with transaction():
        place = make_organisation()
        person = make_person(place, "learner", login="reader@test.example", password=PASSWORD)
        assert person.id
    return signed_in(taught, "reader@test.example")


def _text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_every_programme_is_listed_open_ones_first(learner: FlaskClient) -> None:
    page = learner.get("/programmes/").text
    with transaction(write=False):
        codes = [one.code for one in definitions("programme")]
    assert len(codes) >= 25
    assert all(f"/programmes/{code}/" in page for code in codes)


def test_list_can_be_narrowed_to_a_role_and_a_state(learner: FlaskClient) -> None:
    page = learner.get("/programmes/?role=AFO&state=closed").text
    assert "/programmes/C05/" in page
    assert "/programmes/C01/" in page  # for everybody
    assert "/programmes/C06/" not in page
    assert "No programme fits" in learner.get("/programmes/?role=AFO&state=open").text


def test_list_says_what_is_missing_in_plain_words(learner: FlaskClient) -> None:
    page = _text(learner, "/programmes/?role=AFO")
    assert "Cannot be recorded here yet: simulator run" in page
    assert "gowning plates" not in page  # for these are recorded
    assert "the process simulators are not built yet" in page
    assert "exam cannot be taken here yet" not in page  # for it can


def test_page_says_every_clause_in_words(learner: FlaskClient) -> None:
    page = _text(learner, "/programmes/C05/")
    for said in (
        "176 hours in all", "Aseptic technique in grade A", "Level 3",
        "3 times, one after the other", "units with growth : none", "false rejects : at most 5 %",
        "60 questions over all modules", "75% of all points and 60% of the points of each domain",
        "Every critical question has to be right", "2 assessors judge it",
        "valid for at most 12 months", "repeated every 12 to 36 months", "Until 30 days after",
        "a lapse of more than 12 months", "A failed gowning test suspends",
        "A failed media fill suspends", "not done so for 6 months", "up to 50% of the theory hours",
        "C05 1.2.0",
    ):  # fmt: skip
        assert said in page, said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("C10", "Only lesson 5"),
        ("C15", "Choose 1 of these"),
        ("C16", "within 30 days"),
        ("C17", "And 2 of these at level 2"),
        ("C19", "8 of 8"),
        ("C20", "You hold it before you begin"),
        ("C20", "Fewer than 2 observed sessions in 12 months"),
        ("C20", "again every 12 months"),
        ("C07", "each value against its reference value : from 80 % to 125 %"),
        ("B01", "no exam of its own"),
    ],
)
def test_page_says_what_only_some_programmes_have(code, said, learner: FlaskClient) -> None:
    assert said in _text(learner, f"/programmes/{code}/")


def test_every_programme_has_a_page(learner: FlaskClient, taught: Flask) -> None:
    with transaction(write=False):
        codes = [one.code for one in definitions("programme")]
    for code in codes:
        assert learner.get(f"/programmes/{code}/").status_code == 200, code
    assert learner.get("/programmes/C99/").status_code == 404


def test_module_that_is_there_is_linked_with_its_state(learner: FlaskClient) -> None:
    page = learner.get("/programmes/B01/").text
    assert 'href="/modules/FND103/"' in page
    assert "Practice" in page


def test_programme_is_open_from_the_day_its_module_is_effective(taught: Flask) -> None:
    def is_open() -> bool:
        with transaction(write=False):
            found = {d.code: o for d, o in all_with_openness(clock.today())}
        return found["B01"].is_open

    hub = walk.people_of_a_hub()
    assert not is_open()
    walk.adopt(hub)
    assert is_open()


def test_pages_cost_the_same_queries_whatever_they_list(learner: FlaskClient, taught) -> None:
    costs = {
        address: len(count_queries(taught, lambda address=address: learner.get(address)))
        for address in ("/programmes/", "/programmes/B01/", "/programmes/C16/")
    }
    assert costs["/programmes/"] <= 6
    assert costs["/programmes/B01/"] == costs["/programmes/C16/"] <= 10, costs
