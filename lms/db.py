"""The database: engine, session, transactions, `insert_once`; no domain table.

One law: a transaction opens at the first statement and ends here — *return commits, raise
rolls back*. GET, HEAD and views marked `@reads` get a read-only one that the database enforces.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from random import random
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, mapped_column

from lms.columns import Canonical, ExactDecimal, Id, UtcDateTime, canonical, digest, new_id
from lms.errors import N_, Busy

__all__ = [
    "AppendOnly", "Base", "Canonical", "ExactDecimal", "Id", "Overtaken", "Recorded", "Row",
    "UtcDateTime",
    "after_commit", "apart", "aside", "canonical", "db", "digest", "init_views", "init_engine",
    "insert_once", "new_id", "reads", "transaction", "writing_connection",
]  # fmt: skip  # one glance shows the whole door

_TURNS = 10  # how often a request that was overtaken is run
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# None: the request's method decides; outside a request a transaction() must say what it is.
_mode: ContextVar[str | None] = ContextVar("mode", default=None)
F = TypeVar("F", bound=Callable[..., Any])
M = TypeVar("M", bound="Row")


# --- tables ---------------------------------------------------------------------------------


class Base(DeclarativeBase):
    """Names every constraint, so that both databases can drop it again by name."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Row:
    """A table's random primary key."""

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)


class Recorded(Row):
    """A training record: each state of a row is bound by an audit event in the same transaction."""


class AppendOnly(Recorded):
    """A fact: inserted once, superseded by later rows, never changed or removed."""


# What a statement carried (names, hashes of passwords) has no place in a log.
db = SQLAlchemy(model_class=Base, engine_options={"hide_parameters": True})


@event.listens_for(Session, "before_flush")
def _facts_stay(session: Session, context: Any, instances: Any) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in [*changed, *session.deleted]:
        if isinstance(row, AppendOnly):
            raise TypeError(f"{type(row).__name__} is append-only: supersede it by a new row")


@event.listens_for(Session, "do_orm_execute")
def _facts_stay_in_bulk(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper if state.is_update or state.is_delete else None
    if mapper is not None and issubclass(mapper.class_, AppendOnly):
        name = mapper.class_.__name__
        raise TypeError(f"{name} is append-only: supersede it by a new row")


# --- transactions ---------------------------------------------------------------------------


class Overtaken(Exception):
    """Somebody else's transaction took the same place first: undo, and run the request again.

    SQLite, which lets one writer in at a time, never comes to this; PostgreSQL does.
    """


def reads(view: F) -> F:
    """Mark a view as read-only whatever its method (verification, import previews)."""
    view.reads_only = True  # type: ignore[attr-defined]
    return view


def _read_only() -> bool:
    mode = _mode.get()
    if mode is not None:
        return mode == "read"
    if not has_request_context():
        raise RuntimeError("no transaction is open: use lms.db.transaction()")
    if g.get("transaction_over") or request.method in _SAFE_METHODS:
        return True
    return bool(g.get("reads_only"))


def _on_connect(connection: Any, _record: Any) -> None:
    """Set what SQLite needs to keep its promises; the driver's own BEGIN is switched off.

    Rollback journal, since WAL corrupts on libraries before 3.51.3; TRUNCATE, since its end of
    transaction is itself synced under FULL, where DELETE would leave it to the directory.
    """
    connection.isolation_level = None
    for pragma in (
        "journal_mode=TRUNCATE",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "recursive_triggers=ON",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    read_only = _read_only()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
    elif read_only:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def _in_mode(mode: str) -> Iterator[None]:
    token = _mode.set(mode)
    try:
        yield
    finally:
        _mode.reset(token)


@contextmanager
def transaction(write: bool = True) -> Iterator[None]:
    """Open a transaction for a command, a job or a test: return commits, raise rolls back."""
    if db.session.registry.has() and db.session().in_transaction():
        raise RuntimeError("a transaction is already open")
    with _in_mode("write" if write else "read"):
        try:
            yield
            _commit()
        except BaseException:
            _roll_back()
            raise


@contextmanager
def aside() -> Iterator[None]:
    """Read in a short transaction of its own, before the request's opens (password proofs).

    Rows loaded inside are detached at the end: take plain values out of them.
    """
    if db.session.registry.has() and db.session().in_transaction():
        raise RuntimeError("an aside must come before the request's own transaction")
    with _in_mode("read"):
        try:
            yield
        finally:
            db.session.remove()


@contextmanager
def writing_connection() -> Iterator[Connection]:
    """Open a writing transaction below the session, for migrations."""
    with _in_mode("write"), db.engine.begin() as connection:
        yield connection


def apart() -> AbstractContextManager[Any]:
    """Return a block whose failure is undone alone: the open transaction goes on as it was before.

    PostgreSQL refuses everything after one failed SELECT. While writing, the block is a savepoint;
    while reading, or where nothing was begun yet, starting anew loses nothing and costs nothing.
    """
    begun = db.session.registry.has() and db.session().in_transaction()
    return db.session.begin_nested() if begun and not _read_only() else _anew_if_it_fails()


@contextmanager
def _anew_if_it_fails() -> Iterator[None]:
    try:
        yield
    except Exception:
        db.session.rollback()
        raise


def after_commit(call: Callable[[], None]) -> None:
    """Call once this transaction has committed; forgotten when it rolls back."""
    db.session.info.setdefault("after_commit", []).append(call)


def _commit() -> None:
    calls = db.session.info.pop("after_commit", [])
    db.session.commit()
    for call in calls:
        call()


def _roll_back() -> None:
    db.session.info.pop("after_commit", None)
    db.session.rollback()


def _in_turn(act: Callable[[], Any]) -> Any:
    """Run `act` and commit; run it again where somebody else took its place first."""
    for turn in range(_TURNS):
        try:
            answer = act()
            _commit()
            return answer
        except Overtaken:
            _roll_back()
            if turn == _TURNS - 1:
                raise Busy(N_("Too many at once want to change this. Try again.")) from None
            time.sleep(random() * 0.01 * (turn + 1))  # so that they part
        except BaseException:
            _roll_back()
            raise
    return None


def _transactional(view: F) -> F:
    """Wrap a view so that its return commits; a late integrity error still reaches the handlers."""

    @wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        g.reads_only = getattr(view, "reads_only", False)
        try:
            return _in_turn(lambda: view(*args, **kwargs))
        finally:
            g.transaction_over = True

    return run  # type: ignore[return-value]


# --- inserting once -------------------------------------------------------------------------


def insert_once(model: type[M], unique: tuple[str, ...], **values: Any) -> tuple[M, bool]:
    """Insert a row unless its `unique` columns are taken, and return the row that stands.

    The promise is the database's: of any number of racing callers one creates, all read the same.

    Returns:
        The row, and whether this call created it.
    """
    values.setdefault("id", new_id())
    insert = {"sqlite": sqlite, "postgresql": postgresql}[db.engine.dialect.name].insert(model)
    statement = insert.values(**values).on_conflict_do_nothing(index_elements=list(unique))
    row = db.session.scalars(
        statement.returning(model), execution_options={"populate_existing": True}
    ).one_or_none()
    if row is not None:
        return row, True
    same = [getattr(model, name) == values[name] for name in unique]
    return db.session.scalars(sa.select(model).where(*same)).one(), False


def init_views(app: Flask) -> None:
    """Wrap every view in its transaction; call after every route is registered."""
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = _transactional(view)


def init_engine(app: Flask) -> None:
    """Create the engine from DATABASE_URL and give it its transaction rules."""
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["DATABASE_URL"]
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
