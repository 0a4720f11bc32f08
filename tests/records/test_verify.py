"""Claims about `records verify`: it finds a row changed behind its back in any table, and is quiet
where nobody did."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.columns import canonical, new_id
from lms.db import AppendOnly, Recorded, db, transaction
from lms.records import queries
from lms.records.actions import sequence_events
from lms.records.models import Event
from lms.records.rules import state_digest
from lms.records.verify import Mismatch, verify, verify_rows

MODELS = queries.recorded_models()
by_table = pytest.mark.parametrize("model", MODELS, ids=[m.__tablename__ for m in MODELS])
# No act of the walk writes these: a database begins its second epoch by a restore, nobody was
# refused, no key was corrected, no attempt was taken over by another device, nobody appealed,
# nothing was marked twice, and the programme asks for nothing beside its module.
NOT_WALKED = {
    "epoch", "refusal", "key_proposal", "lease", "remediation_plan", "appeal", "appeal_decision",
    "escalation", "evidence_withdrawal", "mark_comparison", "moderation", "second_call",
    "second_mark", "attestation", "second_opinion", "regrade_run", "regrade_decision",
    "anchor", "anchor_withdrawal", "anchor_mark", "calibration", "anchor_seed", "seed_mark",
    "marker_approval", "marker_approval_end", "turn_release", "unblinding", "question_review",
    "angoff_panel", "angoff_sheet", "angoff_step",
    "sitting", "identity_check", "seat", "incident", "sitting_report",
    "attempt_on_paper", "paper_times", "paper_entry", "paper_choice",
    "question_export", "file_scan",
    "second_marks", "setback", "blinded_panel", "panel_values", "log_entry", "log_answer",
    "accommodation", "attempt_allowance", "attempt_extension", "attempt_void", "void_decision",
}  # fmt: skip


class _Undo(Exception):
    """Ends a test's transaction without keeping what it did."""


@contextmanager
def _behind_its_back() -> Iterator[None]:
    """Do what somebody with the database's own tools does, and undo it at the end."""
    try:
        with transaction():
            if db.engine.dialect.name == "sqlite":
                db.session.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
            else:
                db.session.execute(sa.text("SET LOCAL session_replication_role = replica"))
            yield
            raise _Undo
    except _Undo:
        pass


def _found() -> list[tuple[str, str]]:
    return [(mismatch.table, mismatch.row) for mismatch in verify().mismatches]


def _ids(model: type[Recorded]) -> list[str]:
    table = model.__table__
    return list(db.session.scalars(sa.select(table.c.id).order_by(table.c.id)))


def test_an_honest_database_verifies(untouched: Flask) -> None:
    with transaction(write=False):
        report = verify()
    assert report.mismatches == ()
    assert report.waiting == 0
    assert report.oldest_waiting is None
    assert report.rows > 200


def test_the_walk_writes_every_table_of_training_records(untouched: Flask) -> None:
    with transaction(write=False):
        empty = {model.__tablename__ for model in MODELS if not _ids(model)}
    assert empty == NOT_WALKED & {model.__tablename__ for model in MODELS}


@by_table
def test_a_changed_column_is_found_in_whichever_table(untouched: Flask, model) -> None:
    table = model.__table__
    with transaction(write=False):
        ids = _ids(model)[:1]
    for id, column in product(ids, table.c):
        with _behind_its_back():
            other = _other(column)
            db.session.execute(
                sa.text(f"UPDATE {table.name} SET {column.name} = {other} WHERE id = '{id}'")
            )
            _count, found = verify_rows(model)
            assert id in {mismatch.row for mismatch in found}, column.name


def test_one_changed_row_in_every_table_is_named_table_by_table(untouched: Flask) -> None:
    changed = set()
    with _behind_its_back():
        for model in MODELS:
            column = next(c for c in model.__table__.c if not c.primary_key)
            for id in _ids(model)[-1:]:
                name = model.__tablename__
                changed.add((name, id))
                db.session.execute(
                    sa.text(f"UPDATE {name} SET {column.name} = {_other(column)} WHERE id = '{id}'")
                )
        assert set(_found()) >= changed


def _other(column: sa.Column[Any]) -> str:
    """Return an SQL expression that differs from what the column holds."""
    kind = column.type.compile(db.engine.dialect)
    if column.primary_key:
        return "'00000000000000000000000000'"
    if kind == "BOOLEAN":
        return f"NOT {column.name}"
    if kind == "INTEGER":
        return f"COALESCE({column.name}, 0) + 1000"
    if kind == "DATE":
        day = "DATE " if db.engine.dialect.name == "postgresql" else ""
        return f"{day}'2020-02-02'"
    if kind in ("BLOB", "BYTEA"):
        return "X'7b227e223a317d'" if kind == "BLOB" else "'\\x7b227e223a317d'"  # {"~":1}
    if isinstance(column.type, sa.types.TypeDecorator) and "27" in kind:  # a moment
        return "'2020-02-02T02:02:02.000002Z'"
    length = getattr(column.type, "length", None) or 10
    return f"substr('~' || coalesce({column.name}, ''), 1, {length})"


@by_table
def test_a_deleted_row_is_found_in_whichever_table(untouched: Flask, model) -> None:
    with _behind_its_back():
        for id in _ids(model)[:1]:
            db.session.execute(sa.text(f"DELETE FROM {model.__tablename__} WHERE id = '{id}'"))
            gone = Mismatch(model.__tablename__, id, "the row is gone")
            assert gone in verify_rows(model)[1]


@by_table
def test_an_inserted_row_is_found_in_whichever_table(untouched: Flask, model) -> None:
    with _behind_its_back():
        table, new = model.__table__, new_id()
        for id in _ids(model)[:1]:
            columns = [column for column in table.c if not column.primary_key]
            values = ", ".join(_copied(table, column) for column in columns)
            names = ", ".join(column.name for column in columns)
            db.session.execute(
                sa.text(
                    f"INSERT INTO {table.name} (id, {names})"
                    f" SELECT '{new}', {values} FROM {table.name} WHERE id = '{id}'"
                )
            )
            unknown = Mismatch(table.name, new, "no event tells of this row")
            assert unknown in verify_rows(model)[1]


def _copied(table: Any, column: sa.Column[Any]) -> str:
    """Return the column, or another value where it may stand only once."""
    uniques = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    alone = {list(c.columns)[-1].name for c in uniques} | (
        {column.name} if column.unique else set()
    )
    return _other(column) if column.name in alone else column.name


# --- the trail itself ------------------------------------------------------------------------

EVENT = "(SELECT id FROM event WHERE kind = 'result.released')"
ON_THE_TRAIL = {
    "its content": "UPDATE event SET content = :bytes WHERE id = " + EVENT,
    "who": "UPDATE event SET actor_id = 'somebody else' WHERE id = " + EVENT,
    "when": "UPDATE event SET at = '2020-02-02T02:02:02.000002Z' WHERE id = " + EVENT,
    "when, beyond reading": "UPDATE event SET at = 'yesterday' WHERE id = " + EVENT,
    "what": "UPDATE event SET kind = 'result.withheld' WHERE id = " + EVENT,
    "which row": "UPDATE event SET subject_id = 'another' WHERE id = " + EVENT,
    "which state": "UPDATE event SET subject_digest = 'another' WHERE id = " + EVENT,
    "its number": "UPDATE event SET ordinal = 9 WHERE id = " + EVENT,
    "all of it": "DELETE FROM event WHERE id = " + EVENT,
    "its leaf": "DELETE FROM leaf WHERE entry_id = " + EVENT,
    "its hash": "UPDATE leaf SET hash = :bytes WHERE entry_id = " + EVENT,
    "its place": "UPDATE leaf SET entry_id = 'another' WHERE entry_id = " + EVENT,
    "the end of the tree": "DELETE FROM leaf WHERE position = (SELECT max(position) FROM leaf)",
    "the checkpoints": "DELETE FROM checkpoint",
}


@pytest.mark.parametrize("statement", ON_THE_TRAIL.values(), ids=ON_THE_TRAIL.keys())
def test_a_change_of_the_trail_itself_is_found(untouched: Flask, statement: str) -> None:
    with _behind_its_back():
        values = {"bytes": b"\xff no longer readable"} if ":bytes" in statement else {}
        done = db.session.execute(sa.text(statement), values)
        assert done.rowcount > 0
        assert verify().mismatches


def test_a_forged_event_does_not_cover_a_changed_fact(untouched: Flask) -> None:
    """Whoever can change a mark can add an event too; but a fact has one event for ever."""
    with _behind_its_back():
        mark = next(model for model in MODELS if model.__tablename__ == "mark")
        (id,) = _ids(mark)
        db.session.execute(sa.text("UPDATE mark SET comment = 'forged'"))
        row = db.session.get_one(mark, id)
        told = db.session.scalars(sa.select(Event).where(Event.subject_id == id)).one()
        db.session.execute(sa.insert(Event.__table__).values(_forged(told, row)))
        sequence_events()
        assert ("mark", id) in _found()


def _forged(told: Event, row: Recorded) -> dict[str, Any]:
    said = json.loads(told.content)
    values = {name: getattr(told, name) for name in ("at", "actor_id", "kind", "subject_id")}
    content = _content_of_changed(said, row, new := new_id())
    return values | {
        "id": new,
        "subject_table": "mark",
        "ordinal": 2,
        "subject_digest": json.loads(content)["subject"]["digest"],
        "content": content,
    }


def _content_of_changed(said: dict[str, Any], row: Recorded, id: str) -> bytes:
    now = state_digest("mark", queries.state(row))
    return canonical(said | {"id": id, "subject": said["subject"] | {"ordinal": 2, "digest": now}})


def test_a_signature_of_a_state_that_was_never_recorded_is_found(untouched: Flask) -> None:
    with _behind_its_back():
        db.session.execute(
            sa.text("UPDATE signature SET subject_digest = 'x' WHERE meaning = 'graded'")
        )
        said = [m.what for m in verify().mismatches if m.table == "signature"]
        assert "it signs a state that was never recorded" in said


def test_several_findings_are_all_named_the_first_first(untouched: Flask) -> None:
    with _behind_its_back():
        db.session.execute(sa.text("UPDATE result SET passed = NOT passed"))
        db.session.execute(sa.text("DELETE FROM evidence"))
        db.session.execute(sa.text("UPDATE person SET name = 'Somebody Else'"))
        assert {"result", "evidence", "person"} <= {table for table, _row in _found()}


def test_every_fact_has_one_event_and_every_row_at_least_one(untouched: Flask) -> None:
    count: Callable[..., Any] = sa.func.count
    with transaction(write=False):
        for model in MODELS:
            statement = (
                sa.select(count(Event.id))
                .where(Event.subject_table == model.__tablename__)
                .group_by(Event.subject_id)
            )
            numbers = list(db.session.scalars(statement))
            assert len(numbers) == len(_ids(model)), model
            assert not issubclass(model, AppendOnly) or set(numbers) <= {1}, model
