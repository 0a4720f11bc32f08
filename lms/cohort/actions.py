"""Enrol chosen people, end an enrolment, bring in a roster as it was previewed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from lms import clock
from lms.actor import Actor
from lms.cohort import hub, queries
from lms.cohort.models import RosterImport
from lms.cohort.roster.planning import NEW, Planned
from lms.cohort.roster.reading import LOGIN, NAME, NATIVE, Problem, Roster
from lms.cohort.roster.steps import ALREADY, BUSY, Step, carried, chosen, steps_of
from lms.columns import digest
from lms.curriculum.queries import version_by_id
from lms.db import db, insert_once
from lms.errors import N_, Conflict, DomainError, NotFound, RuleBroken
from lms.learning.actions import end_enrolment, enrol
from lms.learning.models import Enrolment
from lms.people.actions import add_person, grant_role
from lms.people.models import Organisation, Person
from lms.people.queries import hold_person
from lms.records.actions import record

MOST_AT_ONCE = 100


def enrol_people(
    *, person_ids: Sequence[str], what: str, sending_id: str, delivering_id: str, by: Actor
) -> Counter[str]:
    """Enrol people in a module or in all modules of a programme.

    Args:
        what: the code of a module or programme.
        sending_id: an organisation; "" is each person's own.

    Returns:
        How many enrolments were begun, begun again, counted for the programme, there already.

    Raises:
        RuleBroken: nobody or nothing chosen, or nothing that could count for the programme.
        NotFound: somebody or an organisation that `by` may not choose.
    """
    if not person_ids:
        raise RuleBroken(N_("Choose at least one person."), field="people")
    if len(person_ids) > MOST_AT_ONCE:
        said = N_("Enrol at most %(most)s people at once, or bring them in as a list.")
        raise RuleBroken(said, field="people", most=MOST_AT_ONCE)
    people = hub.chosen_people(by, person_ids)
    now = hub.known(by, person_ids=person_ids)
    programme, modules = chosen(what, now.modules, now.programmes)
    counts: Counter[str] = Counter()
    for person in people:
        steps = steps_of(modules, programme, person.id, now)
        if programme and not carried(steps, programme, person.id, now):
            raise RuleBroken(BUSY, field="what")
        sending = _organisation(sending_id) if sending_id else person.organisation
        counts += _enrol(person, steps, programme, sending, _organisation(delivering_id), by=by)
    return counts


def _organisation(id: str) -> Organisation:
    found = db.session.get(Organisation, id)
    if found is None:
        raise NotFound(N_("There is no such organisation."))
    return found


def _enrol(
    person: Person,
    steps: Sequence[Step],
    programme: str | None,
    sending: Organisation,
    delivering: Organisation,
    *,
    by: Actor,
) -> Counter[str]:
    for step in steps:
        if step.kind != ALREADY:
            enrol(
                person=person,
                version=version_by_id(step.version_id),
                programme_code=programme,
                sending=sending,
                delivering=delivering,
                by=by,
            )
    return Counter(step.kind for step in steps)


def end(*, enrolment_id: str, reason: str, by: Actor) -> Enrolment:
    """End an enrolment that `by` coordinates; what was done in it stays.

    Raises:
        NotFound: none that they may see. NotAllowed: one that they only see as its learner.
        RuleBroken: ended already, or no reason.
    """
    found = queries.enrolment(enrolment_id, by.only("coordinator"))
    return end_enrolment(
        enrolment=found.enrolment,
        sending=found.sending,
        delivering=found.delivering,
        reason=reason,
        by=by,
    )


def begin_again(*, enrolment_id: str, by: Actor) -> Enrolment:
    """Let an enrolment that had ended run again as it was: the undo of ending it.

    Raises:
        NotFound, NotAllowed: as for ending.
        RuleBroken: the person learns another version of the module meanwhile.
    """
    found = queries.enrolment(enrolment_id, by.only("coordinator"))
    now = hub.learning_of([found.person.id]).get((found.person.id, found.version.code))
    if now and not now.ended and now.version_id != found.version.id:
        raise RuleBroken(
            N_("This person learns version %(version)s of the module now."), version=now.version
        )
    return enrol(
        person=found.person,
        version=found.version,
        programme_code=found.enrolment.programme_code,
        sending=found.sending,
        delivering=found.delivering,
        by=by,
    )


# --- a roster -------------------------------------------------------------------------------


def bring_in(*, roster: Roster, once: str, promised: str, by: Actor) -> RosterImport:
    """Do what a roster's preview said, each row in a savepoint of its own; once for a preview.

    Args:
        once: the random id of the preview.
        promised: the digest of the outcome that the preview showed.

    Raises:
        Conflict: it would come to something else now; nothing is written.
    """
    hold_person(by.id)  # a second click waits for the first
    if earlier := queries.import_by_once(once, by):
        return earlier
    found = hub.preview(roster, by)
    if found.digest != promised and found.changes:
        raise Conflict(
            N_(
                "Something changed since this preview was made. Nothing was written. Look at it"
                " again and confirm."
            )
        )
    counts: Counter[str] = Counter()
    refused: list[Any] = []
    added: dict[str, Person] = {}
    kept = hub.at_hand(found.planned)
    for one in found.planned:
        problems = one.problems or _do(one, added, counts, by=by)
        if problems:
            refused.append(_refused(one, problems))
    del kept
    row, created = insert_once(
        RosterImport,
        ("once",),
        once=once,
        person_id=by.id,
        content_digest=digest([[row.number, dict(row.cells)] for row in roster.rows]),
        counts=dict(counts) | {"rows": len(found.planned), "refused": len(refused)},
        refused=refused,
        added=[person.id for person in added.values()],
        applied_at=clock.now(),
    )
    if created:
        record("roster.imported", row, by=by)
    return row


def _do(
    one: Planned, added: dict[str, Person], counts: Counter[str], *, by: Actor
) -> Sequence[Problem]:
    """Do a row; what refuses it after all undoes this row alone and is returned."""
    login = one.row.cells[LOGIN].lower()
    try:
        with db.session.begin_nested():
            person = _person(one, added.get(login), by=by)
            assert one.place, "planning gives a place to every row that it does not refuse"
            done = _enrol(
                person,
                one.steps,
                one.programme,
                _organisation(one.place.id),
                _organisation((one.delivering or one.place).id),
                by=by,
            )
            db.session.flush()
    except IntegrityError:
        return [Problem(LOGIN, N_("Somebody else added this person at the same moment."))]
    except DomainError as error:
        return [Problem(getattr(error, "field", None) or "", error.message, error.params)]
    counts.update(done)
    counts[one.person] += 1
    if one.person == NEW:
        added[login] = person
    return ()


def _person(one: Planned, before: Person | None, *, by: Actor) -> Person:
    if one.person_id:
        return db.session.get_one(Person, one.person_id)
    if before is not None:
        return before
    if one.earlier:
        raise RuleBroken(N_("Row %(row)s, which adds this person, was refused."), row=one.earlier)
    assert one.place, "planning gives a place to everybody who is new"
    home, cells = _organisation(one.place.id), one.row.cells
    person = add_person(
        name=cells[NAME],
        native_name=cells[NATIVE] or None,
        login=cells[LOGIN],
        organisation=home,
        by=by,
    )
    grant_role(person=person, role="learner", organisation=home, by=by)
    return person


def _refused(one: Planned, problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "row": one.row.number,
        "cells": dict(one.row.cells),
        "problems": [[p.column, p.message, _plain(p.params)] for p in problems],
    }


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v if isinstance(v, int | str) else str(v) for k, v in params.items()}
