"""Who a request is believed to come from, how much a plain form may bring, what a log keeps."""

import logging
from collections.abc import Callable

import pytest
from flask import Flask, request
from sqlalchemy.exc import IntegrityError

from lms import clock
from lms.db import db, transaction
from lms.people.models import Organisation
from tests.factories import make_organisation
from tests.probe import Probe

FEIGNED = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "198.51.100.7")])
def test_address_is_the_senders_only_where_a_proxy_is_trusted(
    new_app: Callable[..., Flask], proxies: int, seen: str
) -> None:
    probe = Probe()
    probe.act = lambda: f"{request.remote_addr} {request.is_secure}"
    app = new_app(plugins=[probe], trusted_proxies=proxies)
    answer = app.test_client().get("/act", headers=FEIGNED)
    assert answer.text == f"{seen} {bool(proxies)}"


def test_plain_form_may_bring_a_long_essay_in_any_script(new_app: Callable[..., Flask]) -> None:
    probe = Probe()
    probe.act = lambda: len(request.form["text"])
    app = new_app(plugins=[probe])
    app.config["WTF_CSRF_ENABLED"] = False
    essay = "ሰላም " * 15_000  # nine escaped bytes a letter
    assert app.test_client().post("/act", data={"text": essay}).text == str(len(essay))


def test_no_value_reaches_the_log_when_two_writers_meet(
    new_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    probe = Probe()
    app = new_app(plugins=[probe])
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        with transaction():
            id, path = (place := make_organisation("Secret Name")).id, place.path

        def act() -> None:
            db.session.add(
                Organisation(name="Secret Name", country="KR", path=path, created_at=clock.now())
            )

        probe.act = act
        with caplog.at_level(logging.DEBUG):
            app.test_client().post("/act")
        assert id not in caplog.text
        with pytest.raises(IntegrityError) as raised, transaction():
            act()
        assert "Secret Name" not in str(raised.value)
