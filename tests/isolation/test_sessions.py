"""Sessions under attack: fixed, forged, kept after their end, and where signing in leads."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms import clock
from lms.db import db, transaction
from lms.people.models import Person, SessionHeld
from tests.factories import PASSWORD, csrf_of
from tests.isolation.acts import sign_in, with_password
from tests.isolation.visitors import enter
from tests.isolation.world import HERE, Records, World


@pytest.fixture
def learner(inside: Flask, world: World) -> Records:
    return with_password(inside, world.people[HERE]["learner"])


def cookie_of(client: FlaskClient) -> str:
    found = client.get_cookie("session", domain="localhost")
    return found.value if found else ""


# --- sessions -------------------------------------------------------------------------------


def test_cookie_changes_at_sign_in_and_carries_nothing_over(
    inside: Flask, learner: Records
) -> None:
    client = inside.test_client()
    with client.session_transaction() as planted:
        planted["planted"] = "by an attacker"
        planted["csrf_token"] = "known to an attacker"
    before = cookie_of(client)
    form = {"login": learner.login, "password": PASSWORD, "csrf_token": csrf_of(client, "/sign-in")}
    assert client.post("/sign-in", data=form).status_code == 303
    assert cookie_of(client) != before
    with client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") != "known to an attacker"


def test_a_session_id_chosen_before_is_no_session(inside: Flask, world: World) -> None:
    chosen = Records("", "", "0" * 26)
    assert enter(inside, chosen).get("/").status_code == 303


def test_forged_cookie_is_a_stranger(inside: Flask, world: World) -> None:
    good = enter(inside, world.people[HERE]["learner"])
    value = cookie_of(good.client)
    forged = inside.test_client()
    forged.set_cookie("session", value[:-2] + ("aa" if value[-2:] != "aa" else "bb"))
    assert forged.get("/").status_code == 303


def test_cookie_kept_from_before_sign_out_opens_nothing(inside: Flask, learner: Records) -> None:
    client = inside.test_client()
    sign_in(client, learner.login)
    kept = cookie_of(client)
    client.post("/sign-out", data={"csrf_token": csrf_of(client, "/")})
    thief = inside.test_client()
    thief.set_cookie("session", kept)
    answer = thief.get(f"/attempts/{learner.attempt}/")
    assert (answer.status_code, "/sign-in" in answer.location) == (303, True)


def test_signing_in_as_another_ends_the_session_before(
    inside: Flask, world: World, learner: Records
) -> None:
    client = inside.test_client()
    sign_in(client, learner.login)
    kept = cookie_of(client)
    sign_in(client, with_password(inside, world.people[HERE]["colleague"]).login)
    thief = inside.test_client()
    thief.set_cookie("session", kept)
    assert thief.get("/").status_code == 303
    assert "Nadia here colleague" in client.get("/").text


def test_disabled_person_is_out_at_once_and_stays_out(inside: Flask, learner: Records) -> None:
    client = inside.test_client()
    sign_in(client, learner.login)
    with inside.app_context(), transaction():
        db.session.get_one(Person, learner.person).disabled_at = clock.now()
    assert client.get("/").status_code == 303
    assert sign_in(inside.test_client(), learner.login).status_code == 422


def test_role_that_ended_is_gone_with_the_next_page(inside: Flask, world: World) -> None:
    visitor = enter(inside, world.people[HERE]["instructor"])
    assert visitor.get("/grading/").status_code == 200
    with inside.app_context(), transaction():
        person = world.people[HERE]["instructor"].person
        db.session.execute(
            db.text("UPDATE role_held SET ended_at = :now WHERE person_id = :person"),
            {"now": "2026-01-01T00:00:00.000000Z", "person": person},
        )
    assert visitor.get("/grading/").status_code == 403


def test_idle_session_asks_for_the_password_again(inside: Flask, world: World) -> None:
    one = world.people[HERE]["learner"]
    visitor = enter(inside, one)
    minutes = inside.config["SESSION_IDLE_MINUTES"]
    for idle, status in ((minutes - 1, 200), (minutes + 2, 303)):
        with visitor.client.session_transaction() as cookie:
            cookie["seen"] -= idle
        assert visitor.get("/").status_code == status
    assert visitor.get("/").status_code == 303, "a second click must not let them in again"
    assert visitor.get("/verify/").status_code == 200
    assert visitor.get("/").status_code == 303


def test_script_of_a_signed_out_page_is_told_in_json(inside: Flask, learner: Records) -> None:
    answer = enter(inside, None).post(f"/attempts/{learner.attempt}/responses", json={"item": "x"})
    assert answer.status_code == 401
    assert answer.json["error"] == "signed-out"


def test_personal_pages_are_kept_by_no_cache(inside: Flask, world: World) -> None:
    visitor = enter(inside, world.people[HERE]["graduate"])
    number = world.people[HERE]["graduate"].number
    for path in ("/", "/certificates/", f"/certificates/{number}.pdf", "/modules/"):
        assert visitor.get(path).headers["Cache-Control"] == "no-store"


def test_ended_session_rows_stay_ended(inside: Flask, learner: Records) -> None:
    client = inside.test_client()
    sign_in(client, learner.login)
    client.post("/sign-out", data={"csrf_token": csrf_of(client, "/")})
    with inside.app_context(), transaction(write=False):
        held = db.session.scalars(
            select(SessionHeld).where(SessionHeld.person_id == learner.person)
        ).all()
        others = (learner.session, learner.laptop)  # of the world, still open
        assert [one.ended_at is not None for one in held if one.id not in others] == [True]


# --- where it leads -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        "\t//evil.example",
        "https://evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "http:///evil.example",
        "//hub.test@evil.example",
        "%2f%2fevil.example",
    ],
)
def test_signing_in_leads_to_no_other_host(inside: Flask, learner: Records, place: str) -> None:
    answer = sign_in(inside.test_client(), learner.login, next=place)
    assert (answer.status_code, answer.location) == (303, "/")


def test_signing_in_leads_back_to_where_one_was(inside: Flask, learner: Records) -> None:
    client = inside.test_client()
    asked = client.get(f"/attempts/{learner.attempt}/?lang=en")
    page = client.get(asked.location).text
    assert f'value="/attempts/{learner.attempt}/?lang=en"' in page
    answer = sign_in(client, learner.login, next=f"/attempts/{learner.attempt}/?lang=en")
    assert answer.location == f"/attempts/{learner.attempt}/?lang=en"
