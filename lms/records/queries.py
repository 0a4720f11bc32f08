"""Read events, states and what is not yet in the tree."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lms.columns import is_absent
from lms.db import Base, Recorded, db
from lms.ledger.queries import AUDIT, is_placed
from lms.records.models import Epoch, Event, Signature

# What the tree proves by itself, without an event about it.
_TREE = {"event", "leaf", "checkpoint"}


def state(row: Recorded) -> dict[str, Any]:
    """Return a row's columns as they are, by name, without those that it had no need of yet."""
    values = {
        attribute.key: (attribute.columns[0], getattr(row, attribute.key))
        for attribute in sa.inspect(type(row)).column_attrs
    }
    return {name: value for name, (column, value) in values.items() if not is_absent(column, value)}


def next_ordinal(table: str, row_id: str) -> int:
    """Return the number that the next event of a row will have (from 1)."""
    last = sa.select(sa.func.max(Event.ordinal)).where(
        Event.subject_table == table, Event.subject_id == row_id
    )
    return (db.session.scalar(last) or 0) + 1


def recorded_models() -> list[type[Recorded]]:
    """Return every mapped class whose rows are training records, parents before children."""
    found = {
        mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Recorded) and mapper.local_table.name not in _TREE  # type: ignore[attr-defined]
    }
    return [found[t.name] for t in Base.metadata.sorted_tables if t.name in found]


def unsequenced(limit: int) -> list[tuple[str, bytes]]:
    """Return (id, bytes) of committed events that have no leaf yet, oldest first."""
    statement = (
        sa.select(Event.id, Event.content)
        .where(~is_placed(AUDIT, Event.id))
        .order_by(Event.at, Event.subject_id, Event.ordinal)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def waiting() -> tuple[int, datetime | None]:
    """Return how many committed events have no leaf yet, and when the oldest happened."""
    statement = sa.select(sa.func.count(Event.id), sa.func.min(Event.at)).where(
        ~is_placed(AUDIT, Event.id)
    )
    count, oldest = db.session.execute(statement).one()
    return count, oldest


def entries() -> Iterator[tuple[str, bytes]]:
    """Yield (id, bytes) of every event, as the tree takes them."""
    statement = sa.select(Event.id, Event.content).execution_options(yield_per=1000)
    with db.session.execute(statement) as rows:  # its cursor on the server ends with the reader
        yield from rows


def latest_events(*, before: datetime | None, kind: str | None, limit: int) -> Sequence[Event]:
    """Return the newest events, optionally only of a kind or before a moment."""
    statement = sa.select(Event).order_by(Event.at.desc(), Event.ordinal.desc()).limit(limit)
    if kind:
        statement = statement.where(Event.kind.startswith(kind))
    if before:
        statement = statement.where(Event.at < before)
    return db.session.scalars(statement).all()


def newest_states(table: str) -> Iterator[tuple[str, str, int]]:
    """Yield (row id, newest digest, number of events) for each subject in `table`."""
    newest = (
        sa.select(
            Event.subject_id,
            sa.func.max(Event.ordinal).label("ordinal"),
            sa.func.count(Event.id).label("events"),
        )
        .where(Event.subject_table == table)
        .group_by(Event.subject_id)
        .subquery()
    )
    statement = sa.select(Event.subject_id, Event.subject_digest, newest.c.events).join(
        newest,
        sa.and_(
            Event.subject_table == table,
            Event.subject_id == newest.c.subject_id,
            Event.ordinal == newest.c.ordinal,
        ),
    )
    for row in db.session.execute(statement):
        yield row[0], row[1], row[2]


def is_signed(row: Recorded, meaning: str) -> bool:
    """Tell whether somebody signed `row` with this meaning."""
    statement = sa.select(Signature.id).where(
        Signature.subject_id == row.id, Signature.meaning == meaning
    )
    return bool(db.session.scalar(sa.select(statement.exists())))


def epoch_number() -> int:
    """Return the number of the current epoch, 0 before the first."""
    return db.session.scalar(sa.select(sa.func.max(Epoch.number))) or 0
