"""Record an act, sign a row, put committed events into the tree, begin an epoch."""

from typing import Any

import sqlalchemy as sa

from lms import clock
from lms.actor import Actor, Proof
from lms.columns import new_id
from lms.db import AppendOnly, Recorded, db
from lms.errors import N_, NotAllowed, RuleBroken
from lms.ledger.actions import sequence
from lms.ledger.keys import log_signer
from lms.ledger.queries import AUDIT
from lms.records import queries
from lms.records.models import Epoch, Event, Signature
from lms.records.rules import event_content, state_digest


def record(
    kind: str,
    row: Recorded,
    *,
    by: Actor,
    old: dict[str, Any] | None = None,
    reason: str | None = None,
) -> Event:
    """Append the audit event of an act on `row`, in this transaction, after flushing it.

    Args:
        kind: what was done, in the past tense ("enrolment.created").
        old: the previous value of each column that changed; demands a reason.
        reason: why; demanded for a change or removal, blank is refused.

    Raises:
        RuleBroken: a change without a reason.
    """
    reason = (reason or "").strip() or None
    if old and reason is None:
        raise RuleBroken(N_("Say why this record is changed."), field="reason")
    db.session.flush()
    table, ordinal, state = _as_it_stands(row)
    changes = {name: (value, getattr(row, name)) for name, value in (old or {}).items()}
    at, id = clock.now(), new_id()
    event = Event(
        id=id,
        at=at,
        actor_id=by.id,
        kind=kind,
        subject_table=table,
        subject_id=row.id,
        ordinal=ordinal,
        subject_digest=state,
        content=event_content(
            id=id,
            at=at,
            actor_id=by.id,
            actor_name=by.name,
            kind=kind,
            subject=(table, row.id, ordinal, state),
            changes=changes,
            reason=reason,
        ),
    )
    db.session.add(event)
    return event


def _as_it_stands(row: Recorded) -> tuple[str, int, str]:
    """Return a row's table, the number of its next event, and the digest of its state."""
    table = sa.inspect(type(row)).local_table.name
    ordinal = 1
    if not isinstance(row, AppendOnly):
        # Held until the end: two at once would number their events alike, over different states.
        db.session.refresh(row, with_for_update=True)
        ordinal = queries.next_ordinal(table, row.id)
    return table, ordinal, state_digest(table, queries.state(row))


def sign(row: Recorded, *, meaning: str, by: Actor, proof: Proof) -> Signature:
    """Sign `row` as it stands: name, time, meaning, and the digest of exactly this state.

    Raises:
        NotAllowed: the proof is another person's, or older than five minutes.
    """
    if proof.person_id != by.id or (clock.now() - proof.at).total_seconds() > 300:
        raise NotAllowed(N_("Enter your own password again to sign."))
    db.session.flush()
    table = sa.inspect(type(row)).local_table.name
    signature = Signature(
        person_id=by.id,
        printed_name=by.name,
        at=clock.now(),
        meaning=meaning,
        subject_table=table,
        subject_id=row.id,
        subject_digest=state_digest(table, queries.state(row)),
        method=proof.method,
        proved_at=proof.at,
    )
    db.session.add(signature)
    record(f"signed.{meaning}", signature, by=by)
    return signature


def sequence_events(batch: int = 1000) -> int:
    """Give committed events their leaves in the audit log, in a writing transaction.

    Returns:
        How many events were given a place.
    """
    entries = queries.unsequenced(batch)
    if entries:
        sequence(AUDIT, entries, signer=log_signer(AUDIT))
    return len(entries)


def begin_epoch(reason: str, origin: dict[str, Any], *, by: Actor) -> Epoch:
    """Append a new epoch of this database (first start, restore)."""
    epoch = Epoch(
        number=queries.epoch_number() + 1, begun_at=clock.now(), reason=reason, origin=origin
    )
    db.session.add(epoch)
    record("epoch.begun", epoch, by=by)
    return epoch
