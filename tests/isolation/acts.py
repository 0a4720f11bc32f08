"""What attackers do again and again: sign in, save an answer, and count what is there."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.people.actions import set_password
from lms.people.models import Person
from tests.factories import PASSWORD, csrf_of
from tests.isolation.visitors import Visitor
from tests.isolation.world import Records


def with_password(app: Flask, one: Records) -> Records:
    """Give a person the password `PASSWORD`; nobody of the world has one."""
    with app.app_context(), transaction():
        person = db.session.get_one(Person, one.person)
        set_password(person=person, password=PASSWORD, by=SYSTEM)
    return one


def sign_in(
    client: FlaskClient, login: str, password: str = PASSWORD, **fields: str
) -> TestResponse:
    """Send the sign-in form."""
    form = {"csrf_token": csrf_of(client, "/sign-in"), "login": login, "password": password}
    return client.post("/sign-in", data=form | fields)


def answer_of(own: Records, value: str = "1", **changes: Any) -> dict[str, Any]:
    """Return what the page's script sends for the learner's number."""
    return {
        "item": own.item,
        "client": "the-world",
        "sequence": 99,
        "seen": 1,
        "claimed": "2026-01-01T00:00:00.000Z",
        "given": {f"item-{own.item}-number": [value]},
    } | changes


def save(tab: Visitor, own: Records, value: str = "1", **changes: Any) -> TestResponse:
    """Save an answer as the page's script does."""
    return tab.post(f"/attempts/{own.attempt}/responses", json=answer_of(own, value, **changes))


def rows(app: Flask, model: type, *where: Any) -> int:
    """Return how many rows of a table there are."""
    with app.app_context(), transaction(write=False):
        return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0
