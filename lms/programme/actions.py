"""Find what a changed level completes, append the completion, announce it."""

from typing import Any

from lms import clock
from lms.actor import SYSTEM
from lms.columns import digest
from lms.competency.models import LevelHeld
from lms.competency.queries import has_levels, levels_of
from lms.curriculum.models import Definition
from lms.db import insert_once
from lms.learning.models import Enrolment
from lms.learning.queries import enrolments_of
from lms.plugins import plugins
from lms.programme import queries
from lms.programme.models import Completion
from lms.programme.opening import beyond_levels, has_shown, openness_of
from lms.programme.rules import Choice, Held, Required, expiry, meeting
from lms.records.actions import record


def note_completions(changed: LevelHeld) -> list[Completion]:
    """Append a completion for each programme that this person is enrolled for and now meets."""
    return _note(changed.person_id, practice=changed.practice)


def complete_programmes(person_id: str) -> list[Completion]:
    """Append what a person's levels complete already, in earnest and for practice.

    For who was enrolled after the levels were found, or whose programme came in later.
    """
    if not has_levels(person_id):
        return []
    return [row for practice in (False, True) for row in _note(person_id, practice=practice)]


def _note(person_id: str, *, practice: bool) -> list[Completion]:
    levels = levels_of(person_id, practice=practice)
    if not levels:
        return []
    held = {c: Held(c, r.level, r.since, r.expires_on) for c, r in levels.items()}
    done = []
    for enrolment in enrolments_of(person_id):
        if enrolment.programme_code:
            completion = _complete(enrolment, held, practice=practice)
            done += [completion] if completion else []
    return done


def _complete(enrolment: Enrolment, held: dict[str, Held], *, practice: bool) -> Completion | None:
    definition = queries.programme(enrolment.programme_code or "")
    if definition is None:
        return None
    content: dict[str, Any] = definition.content
    required = [Required(r["competency"], r["level"]) for r in content["requires"]]
    choices = [
        Choice(c["choose"], c["level"], tuple(c["competencies"])) for c in content.get("choice", ())
    ]
    met = meeting(required, choices, held, clock.today())
    if not met or not _counts(definition, enrolment.person_id, practice=practice):
        return None
    basis = {
        "programme": {"id": definition.id, "digest": definition.content_digest},
        "practice": practice,
        "competencies": [_plain(h) for h in met],
    }
    completion, created = insert_once(
        Completion,
        ("person_id", "programme_code", "basis_digest"),
        person_id=enrolment.person_id,
        programme_code=definition.code,
        definition_id=definition.id,
        practice=practice,
        sending_id=enrolment.sending_id,
        delivering_id=enrolment.delivering_id,
        completed_on=clock.today(),
        expires_on=expiry(met, clock.today(), content["validity_months"]),
        basis=basis,
        basis_digest=digest(basis),
        recorded_at=clock.now(),
    )
    if created:
        record("programme.completed", completion, by=SYSTEM)
        plugins().announce("programme_completed", record=completion)
    return completion


def _counts(definition: Definition, person_id: str, *, practice: bool) -> bool:
    """Tell whether the programme is open, and the person has shown what no level says."""
    found = openness_of(definition, clock.today())
    if not (found.practises if practice else found.is_open):
        return False
    content = definition.content
    return has_shown(person_id, content, beyond_levels(content))


def _plain(held: Held) -> dict[str, Any]:
    return {
        "competency": held.competency,
        "level": held.level,
        "since": held.since.isoformat(),
        "expires_on": held.expires_on.isoformat() if held.expires_on else None,
    }
