"""A hub with two sites, and the people who look after them."""

from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.db import db, transaction
from lms.people.models import Person
from tests.factories import PASSWORD, csrf_of, make_organisation, make_person, signed_in

REASON = "seen on the passport"
CAST = {
    "root": ("hub", "administrator"),
    "second": ("hub", "administrator"),
    "owner": ("hub", "owner"),
    "chief": ("north", "administrator"),
    "coordinator": ("north", "coordinator"),
    "instructor": ("north", "instructor"),
    "learner": ("north", "learner"),
    "deep": ("lab", "learner"),
    "stranger": ("south", "learner"),
}


@dataclass
class Town:
    """Ids of places and people by key, and browsers of people."""

    app: Flask
    places: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def browser(self, who: str) -> FlaskClient:
        """Return a browser in which somebody is signed in."""
        if who not in self.browsers:
            self.browsers[who] = signed_in(self.app, f"{who}@t.example")
        return self.browsers[who]

    def get(self, who: str, path: str) -> TestResponse:
        """Open a page as somebody."""
        return self.browser(who).get(path)

    def post(self, who: str, path: str, **form: object) -> TestResponse:
        """Send a form as somebody."""
        browser = self.browser(who)
        return browser.post(path, data=form | {"csrf_token": csrf_of(browser, "/account/")})

    def person(self, who: str, rest: str = "") -> str:
        """Return the address of a person's page."""
        return f"/people/{self.people[who]}/{rest}"


@pytest.fixture
def town(app: Flask) -> Town:
    """The hub, north with its lab, and south."""
    made = Town(app)
    with transaction():
        hub = make_organisation("The Hub")
        north, south = make_organisation("North", hub), make_organisation("South", hub)
        places = {"hub": hub, "north": north, "south": south}
        places["lab"] = make_organisation("Lab of North", north)
        for key, (place, role) in CAST.items():
            person = make_person(
                places[place], role,
                name=f"{key.title()} Person", login=f"{key}@t.example", password=PASSWORD,
            )  # fmt: skip
            made.people[key] = person.id
        made.places = {key: place.id for key, place in places.items()}
    return made


def details(town: Town, who: str, **changes: str) -> dict[str, str]:
    """Return the correction form as it is filled in for somebody."""
    with transaction(write=False):
        person = db.session.get_one(Person, town.people[who])
        return {
            "name": person.name,
            "native_name": "",
            "login": person.login,
            "organisation": person.organisation_id,
            "reason": REASON,
        } | changes
