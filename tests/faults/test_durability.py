"""What is acknowledged is on the disk; a disk that is full or held loses nothing (SQLite)."""

import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from lms.db import db, transaction
from lms.records.verify import verify
from tests.faults import trace
from tests.faults.hub import Hub
from tests.faults.world import opened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="about the SQLite file"),
]
PROMISES = {
    "journal_mode": "truncate",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "recursive_triggers": 1,
    "trusted_schema": 0,
}


def test_every_pooled_connection_keeps_the_promises_of_sqlite(app: Flask) -> None:
    with ExitStack() as stack:
        for _ in range(8):  # more than the pool keeps, all at once, so that each is another
            connection = db.engine.raw_connection()
            stack.callback(connection.close)
            for pragma, value in PROMISES.items():
                assert connection.cursor().execute(f"PRAGMA {pragma}").fetchone() == (value,)


@pytest.mark.skipif(bool(trace.why_not()), reason=trace.why_not())
@pytest.mark.parametrize("plant", ["", "early-acknowledgement"])
def test_database_is_synced_before_an_answer_is_acknowledged(
    new_hub: Callable, sit: Callable, tmp_path: Path, plant: str
) -> None:
    hub, world = new_hub(plant)
    sitting = sit(hub, world)
    with trace.traced(hub.answering()[0], tmp_path / "trace"):
        for _ in range(4):
            sitting.scribble()
    answers = trace.syncs_before_answers(tmp_path / "trace")
    assert len(answers) >= 4
    # The journal makes the change undoable, the file takes it, the journal's end makes it stand.
    order = ["seedtrain.db-journal", "seedtrain.db", "seedtrain.db-journal"]
    held = all(_in_order(order, synced) for synced in answers)
    assert held if not plant else not held, answers


def _in_order(names: list[str], among: list[str]) -> bool:
    rest = iter(among)
    return all(name in rest for name in names)


def test_short_lock_waits_and_long_lock_is_told_to_come_again(
    new_hub: Callable, sit: Callable, send: Callable
) -> None:
    hub, world = new_hub()
    sitting = sit(hub, world)
    with _locked(hub, 2.0):
        began = time.monotonic()
        assert send(sitting, 1)[0] == 200
        assert time.monotonic() - began > 1.0
    with _locked(hub, 8.0):
        status, retry_after, body = send(sitting, 2)
        assert (status, retry_after) == (503, "2"), body
        assert "busy" in body
    assert _saved(hub) == [1]
    assert send(sitting, 2)[0] == 200
    assert _saved(hub) == [1, 2]


@contextmanager
def _locked(hub: Hub, seconds: float) -> Iterator[None]:
    """Hold the only write lock in another connection."""
    held = threading.Event()

    def hold() -> None:
        connection = sqlite3.connect(hub.folder / "seedtrain.db", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(seconds)
        connection.execute("ROLLBACK")
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    try:
        yield
    finally:
        holder.join()


def _saved(hub: Hub) -> list[int]:
    connection = sqlite3.connect(hub.folder / "seedtrain.db")
    rows = connection.execute("SELECT sequence FROM response ORDER BY sequence").fetchall()
    connection.close()
    return [row[0] for row in rows]


def test_full_disk_keeps_what_was_saved_says_so_and_recovers(
    new_hub: Callable, sit: Callable, send: Callable, tmp_path: Path
) -> None:
    with _small_disk(tmp_path / "disk", megabytes=24) as folder:
        hub, world = new_hub(keep=folder)
        sitting = sit(hub, world)
        assert send(sitting, 1)[0] == 200
        filler = folder / "filler"
        _fill(filler)
        status, _, body = send(sitting, 2, text="long " * 4000)
        assert status == 507, body
        assert "no room" in body or "disk is full" in body
        assert _saved(hub) == [1]
        page = sitting.browser.post(
            f"/attempts/{sitting.attempt}/", {"csrf_token": sitting.csrf, "client": "tab-0000",
                                             "seen": 1, "submit": "1"}
        )  # fmt: skip
        assert page.status == 507
        assert "no room left" in page.text
        filler.unlink()
        assert send(sitting, 2, text="long " * 4000)[0] == 200
        assert _saved(hub) == [1, 2]
        assert not hub.stop()
        with opened(hub.config), transaction(write=False):
            assert not verify().mismatches


@contextmanager
def _small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as sink:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    sink.write(b"x" * size)
            except OSError:
                continue
