"""Take evidence in, compute the level it gives, append it, announce the change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lms import clock
from lms.actor import Actor
from lms.competency import queries
from lms.competency.models import Evidence, EvidenceWithdrawal, LevelHeld
from lms.competency.rules import NONE, RULE, Level
from lms.db import Recorded, db, insert_once
from lms.people.queries import hold_person
from lms.plugins import plugins
from lms.records.actions import record


def record_evidence(
    source: Recorded,
    *,
    person_id: str,
    shows: Mapping[str, int],
    kind: str,
    practice: bool,
    counts_until: date | None,
    module_version_id: str,
    by: Actor,
    shown_on: date | None = None,
) -> list[Evidence]:
    """Record what a row (a release, a sign-off) shows of a person; once for each source.

    All evidence and all levels are appended before any is announced: whoever listens sees the
    person as they are after this act, not half way through it.

    Args:
        shows: for each competency the most that this evidence supports, 1 to 4.
        practice: the content was not effective: the evidence certifies nothing.
        counts_until: the last day it counts; None means for ever.
        shown_on: the day it was shown, where that is not today.
    """
    hold_person(person_id)
    rows = []
    for competency, level in shows.items():
        evidence, created = insert_once(
            Evidence,
            ("source_table", "source_id", "competency"),
            person_id=person_id,
            competency=competency,
            level=level,
            kind=kind,
            practice=practice,
            shown_on=shown_on or clock.today(),
            counts_until=counts_until,
            module_version_id=module_version_id,
            source_table=type(source).__tablename__,  # type: ignore[attr-defined]
            source_id=source.id,
            recorded_at=clock.now(),
        )
        if created:
            record("evidence.recorded", evidence, by=by)
        rows.append(evidence)
    _announce([_find_level(person_id, name, practice=practice, by=by) for name in shows])
    return rows


def withdraw_evidence(
    evidence: Sequence[Evidence], *, because: Recorded, reason: str, by: Actor
) -> list[EvidenceWithdrawal]:
    """Record that evidence of one person no longer counts; once for each, all before it is told.

    Args:
        because: the row that superseded what the evidence rested on.
        reason: why, in the words of whoever decided it.
    """
    if not evidence:
        return []
    person_id = evidence[0].person_id
    hold_person(person_id)
    rows = []
    for one in evidence:
        row, created = insert_once(
            EvidenceWithdrawal,
            ("evidence_id",),
            evidence_id=one.id,
            person_id=person_id,
            reason=reason,
            because_table=type(because).__tablename__,  # type: ignore[attr-defined]
            because_id=because.id,
            withdrawn_at=clock.now(),
        )
        if created:
            record("evidence.withdrawn", row, by=by)
            rows.append(row)
    names = sorted({one.competency for one in evidence})
    for practice in (False, True):
        held = queries.levels_of(person_id, practice=practice)
        touched = [name for name in names if name in held]
        _announce([_find_level(person_id, name, practice=practice, by=by) for name in touched])
    for row in rows:
        plugins().announce("evidence_withdrawn", record=row)
    return rows


def _announce(changed: Iterable[LevelHeld | None]) -> None:
    for row in changed:
        if row is not None:
            plugins().announce("competency_changed", record=row)


def _find_level(person_id: str, competency: str, *, practice: bool, by: Actor) -> LevelHeld | None:
    """Append the level that the evidence gives today; None when it is the one held."""
    level = queries.level_of(person_id, competency, clock.today(), practice=practice)
    held = queries.levels_of(person_id, practice=practice).get(competency)
    if _same(held, level):
        return None
    row = LevelHeld(
        person_id=person_id,
        competency=competency,
        practice=practice,
        number=held.number + 1 if held else 1,
        level=level.level,
        since=level.since or clock.today(),
        expires_on=level.expires_on,
        basis=list(level.basis),
        rule=RULE,
        found_at=clock.now(),
    )
    db.session.add(row)
    record("competency.changed", row, by=by)
    return row


def _same(held: LevelHeld | None, level: Level) -> bool:
    if held is None:
        return level == NONE
    return (held.level, held.expires_on, tuple(held.basis)) == (
        level.level,
        level.expires_on,
        level.basis,
    )
