"""Claims about /healthz: 200 while database, queue and store answer, 503 naming what does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from lms.db import db

WELL = {"database": True, "queue": True, "store": True}


@pytest.fixture
def no_database(app: Flask) -> Iterator[None]:
    """Nobody answers where the database was."""

    def refuse(_connection: object) -> None:
        raise OperationalError("BEGIN", {}, ConnectionError("nobody there"))

    sa.event.listen(db.engine, "begin", refuse, insert=True)
    yield
    sa.event.remove(db.engine, "begin", refuse)


def test_a_machine_that_is_well_says_so(client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, WELL)


def test_without_its_database_it_is_not_well(client, no_database) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (503, WELL | {"database": False})


def test_without_its_queue_it_is_not_well(app, client) -> None:
    app.config["QUEUE_URL"] = "redis://127.0.0.1:1/0"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (503, WELL | {"queue": False})


def test_without_its_store_it_is_not_well(app, client, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    app.config["STORE_URL"] = f"file://{tmp_path}/file/store"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (503, WELL | {"store": False})


def test_it_becomes_well_again(app, client, tmp_path: Path) -> None:
    kept, app.config["STORE_URL"] = app.config["STORE_URL"], "file:///proc/nothing"
    assert client.get("/healthz").status_code == 503
    app.config["STORE_URL"] = kept
    assert client.get("/healthz").status_code == 200


def test_a_head_request_is_enough_for_a_load_balancer(client) -> None:
    answer = client.head("/healthz")
    assert (answer.status_code, answer.data) == (200, b"")
