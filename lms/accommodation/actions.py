"""Give a learner extra time or end it; give a running attempt more minutes. All appended."""

from datetime import date

from sqlalchemy import select

from lms import clock
from lms.accommodation import queries, rules
from lms.actor import Actor
from lms.assessment.timing.models import Accommodation, Extension
from lms.assessment.timing.queries import acts_of, extensions_of
from lms.assessment.timing.rules import extended, standing
from lms.db import db
from lms.errors import N_, RuleBroken
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign


def grant_time(
    *,
    once: str,
    person_id: str,
    percent: int,
    category: str,
    note: str,
    valid_from: date,
    valid_until: date | None,
    checked: Checked | None,
    by: Actor,
) -> Accommodation:
    """Give a learner extra time in every paper begun from a day on; signed.

    It takes the place of what was given before. Attempts that were begun keep their time.

    Args:
        once: the random id of the form: sending it again gives the first row back.
        percent: of a paper's own time, on top of it.

    Raises:
        NotFound: not a learner whom `by` may give extra time.
        RuleBroken: percent or days that cannot be meant, or a wrong password.
    """
    proof = confirm_proof(checked)
    queries.learner(person_id, by)
    hold_person(person_id)
    if found := _acted_once(once, by):
        return found
    rules.check_grant(percent, valid_from, valid_until, clock.today())
    row = _append(once, person_id, percent, category, note, valid_from, valid_until, by)
    record("accommodation.granted", row, by=by)
    sign(row, meaning="granted", by=by, proof=proof)
    return row


def end_time(
    *, once: str, person_id: str, note: str, checked: Checked | None, by: Actor
) -> Accommodation:
    """End a learner's extra time from today, also what would begin later; signed.

    Raises:
        NotFound: not a learner whom `by` may give extra time.
        RuleBroken: there is none to end, or a wrong password.
    """
    proof = confirm_proof(checked)
    queries.learner(person_id, by)
    hold_person(person_id)
    if found := _acted_once(once, by):
        return found
    today = clock.today()
    stands = standing(acts_of(person_id), today)
    if not stands:
        raise RuleBroken(N_("There is no extra time to end."))
    row = _append(once, person_id, 0, stands[-1].category, note, today, None, by)
    record("accommodation.ended", row, by=by)
    sign(row, meaning="ended", by=by, proof=proof)
    return row


def _acted_once(once: str, by: Actor) -> Accommodation | None:
    statement = select(Accommodation).where(
        Accommodation.once == once, Accommodation.granted_by == by.id
    )
    return db.session.scalars(statement).first()


def _append(
    once: str,
    person_id: str,
    percent: int,
    category: str,
    note: str,
    valid_from: date,
    valid_until: date | None,
    by: Actor,
) -> Accommodation:
    earlier = acts_of(person_id)
    row = Accommodation(
        once=once,
        person_id=person_id,
        number=(earlier[-1].number if earlier else 0) + 1,
        percent=percent,
        category=category,
        note=note.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        granted_by=by.id,
        granted_at=clock.now(),
    )
    db.session.add(row)
    return row


def extend_attempt(
    *, once: str, attempt_id: str, minutes: int, category: str, note: str, by: Actor
) -> Extension:
    """Give a running attempt more minutes, at once; also when its time has just run out.

    They count from its end, or from now where that is past; an attempt that is closed is scored,
    and gets none.

    Args:
        once: the random id of the form: sending it again gives the first row back.

    Raises:
        NotFound: not an attempt that `by` may time.
        Conflict: it is closed.
        RuleBroken: no minutes, or too many.
    """
    sat = queries.attempt(attempt_id, by)
    hold_person(sat.learner.id)  # the clock closes attempts, and holds the learner too
    statement = select(Extension).where(Extension.once == once, Extension.given_by == by.id)
    if found := db.session.scalars(statement).first():
        return found
    rules.check_minutes(minutes)
    sat = queries.attempt(attempt_id, by)  # as it stands now that the learner is held
    rules.check_running(closed=sat.submission is not None)
    earlier = extensions_of([attempt_id]).get(attempt_id, [])
    now = clock.now()
    row = Extension(
        once=once,
        attempt_id=attempt_id,
        number=len(earlier) + 1,
        minutes=minutes,
        category=category,
        note=note.strip(),
        ends_at=extended(sat.ends_at, now, minutes),
        given_by=by.id,
        given_at=now,
    )
    db.session.add(row)
    record("attempt.extended", row, by=by)
    return row
