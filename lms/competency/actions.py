"""Take evidence in, compute the level it gives, append it, announce the change."""

from collections.abc import Iterable, Mapping
from datetime import date

from lms import clock
from lms.actor import Actor
from lms.competency import queries
from lms.competency.models import Evidence, LevelHeld
from lms.competency.rules import NONE, RULE, Level, Shown, level_on
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
) -> list[Evidence]:
    """Record what a row (a release, a sign-off) shows of a person; once for each source.

    All evidence and all levels are appended before any is announced: whoever listens sees the
    person as they are after this act, not half way through it.

    Args:
        shows: for each competency the most that this evidence supports, 1 to 4.
        practice: the content was not effective: the evidence certifies nothing.
        counts_until: the last day it counts; None means for ever.
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
            shown_on=clock.today(),
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


def _announce(changed: Iterable[LevelHeld | None]) -> None:
    for row in changed:
        if row is not None:
            plugins().announce("competency_changed", record=row)


def _find_level(person_id: str, competency: str, *, practice: bool, by: Actor) -> LevelHeld | None:
    """Append the level that the evidence gives today; None when it is the one held."""
    rows = queries.evidence_of(person_id, competency, practice=practice)
    shown = [Shown(e.id, e.level, e.kind, e.shown_on, e.counts_until) for e in rows]
    level = level_on(shown, clock.today())
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
