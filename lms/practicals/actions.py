"""Open a sheet, keep what is tapped, close it, set it aside."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from lms import clock
from lms.actor import Actor
from lms.curriculum.queries import is_effective
from lms.db import Overtaken, insert_once
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.people.queries import hold_person
from lms.practicals import queries, rules
from lms.practicals.models import PracticalResult, Sheet, Tap
from lms.practicals.standing import CLOSER, CLOSING, COUNTS, LATE, check_tap, current
from lms.records.actions import record

SIGNED_ALREADY = N_("This sheet was signed in the meantime. Look at it again.")


def open_sheet(*, enrolment_id: str, practical_id: str, by: Actor) -> Sheet:
    """Begin to observe a learner at a practical; the sheet `by` has open is given back instead.

    Raises:
        NotFound: not a learner whom `by` may observe at this practical.
        RuleBroken: somebody else has a sheet open, or the practical is passed.
    """
    enrolment, practical = queries.to_open(enrolment_id, practical_id, by)
    hold_person(enrolment.person_id)
    pairs = queries.sheets_of(enrolment_id, practical_id)
    if pairs and pairs[-1][1] is None and pairs[-1][0].opened_by == by.id:
        return pairs[-1][0]
    practice = not is_effective(enrolment.module_version_id, clock.today())
    earlier = [
        rules.Earlier(result.outcome["verdict"] if result else None, sheet.practice)
        for sheet, result in pairs
    ]
    rules.may_open(earlier, practice=practice)
    sheet, created = insert_once(
        Sheet,
        ("enrolment_id", "practical_id", "number"),
        enrolment_id=enrolment.id,
        practical_id=practical.id,
        module_version_id=practical.module_version_id,
        person_id=enrolment.person_id,
        number=len(pairs) + 1,
        opened_by=by.id,
        opened_at=clock.now(),
        practice=practice,
    )
    if created:
        record("sheet.opened", sheet, by=by)
    return sheet


def save_tap(
    *,
    sheet_id: str,
    client: str,
    sequence: int,
    subject: str,
    value: str,
    tapped_at: datetime,
    by: Actor,
) -> Tap:
    """Keep what the observer tapped; sending it again gives the first row back.

    Args:
        client: the device; sequence: its own count, from 1.
        tapped_at: when it was tapped, as the device says.

    Returns:
        The tap that stands, whose `standing` says whether it counts.

    Raises:
        NotFound: not a sheet that `by` observes.
        RuleBroken: the practical has nothing of this kind.
    """
    practical, closed, last, epoch = queries.tapping(sheet_id, by)
    check_tap(practical.shown, subject, value)
    return _append(
        "practical.tapped",
        by,
        sheet_id=sheet_id,
        client=client,
        sequence=sequence,
        number=last + 1,
        subject=subject,
        value=value,
        standing=LATE if closed else COUNTS,
        tapped_at=tapped_at,
        received_at=clock.now(),
        epoch=epoch,
    )


def _append(what: str, by: Actor, **values: object) -> Tap:
    """Append to a sheet's taps, once for each client and sequence.

    The number is taken by whoever commits first: so no two rows of a sheet are written without
    one having seen the other, and the loser runs again.

    Raises:
        Overtaken: somebody else took the number.
    """
    try:
        tap, created = insert_once(Tap, ("sheet_id", "client", "sequence"), **values)
    except IntegrityError as error:
        raise Overtaken from error
    if created:
        record(what, tap, by=by)
    return tap


def close(sheet: Sheet, by: Actor) -> None:
    """Take the sheet's last number: what comes in after it is late."""
    now = clock.now()
    numbers = [tap.number for tap in queries.taps_of(sheet.id)]
    _append(
        "sheet.closed",
        by,
        sheet_id=sheet.id,
        client=CLOSER,
        sequence=1,
        number=max(numbers, default=0) + 1,
        subject="",
        value="",
        standing=CLOSING,
        tapped_at=now,
        received_at=now,
        epoch=0,
    )


def append_result(
    sheet: Sheet, found: rules.Outcome, verdict: str, reason: str, by: Actor
) -> PracticalResult:
    """Append what a sheet came to, once.

    Args:
        found: what it comes to by its taps; verdict: what the people make of it.
    """
    result, created = insert_once(
        PracticalResult,
        ("sheet_id",),
        sheet_id=sheet.id,
        passed=verdict == rules.PASSED,
        outcome=found.plain() | {"verdict": verdict, "found": found.verdict, "reason": reason},
        decided_at=clock.now(),
    )
    if created:
        record("practical.decided", result, by=by)
    return result


def set_aside(*, sheet_id: str, reason: str, by: Actor) -> PracticalResult:
    """End a sheet that nobody has signed, without a result: the learner begins another.

    Raises:
        NotFound: not a sheet of a learner whom `by` may observe.
        Conflict: it is signed or decided.
        RuleBroken: no reason.
    """
    hold_person(queries.sheet(sheet_id, by).sheet.person_id)
    seen = queries.sheet(sheet_id, by)
    if seen.part_of(by) == "learner":
        raise NotFound()
    if seen.stage != rules.OPEN:
        raise Conflict(SIGNED_ALREADY)
    if not reason.strip():
        raise RuleBroken(N_("Say why this sheet is set aside."), field="reason")
    close(seen.sheet, by)
    found = rules.outcome(seen.practical.shown, current(queries.taps_of(sheet_id)))
    return append_result(seen.sheet, found, rules.SET_ASIDE, reason.strip(), by)
