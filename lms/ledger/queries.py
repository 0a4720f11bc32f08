"""Read logs, leaves and checkpoints, and rebuild a log from them; nothing is changed here."""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from lms.db import db
from lms.errors import N_, NotFound, RuleBroken
from lms.ledger import rules
from lms.ledger.models import Checkpoint, Leaf, Log
from lms.ledger.rules import rebuild as rebuilding
from lms.ledger.rules.rebuild import Finding, LeafRow

AUDIT = "audit"  # never public
CERTIFICATES = "certificates"  # public, digests only
_ROWS_AT_ONCE = 5000


def verifier_of(log: str) -> rules.Verifier | None:
    """Return the public key of a log; None before its first checkpoint, or if its key is lost."""
    text = db.session.scalar(sa.select(Log.verifier_key).where(Log.name == log))
    try:
        return rules.Verifier.parse(text or "")
    except rules.Malformed:
        return None


def latest_checkpoint(log: str) -> Checkpoint | None:
    """Return the newest signed checkpoint of a log."""
    newest = sa.select(Checkpoint).where(Checkpoint.log == log).order_by(Checkpoint.size.desc())
    return db.session.scalars(newest.limit(1)).first()


def checkpoints(log: str) -> Sequence[Checkpoint]:
    """Return all checkpoints of a log, smallest first."""
    every = sa.select(Checkpoint).where(Checkpoint.log == log).order_by(Checkpoint.size)
    return db.session.scalars(every).all()


def leaf_of(log: str, entry_id: str) -> Leaf | None:
    """Return the leaf of an entry, None as long as it is not in the log."""
    mine = sa.select(Leaf).where(Leaf.log == log, Leaf.entry_id == entry_id)
    return db.session.scalars(mine).one_or_none()


def leaves(log: str, start: int = 0) -> Iterator[LeafRow]:
    """Yield the leaves of a log from a position on, in order, as plain values."""
    rows = (
        sa.select(Leaf.position, Leaf.entry_id, Leaf.hash)
        .where(Leaf.log == log, Leaf.position >= start)
        .order_by(Leaf.position)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    with db.session.execute(rows) as found:  # its cursor on the server ends with the reader
        for row in found:
            yield LeafRow(*row)


def placed(log: str, entry_ids: Sequence[str]) -> set[str]:
    """Return which of some entries (at most some thousands) have a place in the log."""
    mine = sa.select(Leaf.entry_id).where(Leaf.log == log, Leaf.entry_id.in_(entry_ids))
    return set(db.session.scalars(mine))


def is_placed(log: str, column: sa.SQLColumnExpression[str]) -> sa.ColumnElement[bool]:
    """Return the condition that the entry whose id a column holds has a place in the log."""
    return sa.exists().where(Leaf.log == log, Leaf.entry_id == column)


def log_of_checkpoint(text: str) -> str:
    """Return the name of the log that a checkpoint note was made for.

    Raises:
        RuleBroken: the text is no checkpoint.
        NotFound: it belongs to no log of this hub.
    """
    try:
        origin = rules.TreeHead.parse(rules.parse_note(text).text).origin
    except rules.Malformed as error:
        raise RuleBroken(N_("This is no checkpoint of a log.")) from error
    for name in db.session.scalars(sa.select(Log.name)):
        verifier = verifier_of(name)
        if verifier is not None and verifier.name == origin:
            return name
    raise NotFound(N_("This hub has no log named %(origin)s."), origin=origin)


def rebuild(
    log: str, entries: Iterable[tuple[str, bytes]], *, outside: Sequence[str] = ()
) -> list[Finding]:
    """Rebuild a log from its rows and hold it against its checkpoints and its entries.

    Args:
        entries: (id, bytes) of every row that may be in the log, in any order; those that are not
            in it yet are passed over.
        outside: checkpoint notes that somebody else kept; the log must contain each.

    Returns:
        The first row that does not fit, then the others; empty when all is well.

    Raises:
        RuleBroken: one of the outside texts is no checkpoint.
    """
    try:
        return rebuilding.rebuild(
            log, leaves(log), entries, checkpoints(log), verifier_of(log), outside
        )
    except rules.Malformed as error:
        raise RuleBroken(N_("This is no checkpoint of a log.")) from error
