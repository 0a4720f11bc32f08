"""A log rebuilt from the database's rows: quiet when honest, and naming the row when not."""

import pytest
import sqlalchemy as sa

from lms.db import db, transaction
from lms.errors import NotFound, RuleBroken
from lms.ledger import queries, rules
from lms.ledger.actions import sequence
from lms.ledger.models import Leaf

ENTRIES = [(f"entry-{n}", b"what happened, %d" % n) for n in range(10)]


@pytest.fixture
def kept(app, signer):
    """A log of ten entries in three batches; what an outsider kept of its second checkpoint."""
    for start, stop in ((0, 3), (3, 6), (6, 10)):
        with transaction():
            made = sequence("audit", ENTRIES[start:stop], signer=signer)
            note = made.note if stop == 6 else None
        if note:
            outside = note
    return outside


def _rebuilt(*outside: str, entries=ENTRIES):
    with transaction(write=False):
        return queries.rebuild("audit", entries, outside=outside)


def _tamper(statement: str) -> None:
    with transaction():
        db.session.execute(sa.text(statement))


def test_an_honest_log_fits_its_checkpoints_and_those_that_others_kept(kept):
    assert _rebuilt(kept) == []


def test_entries_not_yet_in_the_log_are_no_finding(kept):
    assert _rebuilt(entries=[*ENTRIES, ("late", b"")]) == []


def test_a_log_that_was_never_begun_is_empty(app):
    assert _rebuilt() == []


def test_a_changed_entry_is_named(kept):
    changed = [(name, data.replace(b"4", b"5")) for name, data in ENTRIES]
    assert [(f.kind, f.entry_id) for f in _rebuilt(entries=changed)] == [
        ("entry-altered", "entry-4")
    ]


CHANGES = {
    "DELETE FROM leaf WHERE position = 4": ["leaf-missing", "tree-differs"],
    "UPDATE leaf SET entry_id = 'x' WHERE position = 4": ["entry-missing"],
    "UPDATE checkpoint SET size = 7 WHERE size = 6": ["checkpoint-altered"],
    "UPDATE checkpoint SET note = 'none' WHERE size = 6": ["checkpoint-altered"],
    "DELETE FROM checkpoint WHERE size = 10": ["leaf-unsigned"],
    "DELETE FROM leaf WHERE position > 7": ["tail-missing"],
    "UPDATE log SET verifier_key = 'none'": ["key-missing"],
    "DELETE FROM log": ["key-missing"],
}


@pytest.mark.parametrize(("statement", "kinds"), CHANGES.items(), ids=CHANGES.keys())
def test_a_row_changed_in_the_database_is_found(kept, statement, kinds):
    _tamper(statement)
    assert [finding.kind for finding in _rebuilt()] == kinds


def test_a_leaf_hashed_again_after_its_entry_was_changed_is_found(kept):
    with transaction():
        new = rules.leaf_hash(b"something else")
        table = Leaf.__table__
        db.session.execute(sa.update(table).where(table.c.position == 4).values(hash=new))
    changed = dict(ENTRIES) | {"entry-4": b"something else"}
    (finding,) = _rebuilt(entries=changed.items())
    assert (finding.kind, finding.position, finding.size) == ("tree-differs", 3, 6)


def test_a_log_begun_anew_does_not_hold_what_an_outsider_kept(kept, signer):
    for table in ("leaf", "checkpoint"):
        _tamper(f"DELETE FROM {table}")
    other = [(f"other-{n}", b"another history") for n in range(10)]
    with transaction():
        sequence("audit", other, signer=signer)
    assert _rebuilt(entries=other) == []
    assert [f.kind for f in _rebuilt(kept, entries=other)] == ["outside-differs"]


def test_a_log_cut_short_does_not_hold_what_an_outsider_kept(kept):
    _tamper("DELETE FROM leaf WHERE position >= 3")
    _tamper("DELETE FROM checkpoint WHERE size > 3")
    assert _rebuilt(entries=ENTRIES[:3]) == []
    assert [f.kind for f in _rebuilt(kept, entries=ENTRIES[:3])] == ["tail-missing"]


def test_a_checkpoint_names_its_log(kept):
    with transaction(write=False):
        assert queries.log_of_checkpoint(kept) == "audit"


def test_a_text_that_is_no_checkpoint_or_of_no_log_here_is_refused(kept, signer):
    other = rules.Signer("elsewhere.example/audit", signer.seed)
    foreign = str(other.sign(rules.TreeHead(other.name, 1, bytes(32)).text()))
    with transaction(write=False):
        with pytest.raises(RuleBroken):
            queries.log_of_checkpoint("nonsense")
        with pytest.raises(RuleBroken):
            queries.rebuild("audit", ENTRIES, outside=["nonsense"])
        with pytest.raises(NotFound, match=r"elsewhere\.example/audit"):
            queries.log_of_checkpoint(foreign)


@pytest.mark.parametrize(("entry_id", "expected"), [("entry-1", True), ("late", False)])
def test_whether_an_entry_has_a_place_can_be_asked_in_a_query(kept, entry_id, expected):
    with transaction(write=False):
        asked = sa.select(queries.is_placed("audit", sa.literal(entry_id)))
        assert bool(db.session.scalar(asked)) is expected
