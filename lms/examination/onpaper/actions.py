"""Seat a candidate on paper, note the times, enter the sheet twice, settle, take it over."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lms import clock
from lms.actor import Actor
from lms.assessment import onpaper
from lms.assessment import queries as attempts
from lms.assessment.actions import give_paper
from lms.assessment.models import Attempt, Submission
from lms.assessment.timing.queries import deadline_of
from lms.curriculum.kind import own_fields
from lms.curriculum.queries import version_by_id
from lms.db import db, insert_once
from lms.errors import N_, Conflict, RuleBroken
from lms.examination import queries as sittings
from lms.examination.actions import CHANGED, CLOSED
from lms.examination.models import IdentityCheck, Seat
from lms.examination.onpaper import queries, rules
from lms.examination.onpaper.models import PaperChoice, PaperEntry, PaperTimes
from lms.learning.models import Enrolment
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign
from lms.records.queries import is_signed

SEATED = "seated on paper"  # what the invigilator's signature means
TAKEN = N_("This sheet is taken over: nothing can be changed any more.")
ENTERED = N_("You have entered this sheet already. Somebody else enters it too.")


def seat_on_paper(
    *,
    sitting_id: str,
    person_id: str,
    reason: str,
    locale: str,
    checked: Checked | None,
    by: Actor,
) -> Attempt:
    """Give a candidate whose identity agrees the paper with a pen, by the invigilator's signature
    instead of the own password; an attempt that runs goes on on paper.

    Args:
        locale: in which numbers are written where the candidate has chosen no language.

    Raises:
        NotFound: not a sitting of `by`, or not a learner of its programme; oneself never is.
        Conflict: the sitting is signed or over, or the attempt belongs to another one.
        RuleBroken: the identity does not agree, no attempt may begin, or a wrong password.
    """
    proof = confirm_proof(checked)
    held = sittings.sitting(sitting_id, by)
    _enrolment, person = sittings.learner(held, person_id, by)
    hold_person(person.id)
    if not held.takes_in(clock.now()):
        raise Conflict(CLOSED if held.report else N_("This sitting takes nobody in any more."))
    looked = sittings.checks(sitting_id, person.id)
    if not looked or not looked[-1][0].agrees or looked[-1][0].enrolment_id is None:
        raise RuleBroken(N_("Check the identity first: it has to agree."))
    check = looked[-1][0]
    enrolment = db.session.get_one(Enrolment, check.enrolment_id)
    attempt = give_paper(
        enrolment=enrolment,
        version=version_by_id(enrolment.module_version_id),
        locale=person.locale or locale,
        by=by,
        seated=True,
    )
    _take_seat(sitting_id, attempt, check, by)
    row = onpaper.put_on_paper(attempt=attempt, reason=reason, by=by)
    if not is_signed(row, SEATED):  # sent twice
        sign(row, meaning=SEATED, by=by, proof=proof)
    return attempt


def _take_seat(sitting_id: str, attempt: Attempt, check: IdentityCheck, by: Actor) -> None:
    seat, created = insert_once(
        Seat,
        ("attempt_id",),
        sitting_id=sitting_id,
        attempt_id=attempt.id,
        person_id=attempt.person_id,
        check_id=check.id,
        taken_at=clock.now(),
    )
    if seat.sitting_id != sitting_id:
        raise Conflict(N_("This candidate has begun in another sitting."))
    if created:
        record("seat.taken", seat, by=by)


def _open(attempt_id: str, by: Actor) -> queries.Sheet:
    """Return a sheet that is not taken over, its candidate held. Raises NotFound, Conflict."""
    hold_person(queries.sheet(attempt_id, by).person.id)
    found = queries.sheet(attempt_id, by)
    if found.submission is not None:
        raise Conflict(TAKEN)
    return found


def note_times(
    *, attempt_id: str, began_at: datetime, ended_at: datetime, read_number: int, by: Actor
) -> PaperTimes:
    """Append when a sheet was written, from beginning to end.

    Args:
        read_number: how often the page knew it to be noted.

    Raises:
        NotFound, Conflict: see `_open`; or somebody else noted it in the meantime.
        RuleBroken: nobody can have written it then.
    """
    found = _open(attempt_id, by)
    if found.noted != read_number:
        raise Conflict(CHANGED)
    rules.check_times(
        began_at,
        ended_at,
        seated=found.paper.taken_at,
        now=clock.now(),
        allowed=deadline_of(found.attempt) - found.attempt.started_at,
    )
    row = PaperTimes(
        attempt_id=attempt_id,
        number=found.noted + 1,
        began_at=began_at,
        ended_at=ended_at,
        noted_by=by.id,
        noted_at=clock.now(),
    )
    db.session.add(row)
    record("paper.times-noted", row, by=by)
    return row


def enter_sheet(*, attempt_id: str, posted: Mapping[str, Sequence[str]], by: Actor) -> PaperEntry:
    """Append what one person read on a sheet; two people do, each once.

    Args:
        posted: the fields of all items as the attempt's page names them.

    Raises:
        NotFound, Conflict: see `_open`; or two people entered it, or `by` did.
        RuleBroken: it is not noted yet when it was written.
    """
    found = _open(attempt_id, by)
    if found.times is None:
        raise RuleBroken(N_("Note first when the sheet was written."))
    earlier = queries.entries(attempt_id)
    if any(one.row.entered_by == by.id for one in earlier):
        raise Conflict(ENTERED)
    if len(earlier) >= rules.READERS:
        raise Conflict(N_("Two people have entered this sheet already."))
    kinds, fields = attempts.kinds(), {name: list(values) for name, values in posted.items()}
    read = {
        item.id: kinds[item.kind].read(own_fields(fields, item.id))
        for item in attempts.items_of(attempt_id)
        if item.kind in rules.PRINTED
    }
    row = PaperEntry(
        attempt_id=attempt_id,
        number=len(earlier) + 1,
        answers={id: answer for id, answer in read.items() if answer is not None},
        entered_by=by.id,
        entered_at=clock.now(),
    )
    db.session.add(row)
    record("paper.entered", row, by=by)
    return row


def settle(
    *, attempt_id: str, item_id: str, number: int, reason: str, read_number: int, by: Actor
) -> PaperChoice:
    """Append which of two entries shows what the sheet has for an item.

    Args:
        number: of the entry, 1 or 2.
        read_number: how often the page knew the item to be decided.

    Raises:
        NotFound, Conflict: see `_open`; or the entries do not differ on it, or somebody else
            decided in the meantime.
    """
    _open(attempt_id, by)
    found = queries.compared(attempt_id)
    if found is None:
        raise Conflict(N_("Two people have to enter the sheet first."))
    queries.differing(found, item_id)
    if queries.times_chosen(item_id) != read_number:
        raise Conflict(CHANGED)
    row = PaperChoice(
        item_id=item_id,
        number=read_number + 1,
        entry_id=found.entries[number - 1].row.id,
        reason=reason.strip(),
        chosen_by=by.id,
        chosen_at=clock.now(),
    )
    db.session.add(row)
    record("paper.settled", row, by=by)
    return row


def take_over(*, attempt_id: str, checked: Checked | None, by: Actor) -> Submission:
    """Take what two people read on a sheet over as the answers of its attempt, and close it.

    Raises:
        NotFound, Conflict: see `_open`.
        RuleBroken: fewer than two entered it, a difference is open, or a wrong password.
    """
    proof = confirm_proof(checked)
    sheet = _open(attempt_id, by)
    found = queries.compared(attempt_id)
    if found is None or sheet.times is None:
        raise RuleBroken(N_("Two people have to enter the sheet first."))
    if found.agreed.open:
        raise RuleBroken(N_("Look at the sheet again where the two entries differ, and decide."))
    row = onpaper.close_paper(
        attempt=sheet.attempt, answers=found.agreed.answers, written_at=sheet.times.ended_at, by=by
    )
    sign(row, meaning="taken over from paper", by=by, proof=proof)
    return row
