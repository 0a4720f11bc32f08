"""Claims about adding people, proving who one is, and what an ended role or account opens."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.errors import NotFound, RuleBroken, Throttled
from lms.people import actions
from lms.people.models import Organisation, Password, Person, RoleHeld, SessionHeld
from lms.people.queries import actor_of_person, actor_of_session, find_login
from lms.people.rules import TRIES_PER_LOGIN
from lms.records.actions import record
from lms.records.verify import verify
from tests.factories import PASSWORD, make_organisation, make_person, signed_in

LOGIN = "somebody@x.example"
NAMES = [
    ("Amara Demo-Lindqvist", None),
    ("Hana Demo", "하나 데모"),
    ("Nour Demo", "نور ديمو"),
    ("Tigist Demo", "ትዕግስት ዴሞ"),
    ("Asha Demo", "आशा डेमो"),
    ("O", "Ḥawwāʾ"),
    ("D’Arcy <b>Demo</b> & Co. %s {{ 7*7 }}", None),
]


@pytest.fixture
def person_id(app: Flask) -> str:
    with transaction():
        return make_person(make_organisation(), "learner", login=LOGIN, password=PASSWORD).id


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "native"), NAMES)
def test_a_name_of_any_script_is_kept_letter_by_letter_and_shown(app, name, native) -> None:
    with transaction():
        make_person(
            make_organisation(), "learner",
            name=name, native_name=native, login=LOGIN, password=PASSWORD,
        )  # fmt: skip
    with transaction(write=False):
        person = db.session.scalars(sa.select(Person)).one()
        assert (person.name, person.native_name) == (name, native)
        assert verify().mismatches == ()
    page = signed_in(app, LOGIN).get("/").text
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert escaped in page
    assert name == escaped or name not in page


@pytest.mark.parametrize("values", [{"name": " "}, {"name": "x" * 201}, {"native_name": "a\nb"}])
def test_a_name_that_is_none_adds_nobody(app, values) -> None:
    with pytest.raises(RuleBroken), transaction():
        make_person(make_organisation(), **values)
    with transaction(write=False):
        assert db.session.scalars(sa.select(Person)).all() == []


@pytest.mark.parametrize("login", [LOGIN, LOGIN.upper(), f"  {LOGIN} "])
def test_a_sign_in_name_is_one_person_s_however_it_is_written(person_id, login) -> None:
    with transaction(write=False):
        found = find_login(login)
        assert found is not None
        assert found[0].id == person_id
    with pytest.raises(RuleBroken) as refusal, transaction():
        make_person(make_organisation(), login=login)
    assert refusal.value.field == "login"


# --- proving who one is ----------------------------------------------------------------------


def test_the_newest_password_counts_and_the_older_one_stays_on_record(person_id) -> None:
    with transaction():
        person = db.session.get_one(Person, person_id)
        actions.set_password(person=person, password="another long one", by=SYSTEM)
    assert actions.check_login(LOGIN, PASSWORD, "here").proof is None
    assert actions.check_login(LOGIN, "another long one", "here").proof is not None
    with transaction(write=False):
        assert db.session.scalar(sa.select(sa.func.count(Password.id))) == 2


def test_a_hash_is_verified_for_nobody_too_and_for_whoever_is_disabled(
    person_id, monkeypatch
) -> None:
    verified: list[str] = []

    class Counting:
        def verify(self, stored: str, _password: str) -> bool:
            verified.append(stored)
            return True  # even a hash that fits opens nothing for nobody

    monkeypatch.setattr(actions, "_hasher", Counting())
    assert actions.check_login("nobody@x.example", "x", "here").proof is None
    assert actions.check_login(LOGIN, "x", "here").proof is not None
    _disable(person_id)
    assert actions.check_login(LOGIN, "x", "here").proof is None
    assert len(verified) == 3


def _disable(person_id: str) -> None:
    with transaction():
        person = db.session.get_one(Person, person_id)
        person.disabled_at = clock.now()
        record("person.disabled", person, by=SYSTEM, old={"disabled_at": None}, reason="left")


COST = """
from argon2 import extract_parameters
from lms.people import actions
for stored in (actions._hasher.hash("x"), actions._NOBODY):
    found = extract_parameters(stored)
    print(found.type.name, found.memory_cost >= 64 * 1024, found.time_cost >= 3)
"""


def test_a_hash_costs_an_attacker_as_much_as_rfc_9106_asks_where_memory_is_scarce() -> None:
    """Asked of another process: in this one hashing is made cheap."""
    done = subprocess.run(
        [sys.executable, "-c", COST],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["ID True True"] * 2


def test_too_many_failures_refuse_the_right_password_and_a_name_that_nobody_has(person_id) -> None:
    waits = []
    for login in (LOGIN, "nobody@x.example"):
        for number in range(TRIES_PER_LOGIN):
            _fail(login, f"here{number}")
        checked = actions.check_login(login, PASSWORD, "elsewhere")
        with pytest.raises(Throttled) as refusal, transaction():
            actions.sign_in(checked)
        waits.append(str(refusal.value))
    assert waits[0] == waits[1]


def _fail(login: str, address: str) -> None:
    checked = actions.check_login(login, "wrong password", address)
    with transaction():
        assert actions.sign_in(checked) is None


def test_a_failure_is_kept_as_an_event_of_the_person_and_the_password_nowhere(person_id) -> None:
    _fail(LOGIN, "here")
    with transaction(write=False):
        rows = db.session.execute(sa.text("SELECT kind, content FROM event")).all()
        assert "person.sign-in-failed" in [row.kind for row in rows]
        assert not any(b"wrong password" in row.content for row in rows)
        tries = db.session.execute(sa.text("SELECT login_digest FROM sign_in_try")).scalars()
        assert LOGIN not in list(tries)


# --- what has ended --------------------------------------------------------------------------


def test_a_disabled_person_has_no_session_and_cannot_act(person_id) -> None:
    checked = actions.check_login(LOGIN, PASSWORD, "here")
    with transaction():
        actor = actions.sign_in(checked)
        assert actor is not None
        session = actor.session or ""
    with transaction(write=False):
        assert actor_of_session(session) is not None
    _disable(person_id)
    with transaction(write=False):
        assert actor_of_session(session) is None
        with pytest.raises(NotFound):
            actor_of_person(person_id)


def test_ending_one_session_leaves_the_others(person_id) -> None:
    sessions = []
    for address in ("laptop", "phone"):
        checked = actions.check_login(LOGIN, PASSWORD, address)
        with transaction():
            actor = actions.sign_in(checked)
            assert actor is not None
            sessions.append(actor)
    with transaction():
        actions.sign_out(by=sessions[0])
    with transaction(write=False):
        assert actor_of_session(sessions[0].session or "") is None
        assert actor_of_session(sessions[1].session or "") == sessions[1]
        assert db.session.scalar(sa.select(sa.func.count(SessionHeld.id))) == 2


def test_a_role_counts_until_it_is_ended(person_id) -> None:
    with transaction(write=False):
        assert actor_of_person(person_id).has("learner")
    with transaction():
        held = db.session.scalars(sa.select(RoleHeld)).one()
        held.ended_at = clock.now()
        record("role.ended", held, by=SYSTEM, old={"ended_at": None}, reason="moved on")
    with transaction(write=False):
        assert actor_of_person(person_id).roles == ()


# --- the command -----------------------------------------------------------------------------


def test_the_first_administrator_comes_from_the_command_line(app) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["people", "any-administrator"]).exit_code == 1
    words = ["--name", "Root Admin", "--login", "admin@x.example", "--role", "administrator"]
    done = run(args=["people", "add", *words])
    assert done.exit_code == 0, done.output
    password = done.output.strip().rsplit(" ", 1)[1]
    assert run(args=["people", "any-administrator"]).exit_code == 0
    assert signed_in(app, "admin@x.example", password).get("/records/").status_code == 200
    with transaction(write=False):
        assert db.session.scalars(sa.select(Organisation)).one().parent_id is None
        assert verify().mismatches == ()


@pytest.mark.parametrize(
    "words",
    [
        ["--name", "A", "--login", LOGIN],
        ["--name", " ", "--login", "other@x.example"],
        ["--name", "A", "--login", "b@x.example", "--organisation", "Nowhere"],
        ["--name", "A", "--login", "b@x.example", "--role", "king"],
    ],
)
def test_wrong_use_ends_with_2_and_adds_nobody(app, person_id, words) -> None:
    done = app.test_cli_runner().invoke(args=["people", "add", *words])
    assert done.exit_code == 2
    with transaction(write=False):
        assert len(db.session.scalars(sa.select(Person)).all()) == 1
