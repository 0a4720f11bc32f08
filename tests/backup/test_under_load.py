"""Claims about a backup that is taken while people work: it is one moment of that work."""

import sqlite3
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.backup import actions, snapshot
from lms.columns import new_id
from lms.db import db, transaction
from lms.ledger.models import Leaf
from lms.people.models import Organisation
from lms.records.actions import sequence_events
from lms.records.verify import verify
from lms.store import actions as store
from tests.factories import make_organisation

Elsewhere = Callable[..., Flask]


@contextmanager
def _writer(app: Flask, acknowledged: list[str]) -> Iterator[threading.Thread]:
    """Add organisations, each below the last, and note each that is committed."""
    stop = threading.Event()

    def work() -> None:
        with app.app_context():
            while not stop.is_set():
                with transaction():
                    at = acknowledged[-1] if acknowledged else None
                    above = db.session.get(Organisation, at) if len(acknowledged) % 8 else None
                    fresh = make_organisation(parent=above)
                    id = fresh.id
                acknowledged.append(id)
                store.put(id.encode())

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join()


def _wait_for(acknowledged: list[str], count: int) -> None:
    end = time.monotonic() + 30
    while len(acknowledged) < count and time.monotonic() < end:
        time.sleep(0.005)
    assert len(acknowledged) >= count


def test_what_was_acknowledged_before_a_backup_began_is_in_it(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    before: list[list[str]] = []
    with _writer(app, acknowledged) as thread:
        for number in range(3):
            _wait_for(acknowledged, len(acknowledged) + 10)
            with transaction():
                sequence_events()
            before.append(list(acknowledged))
            actions.back_up(tmp_path / f"{number}.tar")
        assert thread.is_alive()
    assert len(acknowledged) > len(before[-1])
    for number, expected in enumerate(before):
        _hold_against(elsewhere(), tmp_path / f"{number}.tar", expected)


def _hold_against(other: Flask, archive: Path, expected: list[str]) -> None:
    with other.app_context():
        done = other.test_cli_runner().invoke(args=["restore", str(archive)])
        assert done.exit_code == 0, done.output  # foreign keys were in force
        with transaction(write=False):
            there = set(db.session.scalars(sa.select(Organisation.id)))
            assert set(expected) <= there
            assert verify().mismatches == ()
        assert {store.get(name) for name in store.names()} >= {id.encode() for id in expected[:-1]}


def test_a_database_that_never_rests_is_copied_all_the_same(tmp_path: Path) -> None:
    source = tmp_path / "source.db"
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (n INTEGER, filling TEXT)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(0, "x" * 500)] * 2000)
        connection.execute("COMMIT")
    stop = threading.Event()
    counts: list[int] = []

    def work() -> None:
        with closing(sqlite3.connect(source, isolation_level=None, timeout=30)) as writer:
            while not stop.is_set():
                writer.execute("UPDATE t SET n = n + 1")
                counts.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        while not counts:
            time.sleep(0.01)
        known = len(counts)
        snapshot.copy_sqlite(source, tmp_path / "copy.db", pages=8)
    finally:
        stop.set()
        thread.join()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ((least, most),) = copy.execute("SELECT min(n), max(n) FROM t").fetchall()
    assert least == most >= known


@pytest.mark.parametrize("rows", [2_000, 16_000])
def test_memory_stays_flat_however_many_rows_there_are(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(actions, "PART_BYTES", 64 << 10)
    with transaction():
        make_organisation("Root")
        sizes = [
            {"log": "certificates", "position": n, "entry_id": new_id(), "hash": bytes(1000)}
            for n in range(rows)
        ]
        db.session.execute(sa.insert(Leaf), sizes)
    del sizes
    assert _peak(lambda: actions.back_up(tmp_path / "a.tar")) < 6 << 20
    other = elsewhere()
    with other.app_context():
        words = ["restore", str(tmp_path / "a.tar")]
        assert _peak(lambda: other.test_cli_runner().invoke(args=words)) < 12 << 20
        with transaction(write=False):
            assert db.session.scalar(sa.select(sa.func.count(Leaf.id))) == rows


def _peak(act: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
