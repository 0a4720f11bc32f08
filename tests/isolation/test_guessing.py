"""Passwords under attack, at the sign-in and where one signs: throttled, and nothing told."""

from datetime import timedelta

import pytest
from flask import Flask

from lms import clock
from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.people import actions
from lms.people.actions import set_password
from lms.people.models import Person
from lms.people.rules import TRIES_PER_LOGIN, WINDOW
from tests.factories import PASSWORD
from tests.isolation.acts import sign_in, with_password
from tests.isolation.visitors import Visitor, enter
from tests.isolation.world import HERE, THERE, Records, World

UNKNOWN = "nobody-of-this-name@test.example"


@pytest.fixture
def learner(inside: Flask, world: World) -> Records:
    return with_password(inside, world.people[HERE]["learner"])


# --- guessing -------------------------------------------------------------------------------


def words_of(answer) -> str:
    """Return a page's main part without what differs from page to page."""
    main = answer.text.split("<main")[1].split("</main>")[0]
    return "".join(line for line in main.splitlines() if "csrf_token" not in line)


def tries(app: Flask, login: str, count: int) -> list:
    client = app.test_client()
    return [sign_in(client, login, f"wrong password {turn}") for turn in range(count)]


def test_known_and_unknown_names_get_the_same_words(inside: Flask, learner: Records) -> None:
    known = tries(inside, learner.login, TRIES_PER_LOGIN + 1)
    unknown = tries(inside, UNKNOWN, TRIES_PER_LOGIN + 1)
    for one, other in zip(known, unknown, strict=True):
        assert one.status_code == other.status_code
        assert words_of(one).replace(learner.login, UNKNOWN) == words_of(other)


def test_sixth_try_waits_even_with_the_right_password(inside: Flask, learner: Records) -> None:
    assert {answer.status_code for answer in tries(inside, learner.login, TRIES_PER_LOGIN)} == {422}
    answer = sign_in(inside.test_client(), learner.login)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= WINDOW.total_seconds() + 1
    later = clock.now() + WINDOW + timedelta(seconds=2)
    clock.set_clock(lambda: later)
    assert sign_in(inside.test_client(), learner.login).status_code == 303


def test_success_starts_the_count_anew(inside: Flask, learner: Records) -> None:
    tries(inside, learner.login, TRIES_PER_LOGIN - 1)
    assert sign_in(inside.test_client(), learner.login).status_code == 303
    assert tries(inside, learner.login, 1)[0].status_code == 422


def test_writing_the_name_otherwise_gives_no_further_tries(inside: Flask, learner: Records) -> None:
    for turn in range(TRIES_PER_LOGIN):
        login = (learner.login.upper(), f" {learner.login}", learner.login.title())[turn % 3]
        assert tries(inside, login, 1)[0].status_code == 422
    assert sign_in(inside.test_client(), learner.login).status_code == 429


def test_another_person_is_not_kept_waiting(inside: Flask, world: World, learner: Records) -> None:
    tries(inside, learner.login, TRIES_PER_LOGIN + 1)
    other = with_password(inside, world.people[THERE]["learner"])
    assert sign_in(inside.test_client(), other.login).status_code == 303


@pytest.mark.parametrize("name", ["known", "unknown", "without a password", "disabled"])
def test_one_hash_is_verified_whoever_is_asked_for(
    inside: Flask,
    world: World,
    learner: Records,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    colleague = world.people[HERE]["colleague"]
    disabled = with_password(inside, world.people[HERE]["marked"])
    with inside.app_context(), transaction():
        db.session.get_one(Person, disabled.person).disabled_at = clock.now()
    logins = {
        "known": learner.login,
        "unknown": UNKNOWN,
        "without a password": colleague.login,
        "disabled": disabled.login,
    }
    asked = []
    real = actions._hasher

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            asked.append(stored)
            return real.verify(stored, password)

    monkeypatch.setattr(actions, "_hasher", Counting())
    assert sign_in(inside.test_client(), logins[name], "wrong").status_code == 422
    assert len(asked) == 1
    assert asked[0].startswith("$argon2id$")


def test_the_hash_that_stands_for_nobody_opens_no_account(
    inside: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "_NOBODY", actions._hasher.hash(PASSWORD))
    without = world.people[HERE]["colleague"]
    assert sign_in(inside.test_client(), without.login).status_code == 422
    assert sign_in(inside.test_client(), UNKNOWN).status_code == 422


# --- signing --------------------------------------------------------------------------------


@pytest.fixture
def marker(inside: Flask, world: World) -> Visitor:
    return enter(inside, with_password(inside, world.people[HERE]["instructor"]))


def test_wrong_signing_passwords_are_throttled_and_keep_the_form(
    inside: Flask, world: World, marker: Visitor
) -> None:
    path = f"/grading/attempts/{world.people[HERE]['marked'].attempt}/release"
    for turn in range(TRIES_PER_LOGIN):
        answer = marker.post(path, {"password": f"wrong {turn}"})
        assert answer.status_code == 422
        assert "This is not your password" in answer.text
    answer = marker.post(path, {"password": PASSWORD})
    assert (answer.status_code, "Too many tries" in answer.text) == (429, True)
    assert int(answer.headers["Retry-After"]) > 0


def test_wrong_signing_passwords_count_for_signing_in_as_well(
    inside: Flask, world: World, marker: Visitor
) -> None:
    path = f"/grading/attempts/{world.people[HERE]['marked'].attempt}/release"
    for turn in range(TRIES_PER_LOGIN):
        marker.post(path, {"password": f"wrong {turn}"})
    login = world.people[HERE]["instructor"].login
    assert sign_in(inside.test_client(), login).status_code == 429


def test_somebody_elses_password_signs_nothing(
    inside: Flask, world: World, marker: Visitor
) -> None:
    with inside.app_context(), transaction():
        other = db.session.get_one(Person, world.people[HERE]["learner"].person)
        set_password(person=other, password="quite another password", by=SYSTEM)
    path = f"/grading/attempts/{world.people[HERE]['marked'].attempt}/release"
    assert marker.post(path, {"password": "quite another password"}).status_code == 422
