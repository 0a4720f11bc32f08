"""Give committed entries their places in a log and sign the checkpoint; knows no entry's sense."""

from collections.abc import Iterable
from itertools import islice

import sqlalchemy as sa

from lms import clock
from lms.db import db, insert_once
from lms.errors import N_, RuleBroken
from lms.ledger import queries, rules
from lms.ledger.models import Checkpoint, Leaf, Log
from lms.ledger.rules.rebuild import is_sound, read_frontier

_IDS_AT_ONCE = 1000
_DOUBT = N_("The log %(log)s does not fit its last checkpoint; nothing was signed.")


def sequence(
    log: str, entries: Iterable[tuple[str, bytes]], *, signer: rules.Signer
) -> Checkpoint | None:
    """Append committed entries to a log as one batch and sign the checkpoint that covers them.

    Runs inside the caller's writing transaction and holds the log until that ends, so that racing
    sequencers queue up. Entries that have a place already are passed over.

    Args:
        entries: (id, bytes) in the order in which they shall stand.
        signer: the log's key (`keys.log_signer`); its name is the log's origin.

    Returns:
        The new checkpoint, or None when there was nothing to append.

    Raises:
        RuleBroken: the log is kept by another key, or does not fit its last checkpoint; nothing is
            signed on top of that.
    """
    _hold(log, signer)
    before = _sound_frontier(log, signer)
    batch = _unplaced(log, entries)
    if not batch:
        return None
    hashes = [rules.leaf_hash(data) for data in batch.values()]
    after = before.extend(hashes)
    db.session.execute(
        sa.insert(Leaf),
        [
            {"log": log, "position": position, "entry_id": entry_id, "hash": leaf}
            for position, (entry_id, leaf) in enumerate(
                zip(batch, hashes, strict=True), before.size
            )
        ],
    )
    if _read_again(log, before, batch) != after:
        raise RuleBroken(_DOUBT, log=log)
    return _sign(log, after, signer)


def _hold(log: str, signer: rules.Signer) -> None:
    """Lock the log until the transaction ends: its row on PostgreSQL, on SQLite all is locked."""
    key = str(signer.verifier)
    insert_once(Log, ("name",), name=log, verifier_key=key)
    kept = sa.select(Log.verifier_key).where(Log.name == log).with_for_update()
    if db.session.scalar(kept) != key:
        raise RuleBroken(N_("The log %(log)s is kept by another key."), log=log)


def _sound_frontier(log: str, signer: rules.Signer) -> rules.Frontier:
    """Return where the log ends, after making sure that its key signed exactly that."""
    last = queries.latest_checkpoint(log)
    if last is not None and not is_sound(last, signer.verifier):
        raise RuleBroken(_DOUBT, log=log)
    frontier = read_frontier(last) if last is not None else rules.Frontier()
    end = sa.select(sa.func.max(Leaf.position)).where(Leaf.log == log)
    if db.session.scalar(end) != (frontier.size - 1 if frontier.size else None):
        raise RuleBroken(_DOUBT, log=log)
    return frontier


def _unplaced(log: str, entries: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    remaining = iter(entries)
    while some := list(islice(remaining, _IDS_AT_ONCE)):
        known = queries.placed(log, [entry_id for entry_id, _ in some])
        for entry_id, data in some:
            if entry_id not in known:
                found.setdefault(entry_id, data)
    return found


def _read_again(log: str, before: rules.Frontier, batch: dict[str, bytes]) -> rules.Frontier:
    """Hash every entry a second time and take it only where the stored leaf agrees.

    A checkpoint cannot be taken back: one bit that flipped in memory would end the log.
    """
    stored = list(queries.leaves(log, before.size))
    expected = [(entry_id, rules.leaf_hash(data)) for entry_id, data in batch.items()]
    if [(leaf.entry_id, leaf.hash) for leaf in stored] != expected:
        raise RuleBroken(_DOUBT, log=log)
    return before.extend(leaf.hash for leaf in stored)


def _sign(log: str, frontier: rules.Frontier, signer: rules.Signer) -> Checkpoint:
    root = frontier.root()
    checkpoint = Checkpoint(
        log=log,
        size=frontier.size,
        root=root,
        frontier=[peak.hex() for peak in frontier.peaks],
        note=str(signer.sign(rules.TreeHead(signer.name, frontier.size, root).text())),
        signed_at=clock.now(),
    )
    db.session.add(checkpoint)
    db.session.flush()
    return checkpoint
