"""One factory per noun: what tests need to exist before the act they are about."""

from collections.abc import Callable
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lms import clock
from lms.actor import SYSTEM, Actor, Proof
from lms.curriculum import queries as curriculum
from lms.db import db, transaction
from lms.learning.actions import enrol
from lms.people import actions as people
from lms.people.models import Organisation, Person
from lms.people.queries import actor_of_person

PASSWORD = "a long enough password"
_numbers = count(1)


def make_organisation(name: str | None = None, parent: Organisation | None = None) -> Organisation:
    """Add an organisation in the open transaction."""
    return people.add_organisation(
        name=name or f"Organisation {next(_numbers)}", country="KR", parent=parent, by=SYSTEM
    )


def make_person(
    organisation: Organisation,
    *roles: str,
    name: str = "Amina Okafor",
    native_name: str | None = None,
    login: str | None = None,
    password: str | None = None,
) -> Person:
    """Add a person with roles at their organisation, in the open transaction."""
    person = people.add_person(
        name=name,
        native_name=native_name,
        login=login or f"person{next(_numbers)}@test.example",
        organisation=organisation,
        by=SYSTEM,
    )
    for role in roles:
        people.grant_role(person=person, role=role, organisation=organisation, by=SYSTEM)
    if password:
        people.set_password(person=person, password=password, by=SYSTEM)
    return person


def make_enrolment(person: Person, sending: Organisation, delivering: Organisation, **kwargs):
    """Enrol a person in the newest FND103 for its programme, in the open transaction."""
    version = curriculum.newest_version("FND103")
    assert version is not None, "use the fixture `taught`"
    return enrol(
        person=person,
        version=version,
        programme_code=kwargs.get("programme_code", "B01"),
        sending=sending,
        delivering=delivering,
        by=SYSTEM,
    )


def actor_for(person_id: str) -> Actor:
    """Return a person as the actor of an action (in a read transaction of its own)."""
    with transaction(write=False):
        return actor_of_person(person_id)


def proof_of(actor: Actor) -> Proof:
    """Return the proof that a fresh password check would give."""
    return Proof(actor.id, "password", clock.now())


def signed_in(app: Flask, login: str, password: str = PASSWORD) -> FlaskClient:
    """Return a client signed in through the real form."""
    client = app.test_client()
    answer = client.post(
        "/sign-in", data={"csrf_token": csrf_of(client, "/sign-in"), "login": login,
                          "password": password}
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    return client


def csrf_of(client: FlaskClient, page: str) -> str:
    """Return the CSRF token of a page."""
    text = client.get(page).text
    mark = 'name="csrf_token" value="'
    if mark not in text:
        mark = 'name="csrf_token" type="hidden" value="'
    return text.split(mark)[1].split('"')[0]


def count_queries(app: Flask, act: Callable[[], object]) -> list[str]:
    """Return the SQL statements of `act`; BEGIN, SAVEPOINT, RELEASE and PRAGMA left out."""
    seen: list[str] = []

    def note(_c, _cursor, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA", "SET TRANS")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen
