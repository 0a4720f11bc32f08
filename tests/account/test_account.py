"""Claims about one's own account: the old password is asked, sessions end, the language stays."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms.db import db, transaction
from lms.people.models import Person, SessionHeld
from lms.people.rules import TRIES_PER_LOGIN
from lms.records.verify import verify
from tests.factories import PASSWORD, csrf_of, make_organisation, make_person, signed_in

LOGIN, NEW = "somebody@x.example", "quite a new password"


@pytest.fixture
def app(new_app) -> Flask:
    made = new_app(locales=("en", "ar"))
    with made.app_context(), transaction():
        make_person(make_organisation(), "learner", login=LOGIN, password=PASSWORD)
    return made


def send(client: FlaskClient, path: str, **form: str):
    """Send a form of the account's page."""
    return client.post(path, data=form | {"csrf_token": csrf_of(client, "/account/")})


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(app) -> None:
    here, there = signed_in(app, LOGIN), signed_in(app, LOGIN)
    refused = send(here, "/account/password", current="not the old one", password=NEW)
    assert (refused.status_code, "Nothing was changed" in refused.text) == (422, True)
    assert send(here, "/account/password", current=PASSWORD, password=NEW).status_code == 303
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 303
    signed_in(app, LOGIN, NEW)
    with app.app_context(), transaction(write=False):
        assert verify().mismatches == ()


def test_a_password_that_is_none_costs_no_try(app) -> None:
    client = signed_in(app, LOGIN)
    for _turn in range(TRIES_PER_LOGIN + 1):
        answer = send(client, "/account/password", current="a guess", password="short")
        assert answer.status_code == 422
    assert send(client, "/account/password", current=PASSWORD, password=LOGIN).status_code == 422
    assert send(client, "/account/password", current=PASSWORD, password=NEW).status_code == 303


def test_guessing_the_old_password_is_throttled(app) -> None:
    client = signed_in(app, LOGIN)
    for turn in range(TRIES_PER_LOGIN):
        send(client, "/account/password", current=f"guess number {turn}", password=NEW)
    answer = send(client, "/account/password", current=PASSWORD, password=NEW)
    assert answer.status_code == 429


def test_a_session_left_behind_is_ended_from_elsewhere(app) -> None:
    left, here = signed_in(app, LOGIN), signed_in(app, LOGIN)
    path = re.search(r"/account/sessions/\w+/end", here.get("/account/").text)
    assert path
    assert send(here, path[0]).status_code == 303
    assert left.get("/").status_code == 303
    assert here.get("/").status_code == 200


def test_signing_out_everywhere_else_leaves_this_session_alone(app) -> None:
    others = [signed_in(app, LOGIN) for _ in range(2)]
    here = signed_in(app, LOGIN)
    assert send(here, "/account/sessions/end-others").status_code == 303
    assert [client.get("/").status_code for client in (*others, here)] == [303, 303, 200]


def test_signing_out_takes_one_click_and_ends_the_session(app) -> None:
    client = signed_in(app, LOGIN)
    page = client.get("/account/").text
    assert page.count('action="/sign-out"') == 1
    client.post("/sign-out", data={"csrf_token": csrf_of(client, "/")})
    with app.app_context(), transaction(write=False):
        still = sa.select(SessionHeld.id).where(SessionHeld.ended_at.is_(None))
        assert db.session.scalars(still).all() == []


def test_the_language_chosen_comes_back_with_its_person_on_any_laptop(app) -> None:
    answer = send(signed_in(app, LOGIN), "/account/language", locale="ar")
    assert answer.location == "/account/?lang=ar"
    client = app.test_client()
    form = {"csrf_token": csrf_of(client, "/sign-in"), "login": LOGIN, "password": PASSWORD}
    answer = client.post("/sign-in", data=form)
    assert answer.location == "/?lang=ar"
    assert 'lang="ar"' in client.get(answer.location).text
    with app.app_context(), transaction(write=False):
        assert db.session.scalars(sa.select(Person.locale)).one() == "ar"
        assert verify().mismatches == ()


def test_a_language_that_is_not_on_offer_is_refused(app) -> None:
    assert send(signed_in(app, LOGIN), "/account/language", locale="xx").status_code == 422
