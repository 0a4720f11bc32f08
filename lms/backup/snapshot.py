"""One moment of the database, to be read at leisure while others go on writing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from lms.db import db

_PAGES = 16384  # 64 MiB of SQLite's usual pages: a writer waits no longer than these take
_RESTARTS = 3


@contextmanager
def snapshot(folder: Path) -> Iterator[Connection]:
    """Open a connection that sees the database as it is now, whatever is written meanwhile.

    Args:
        folder: where a copy of a SQLite file may stand; it is gone at the end.
    """
    if db.engine.dialect.name == "sqlite":
        copy = folder / "database"
        copy_sqlite(Path(db.engine.url.database or ""), copy)
        engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(copy)), poolclass=sa.NullPool
        )
    else:
        copy = None
        engine = sa.create_engine(
            db.engine.url,
            poolclass=sa.NullPool,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
        )
    with _reading(engine) as connection:
        yield connection
    if copy is not None:
        copy.unlink()


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def copy_sqlite(source: Path, target: Path, pages: int = _PAGES) -> None:
    """Copy a SQLite database that may be in use; the copy is one moment of it.

    Writers get in between two steps, and then it begins anew; when that goes on, one last step
    takes the whole while they wait.

    Args:
        pages: how many are copied in one step.
    """
    address = f"file:{quote(str(source.absolute()))}?mode=rw"  # rw: it may have to recover first
    with (
        closing(sqlite3.connect(address, uri=True)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        try:
            origin.backup(copy, pages=pages, progress=_patience(), sleep=0.01)
        except _Restless:
            origin.backup(copy)


class _Restless(Exception):
    """The database changes faster than it can be copied in steps."""


def _patience() -> Callable[[int, int, int], None]:
    """Return a callback that gives up once the copying began anew too often."""
    left: int | None = None
    restarts = 0

    def progress(status: int, remaining: int, total: int) -> None:
        nonlocal left, restarts
        if status in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
            restarts += left is not None and remaining >= left > 0
            left = remaining
        if restarts > _RESTARTS:
            raise _Restless

    return progress
