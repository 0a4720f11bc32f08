"""Claims about rows: inserted once, never changed when they are facts; what waits for a commit."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from lms import clock
from lms.db import after_commit, db, insert_once, transaction
from lms.people.models import Organisation
from lms.records.models import Epoch


def test_of_racing_inserts_one_creates_and_all_read_the_same(app) -> None:
    together = threading.Barrier(6)
    found: list[tuple[str, bool]] = []

    def insert() -> None:
        with app.app_context():
            together.wait(20)
            with transaction():
                row, created = insert_once(
                    Organisation, ("path",), name="x", country="KR", path="/one/",
                    created_at=clock.now(),
                )  # fmt: skip
                found.append((row.id, created))

    threads = [threading.Thread(target=insert) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 6
    assert len({id for id, _ in found}) == 1
    assert sum(created for _, created in found) == 1
    with transaction(write=False):
        assert db.session.scalars(sa.select(Organisation.path)).all() == ["/one/"]


def _epoch(number: int) -> Epoch:
    return Epoch(number=number, begun_at=clock.now(), reason="a test", origin={})


@pytest.mark.parametrize(
    "change",
    [
        lambda row: setattr(row, "reason", "another"),
        lambda row: db.session.delete(row),
        lambda row: db.session.execute(sa.update(Epoch).values(reason="another")),
        lambda row: db.session.execute(sa.delete(Epoch)),
        lambda row: db.session.query(Epoch).update({"reason": "another"}),
    ],
    ids=["changed", "deleted", "changed in bulk", "deleted in bulk", "changed by a query"],
)
def test_a_fact_refuses_to_be_changed_or_removed(app, change) -> None:
    with transaction():
        db.session.add(_epoch(7))
    with pytest.raises(TypeError, match="append-only"), transaction():
        change(db.session.scalars(sa.select(Epoch)).one())
    with transaction(write=False):
        assert db.session.scalars(sa.select(Epoch.reason)).all() == ["a test"]


def test_what_waits_for_the_commit_runs_after_it(app) -> None:
    seen: list[list[int]] = []
    with transaction():
        db.session.add(_epoch(1))
        after_commit(lambda: seen.append(_numbers()))
        db.session.flush()
        assert seen == []
    assert seen == [[1]]


def test_what_waits_for_the_commit_is_forgotten_with_it(app) -> None:
    seen: list[str] = []
    with pytest.raises(ZeroDivisionError), transaction():
        _wait_and_fail(lambda: seen.append("sent"))
    with transaction():
        db.session.add(_epoch(2))
    assert seen == []


def _wait_and_fail(call: Callable[[], None]) -> None:
    after_commit(call)
    raise ZeroDivisionError


def _numbers() -> list[int]:
    with transaction(write=False):
        return list(db.session.scalars(sa.select(Epoch.number)))
