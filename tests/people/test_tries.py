"""Claims about counting tries: before the hash, under the secret key, purged when they are old."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.db import db, transaction
from lms.people import actions, tries
from lms.people.models import SessionHeld, SignInTry
from lms.people.rules import KEPT_AFTER_END, TRIES_PER_LOGIN, WINDOW
from lms.people.work import PURGE
from tests.factories import PASSWORD, make_organisation, make_person

LOGIN = "somebody@x.example"


def test_many_tries_at_once_compute_no_more_hashes_than_one_after_the_other(
    app: Flask, monkeypatch
) -> None:
    with transaction():
        make_person(make_organisation(), login=LOGIN, password=PASSWORD)
    at_once = TRIES_PER_LOGIN * 2
    together, hashed = Barrier(at_once), []

    class Counting:
        def verify(self, stored: str, _password: str) -> bool:
            hashed.append(stored)
            return False

    monkeypatch.setattr(actions, "_hasher", Counting())

    def attempt(turn: int) -> None:
        together.wait()
        with app.app_context():
            actions.check_login(LOGIN, f"wrong {turn}", "here")

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(attempt, range(at_once)))
    # All may have been counted before the first is looked at: then nobody is let try.
    assert len(hashed) <= TRIES_PER_LOGIN


def test_who_waits_already_is_not_written_down_again(app: Flask) -> None:
    for turn in range(TRIES_PER_LOGIN + 3):
        actions.check_login(LOGIN, f"wrong {turn}", "here")
    with transaction(write=False):
        assert db.session.scalar(sa.select(sa.func.count(SignInTry.id))) == TRIES_PER_LOGIN


def test_digests_need_the_secret_key(new_app) -> None:
    found = []
    for key in ("one key", "another key"):
        with new_app(secret_key=key).app_context():
            found.append(tries.veiled(LOGIN))
    assert found[0] != found[1]


def test_old_tries_and_ended_sessions_are_purged_and_nothing_else(app: Flask) -> None:
    now = clock.now()
    with transaction():
        person = make_person(make_organisation(), login=LOGIN)
        db.session.flush()
        for name, age in (("old", WINDOW + timedelta(minutes=1)), ("new", timedelta(minutes=1))):
            db.session.add(
                SignInTry(at=now - age, login_digest=name, address_digest="x", succeeded=False)
            )
        long = now - KEPT_AFTER_END - timedelta(days=1)
        for ended in (None, now, long):
            db.session.add(SessionHeld(person_id=person.id, begun_at=long, ended_at=ended))
    with transaction(write=False):
        items = PURGE.pending(10)
    assert items == ["tries", "sessions"]
    for item in items:
        PURGE.do(item)
    with transaction(write=False):
        assert PURGE.pending(10) == []
        assert list(db.session.scalars(sa.select(SignInTry.login_digest))) == ["new"]
        assert db.session.scalar(sa.select(sa.func.count(SessionHeld.id))) == 2
