"""Claims about transactions: return commits, raise rolls back, reading is kept by the database."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from lms import clock
from lms.columns import new_id
from lms.db import aside, db, transaction
from lms.errors import NotFound
from lms.people.models import Organisation
from tests.probe import Act, Probe

READ_ONLY = r"(?i)read-?only"


def _organisation(path: str, **values: Any) -> Organisation:
    made = {"id": new_id(), "name": path, "country": "KR", "path": path, "created_at": clock.now()}
    return Organisation(**made | values)


def _add(path: str) -> None:
    db.session.add(_organisation(path))


def _write_below_the_session() -> None:
    db.session.execute(sa.text("UPDATE organisation SET name = 'changed'"))


def _paths() -> list[str]:
    with transaction(write=False):
        return sorted(db.session.scalars(sa.select(Organisation.path)))


@pytest.fixture
def probe() -> Probe:
    return Probe()


@pytest.fixture
def app(new_app: Callable[..., Flask], probe: Probe) -> Iterator[Flask]:
    made = new_app(plugins=[probe])
    made.config["WTF_CSRF_ENABLED"] = False
    with made.app_context():
        yield made


# --- return commits, raise rolls back --------------------------------------------------------


def test_a_view_that_returns_has_committed_whatever_its_status(client, probe) -> None:
    def refuse_and_keep() -> object:
        _add("/kept/")
        return "a refusal that is shown"

    probe.act = refuse_and_keep
    assert client.post("/act").status_code == 200
    assert _paths() == ["/kept/"]


@pytest.mark.parametrize(("error", "status"), [(NotFound(), 404), (ZeroDivisionError(), 500)])
def test_a_view_that_raises_has_changed_nothing(client, probe, error, status) -> None:
    def add_and_raise() -> None:
        _add("/lost/")
        db.session.flush()
        raise error

    probe.act = add_and_raise
    assert client.post("/act").status_code == status
    assert _paths() == []


def test_a_block_that_raises_anything_at_all_rolls_back(app) -> None:
    def stop_in_the_middle() -> None:
        with transaction():
            _add("/lost/")
            db.session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_in_the_middle()
    assert _paths() == []


def test_an_integrity_error_at_the_very_end_is_a_conflict_and_no_lost_write(client, probe) -> None:
    with transaction():
        _add("/taken/")

    def add_without_flushing() -> str:
        _add("/new/")
        _add("/taken/")
        return "it looks as if this were saved"

    probe.act = add_without_flushing
    answer = client.post("/act")
    assert answer.status_code == 409
    assert "it looks" not in answer.text
    assert _paths() == ["/taken/"]


def test_a_transaction_does_not_nest(app) -> None:
    with transaction():
        _add("/outer/")
        db.session.flush()
        with pytest.raises(RuntimeError, match="already open"), transaction():
            pass


# --- reading cannot write --------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("write", [_write_below_the_session, lambda: _add("/new/")])
def test_safe_methods_cannot_write(client, probe, method, write, caplog) -> None:
    with transaction():
        _add("/there/")
    probe.act = write
    assert client.open("/act", method=method).status_code == 500
    assert "read" in caplog.text.lower()
    assert "only" in caplog.text.lower()
    assert _names() == ["/there/"]


def test_a_view_marked_reads_cannot_write_though_it_is_posted_to(client, probe) -> None:
    with transaction():
        _add("/there/")
    probe.act = _write_below_the_session
    assert client.post("/look").status_code == 500
    assert _names() == ["/there/"]
    assert client.post("/act").status_code == 200
    assert _names() == ["changed"]


def test_the_database_itself_refuses_a_write_while_reading(app) -> None:
    with transaction():
        _add("/there/")

    def write_while_reading() -> None:
        with transaction(write=False):
            db.session.connection().exec_driver_sql("DELETE FROM organisation")

    with pytest.raises(DBAPIError, match=READ_ONLY):
        write_while_reading()
    assert _names() == ["/there/"]


def test_nothing_is_written_after_the_view_has_returned(client, probe, caplog) -> None:
    with transaction():
        _add("/there/")
    probe.last = _write_below_the_session
    assert client.post("/act").status_code == 500
    assert _names() == ["/there/"]


def test_a_reader_becomes_a_writer_again(app) -> None:
    for path in ("/a/", "/b/"):
        with transaction(write=False):
            db.session.execute(sa.select(Organisation)).all()
        with transaction():
            _add(path)
    assert _paths() == ["/a/", "/b/"]


def _names() -> list[str]:
    with transaction(write=False):
        return sorted(db.session.scalars(sa.select(Organisation.name)))


# --- when a transaction opens ----------------------------------------------------------------


def _statements(app: Flask, act: Act) -> list[str]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    return seen


def test_a_view_without_a_statement_opens_no_transaction(app, client, probe) -> None:
    assert _statements(app, lambda: client.post("/act")) == []


def test_the_first_statement_says_what_kind_of_transaction_it_is(app, client, probe) -> None:
    probe.act = lambda: db.session.scalar(sa.text("SELECT 1"))
    reading = _statements(app, lambda: client.get("/act"))
    writing = _statements(app, lambda: client.post("/act"))
    if db.engine.dialect.name == "sqlite":
        assert reading == ["PRAGMA query_only=ON", "BEGIN", "SELECT 1"]
        assert writing == ["PRAGMA query_only=OFF", "BEGIN IMMEDIATE", "SELECT 1"]
    else:
        assert reading == ["SET TRANSACTION READ ONLY", "SELECT 1"]
        assert writing == ["SELECT 1"]


def test_a_writer_holds_sqlite_from_its_first_statement(app) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL locks rows")
    other = sqlite3.connect(make_url(str(db.engine.url)).database or "", timeout=0)
    try:
        with transaction():
            db.session.scalar(sa.text("SELECT 1"))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
    finally:
        other.close()


def test_nothing_outside_a_transaction_touches_the_database(app) -> None:
    for touch in (
        lambda: db.session.execute(sa.select(Organisation)),
        lambda: db.engine.connect().exec_driver_sql("SELECT 1"),
    ):
        with pytest.raises(RuntimeError, match="no transaction is open"):
            touch()
        db.session.remove()


def test_foreign_keys_are_kept_and_a_commit_reaches_the_disk(app) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        _add_orphan()
    if db.engine.dialect.name == "sqlite":
        with transaction(write=False):
            pragmas = {
                name: db.session.scalar(sa.text(f"PRAGMA {name}"))
                for name in ("synchronous", "recursive_triggers", "journal_mode")
            }
        assert pragmas == {"synchronous": 2, "recursive_triggers": 1, "journal_mode": "truncate"}


def _add_orphan() -> None:
    with transaction():
        db.session.add(_organisation("/orphan/", parent_id="nobody"))


# --- beside the transaction ------------------------------------------------------------------


def _fail_after(act: Act) -> None:
    act()
    raise ZeroDivisionError


def test_an_aside_leaves_no_transaction_open(app) -> None:
    with aside():
        db.session.execute(sa.select(Organisation)).all()
    assert not (db.session.registry.has() and db.session().in_transaction())
    with pytest.raises(ZeroDivisionError), aside():
        _fail_after(lambda: db.session.execute(sa.select(Organisation)).all())
    assert not (db.session.registry.has() and db.session().in_transaction())


def test_an_aside_reads_only_and_comes_first(app) -> None:
    with pytest.raises(DBAPIError, match=READ_ONLY), aside():
        _write_below_the_session()
    with transaction():
        db.session.execute(sa.select(Organisation)).all()
        with pytest.raises(RuntimeError, match="must come before"), aside():
            pass


def test_a_request_still_writes_after_an_aside(client, probe) -> None:
    def look_then_write() -> None:
        with aside():
            db.session.execute(sa.select(Organisation)).all()
        _add("/written/")

    probe.act = look_then_write
    assert client.post("/act").status_code == 200
    assert _paths() == ["/written/"]


def test_what_is_busy_is_told_apart_from_what_is_broken(app, client, probe) -> None:
    def busy() -> None:
        raise OperationalError("BEGIN", {}, sqlite3.OperationalError("database is locked"))

    probe.act = busy
    answer = client.post("/act")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
