"""Hold every training record against its event, every event against the tree. Changes nothing."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lms.db import AppendOnly, Recorded, UtcDateTime, db
from lms.ledger.queries import AUDIT, rebuild
from lms.ledger.rules.rebuild import Finding
from lms.records import queries
from lms.records.models import Event, Signature
from lms.records.rules import state_digest


@dataclass(frozen=True)
class Mismatch:
    """A row that does not fit, and what is wrong with it."""

    table: str
    row: str
    what: str


@dataclass(frozen=True)
class Report:
    """What a verification found, first things first, and what is not in the tree yet."""

    mismatches: tuple[Mismatch, ...]
    rows: int
    events: int
    waiting: int
    oldest_waiting: datetime | None


def verify(outside: Sequence[str] = ()) -> Report:
    """Rebuild the tree from the rows and compare every row with its newest event.

    Args:
        outside: checkpoints that somebody else kept.
    """
    found = [_of_tree(f) for f in rebuild(AUDIT, queries.entries(), outside=outside)]
    found += _events()
    rows = 0
    for model in queries.recorded_models():
        count, wrong = verify_rows(model)
        rows += count
        found += wrong
    found += _signatures()
    waiting, oldest = queries.waiting()
    return Report(
        tuple(found),
        rows=rows,
        events=db.session.scalar(sa.select(sa.func.count(Event.id))) or 0,
        waiting=waiting,
        oldest_waiting=oldest,
    )


def _of_tree(finding: Finding) -> Mismatch:
    return Mismatch("event", finding.entry_id or "-", str(finding))


def _events() -> Iterator[Mismatch]:
    # The moment as it is stored: somebody may have made it unreadable.
    at = sa.type_coerce(Event.at, sa.String).label("at")
    names = ("id", "actor_id", "kind", "subject_table", "subject_id", "ordinal", "subject_digest")
    statement = sa.select(at, Event.content, *(getattr(Event, name) for name in names))
    with db.session.execute(statement.execution_options(yield_per=1000)) as rows:
        for row in rows:
            stored = (row.at, *(getattr(row, name) for name in names))
            if _said(row.content) != stored:
                yield Mismatch("event", row.id, "its columns differ from its content")


def _said(content: bytes) -> tuple[Any, ...] | None:
    """Return what an event's columns must be by its content; None when that cannot be read."""
    try:
        said = json.loads(content)
        subject = said["subject"]
        return (
            UtcDateTime.text(datetime.fromisoformat(said["at"])),
            said["id"],
            said["actor"]["id"],
            said["kind"],
            subject["table"],
            subject["row"],
            subject["ordinal"],
            subject["digest"],
        )
    except (ValueError, TypeError, LookupError):
        return None


def verify_rows(model: type[Recorded]) -> tuple[int, list[Mismatch]]:
    """Hold every row of one table against the newest event that tells of it.

    Returns:
        How many rows there are, and those that do not fit.
    """
    table: str = sa.inspect(model).local_table.name
    expected: dict[str, str] = {}
    wrong: list[Mismatch] = []
    for id, digest, events in queries.newest_states(table):
        expected[id] = digest
        if events > 1 and issubclass(model, AppendOnly):
            wrong.append(Mismatch(table, id, "a second event tells of a fact that never changes"))
    count = 0
    for id, found in _digests(model, table):
        count += 1
        known = expected.pop(id, None)
        if known is None:
            wrong.append(Mismatch(table, id, "no event tells of this row"))
        elif found is None:
            wrong.append(Mismatch(table, id, "the row cannot be read"))
        elif found != known:
            wrong.append(Mismatch(table, id, "the row differs from what its event recorded"))
    wrong += [Mismatch(table, row, "the row is gone") for row in expected]
    return count, wrong


def _digests(model: type[Recorded], table: str) -> Iterator[tuple[str, str | None]]:
    """Yield (id, digest of the state) of every row; None where a value was made unreadable."""
    ids = db.session.scalars(sa.select(model.id).order_by(model.id)).all()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        try:
            rows = db.session.scalars(sa.select(model).where(model.id.in_(some))).all()
            yield from [(row.id, state_digest(table, queries.state(row))) for row in rows]
        except (ValueError, TypeError, ArithmeticError, LookupError):
            yield from ((id, _digest_of_one(model, table, id)) for id in some)
        db.session.expunge_all()


def _digest_of_one(model: type[Recorded], table: str, id: str) -> str | None:
    try:
        row = db.session.scalars(sa.select(model).where(model.id == id)).one()
        return state_digest(table, queries.state(row))
    except (ValueError, TypeError, ArithmeticError, LookupError):
        return None


def _signatures() -> Iterator[Mismatch]:
    """Find signatures that do not belong to any recorded state of their row."""
    same = sa.and_(
        Event.subject_table == Signature.subject_table,
        Event.subject_id == Signature.subject_id,
        Event.subject_digest == Signature.subject_digest,
    )
    statement = sa.select(Signature.id).where(~sa.exists().where(same))
    for id in db.session.scalars(statement):
        yield Mismatch("signature", id, "it signs a state that was never recorded")
