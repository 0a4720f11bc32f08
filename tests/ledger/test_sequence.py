"""Sequencing: one line of positions without gaps, signed, whoever races or tampers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms import clock
from lms.db import db, transaction
from lms.errors import RuleBroken
from lms.ledger import queries, rules
from lms.ledger.actions import sequence
from lms.ledger.models import Checkpoint, Leaf


def _entries(start: int, stop: int) -> list[tuple[str, bytes]]:
    return [(f"entry-{n}", b"what happened, %d" % n) for n in range(start, stop)]


def _append(start: int, stop: int, signer: rules.Signer, log: str = "audit") -> int | None:
    with transaction():
        made = sequence(log, _entries(start, stop), signer=signer)
        return made and made.size


def _stored(model):
    with transaction(write=False):
        rows = db.session.execute(sa.select(*model.__table__.columns)).mappings().all()
    return [dict(row) for row in rows]


def test_entries_stand_in_their_order_and_the_checkpoint_covers_them(app, signer):
    assert _append(0, 5, signer) == 5
    with transaction(write=False):
        rows = list(queries.leaves("audit"))
        latest = queries.latest_checkpoint("audit")
        head = rules.open_checkpoint(latest.note, signer.verifier)
        assert queries.verifier_of("audit") == signer.verifier
        assert queries.leaf_of("audit", "entry-3").position == 3
        assert abs((clock.now() - latest.signed_at).total_seconds()) < 60
    hashes = [rules.leaf_hash(data) for _, data in _entries(0, 5)]
    assert [(row.position, row.entry_id) for row in rows] == [(n, f"entry-{n}") for n in range(5)]
    assert [row.hash for row in rows] == hashes
    assert head == rules.TreeHead("hub.example/audit", 5, rules.root_of(hashes))


def test_batches_grow_the_same_tree_as_one(app, signer):
    for start, stop in ((0, 1), (1, 4), (4, 11)):
        _append(start, stop, signer)
    with transaction(write=False):
        roots = {row.size: row.root for row in queries.checkpoints("audit")}
    hashes = [rules.leaf_hash(data) for _, data in _entries(0, 11)]
    assert roots == {size: rules.root_of(hashes[:size]) for size in (1, 4, 11)}


def test_nothing_new_gives_no_checkpoint(app, signer):
    assert _append(0, 0, signer) is None
    _append(0, 3, signer)
    assert _append(0, 3, signer) is None
    assert len(_stored(Checkpoint)) == 1


def test_entries_that_have_a_place_keep_it(app, signer):
    _append(0, 3, signer)
    assert _append(1, 6, signer) == 6
    with transaction(write=False):
        assert queries.placed("audit", ["entry-1", "entry-5", "other"]) == {"entry-1", "entry-5"}
        assert queries.leaf_of("audit", "entry-1").position == 1


def test_an_entry_given_twice_has_one_place(app, signer):
    with transaction():
        assert sequence("audit", _entries(0, 2) * 2, signer=signer).size == 2


def test_logs_do_not_touch_each_other(app, signer):
    _append(0, 3, signer)
    other = rules.Signer("hub.example/certificates", bytes(range(32)))
    assert _append(0, 2, other, log="certificates") == 2
    assert _append(3, 4, signer) == 4


def test_a_rolled_back_batch_leaves_nothing_and_its_positions_are_given_again(app, signer):
    def fail_later() -> None:
        with transaction():
            sequence("audit", _entries(0, 3), signer=signer)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_later()
    assert _stored(Leaf) == []
    assert _append(5, 7, signer) == 2


def test_leaves_and_checkpoints_cannot_be_changed_or_removed(app, signer):
    _append(0, 2, signer)
    with transaction(write=False):
        leaf = queries.leaf_of("audit", "entry-1")
        leaf.hash = bytes(32)
        with pytest.raises(TypeError, match="append-only"):
            db.session.flush()
        db.session.expire(leaf)
        db.session.delete(queries.latest_checkpoint("audit"))
        with pytest.raises(TypeError, match="append-only"):
            db.session.flush()
        db.session.rollback()


@pytest.mark.parametrize(
    "values", [{"position": 1, "entry_id": "other"}, {"position": 9, "entry_id": "entry-1"}]
)
def test_the_database_refuses_a_place_or_an_entry_twice(app, signer, values):
    _append(0, 2, signer)
    with transaction():
        db.session.add(Leaf(log="audit", hash=bytes(32), **values))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


TAMPERINGS = {
    "the root": "UPDATE checkpoint SET root = (SELECT hash FROM leaf WHERE position = 0)",
    "the size": "UPDATE checkpoint SET size = size + 1",
    "the note": "UPDATE checkpoint SET note = replace(note, 'audit', 'other')",
    "the last leaf": "DELETE FROM leaf WHERE position = 2",
    "one leaf too many": "INSERT INTO leaf (id, log, position, entry_id, hash)"
    " SELECT 'x', log, 3, 'x', hash FROM leaf WHERE position = 0",
    "all checkpoints": "DELETE FROM checkpoint",
}


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_nothing_is_signed_on_top_of_a_log_that_does_not_fit(app, signer, statement):
    _append(0, 3, signer)
    with transaction():
        db.session.execute(sa.text(statement))
    before = _stored(Checkpoint)
    with pytest.raises(RuleBroken, match="nothing was signed"):
        _append(3, 5, signer)
    assert _stored(Checkpoint) == before


def test_a_frontier_that_is_none_is_refused(app, signer):
    _append(0, 3, signer)
    with transaction():
        db.session.execute(sa.update(Checkpoint.__table__).values(frontier=["nonsense"]))
    with pytest.raises(RuleBroken, match="nothing was signed"):
        _append(3, 5, signer)


def test_another_key_does_not_continue_a_log(app, signer):
    _append(0, 3, signer)
    with pytest.raises(RuleBroken, match="another key"):
        _append(3, 5, rules.Signer(signer.name, bytes(32)))


def test_a_leaf_that_was_stored_otherwise_than_hashed_is_not_signed(app, signer, monkeypatch):
    real, calls = rules.leaf_hash, []

    def flips_one_bit_once(data: bytes) -> bytes:
        calls.append(data)
        good = real(data)
        return bytes([good[0] ^ 1, *good[1:]]) if len(calls) == 2 else good

    monkeypatch.setattr(rules, "leaf_hash", flips_one_bit_once)
    with pytest.raises(RuleBroken, match="nothing was signed"):
        _append(0, 3, signer)
    assert _stored(Leaf) == []


def test_racing_sequencers_do_not_fork_the_log(app, signer):
    def race(number: int) -> None:
        with app.app_context():
            for start in range(number * 100, number * 100 + 15, 3):
                _append(start, start + 4, signer)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(race, n % 2) for n in range(4)]:
            done.result(60)
    entries = [*_entries(0, 16), *_entries(100, 116)]
    with transaction(write=False):
        assert [leaf.position for leaf in queries.leaves("audit")] == list(range(32))
        assert queries.rebuild("audit", entries) == []
