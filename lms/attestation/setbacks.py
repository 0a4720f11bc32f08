"""Tell what rests on a clause that it is not shown any more, or that it is shown again."""

from datetime import date

from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.attestation.models import Setback
from lms.db import Recorded, db, insert_once
from lms.errors import N_
from lms.plugins import plugins
from lms.records.actions import record

LOST: dict[str, str] = {
    "failed": N_("What it rests on was not passed the last time: %(why)s"),
    "withdrawn": N_("Evidence that it rests on was withdrawn: %(why)s"),
    "disagreed": N_("A second assessor saw evidence that it rests on otherwise: %(why)s"),
}
REGAINED = N_("%(signer)s signed that it was shown again and passed: %(why)s")


def tell_lost(
    source: Recorded, *, person_id: str, clause: str, text: str, how: str, day: date, by: Actor
) -> None:
    """Append that a clause is not shown any more, and announce it; nothing is revoked by it.

    Args:
        clause: its key; text: its words; how: a key of LOST; day: of the piece.
    """
    row = _append(
        source, person_id=person_id, clause=clause, text=text, message=LOST[how], day=day, by=by
    )
    if row is not None:
        plugins().announce("evidence_withdrawn", record=row)


def tell_regained(
    source: Recorded, *, person_id: str, clause: str, text: str, day: date, by: Actor
) -> None:
    """Append that a clause is shown again after it was not, and announce it."""
    statement = select(Setback.regained).where(
        Setback.person_id == person_id, Setback.clause == clause
    )
    newest = db.session.scalars(statement.order_by(Setback.recorded_at.desc()).limit(1)).first()
    if newest is not False:
        return  # it was never lost, or is back already
    row = _append(
        source, person_id=person_id, clause=clause, text=text, message=REGAINED, day=day, by=by
    )
    if row is not None:
        plugins().announce("evidence_regained", record=row)


def _append(
    source: Recorded, *, person_id: str, clause: str, text: str, message: str, day: date, by: Actor
) -> Setback | None:
    row, created = insert_once(
        Setback,
        ("source_table", "source_id", "regained"),
        source_table=type(source).__tablename__,  # type: ignore[attr-defined]
        source_id=source.id,
        person_id=person_id,
        clause=clause,
        regained=message == REGAINED,
        message=message,
        reason=f"{text} ({day.isoformat()})",
        counts_from=day,
        signed_by=by.id,
        signer=by.name,
        recorded_at=clock.now(),
    )
    if not created:
        return None
    record("evidence.regained" if row.regained else "evidence.lost", row, by=by)
    return row
