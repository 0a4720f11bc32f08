"""Approve a marker, end an approval, give back what lies before a marker, open a file as sent."""

from collections.abc import Collection, Sequence

from lms import clock
from lms.actor import Actor
from lms.assessment.models import Response
from lms.assessment.queries import effective, file_of
from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import newest_version
from lms.db import db, insert_once
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.grading.markers import desk, queries
from lms.grading.models import (
    MarkerApproval,
    MarkerApprovalEnd,
    Turn,
    TurnRelease,
    Unblinding,
)
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign


def ground_for(version: ModuleVersion, by: Actor, besides: Collection[str] = ()) -> str:
    """Return on what ground `by` marks answers of a module, as it is kept with each mark.

    Args:
        besides: ids of people who marked the answer already, so that it cannot wait for them.

    Raises:
        RuleBroken: `by` is not qualified.
    """
    found = queries.qualified().ground(version, by, besides)
    if found is None:
        raise RuleBroken(NOT_QUALIFIED)
    return found


NOT_QUALIFIED = N_(
    "Others are qualified to mark this module and you are not yet. Ask your coordinator or the"
    " content owner to approve you in writing."
)


def approve_marker(
    *, person_id: str, module_code: str, reason: str, checked: Checked | None, by: Actor
) -> MarkerApproval:
    """Approve an instructor to mark a module, signed, on documented experience.

    Raises:
        NotFound: not an instructor whom `by` may approve, or no such module.
        RuleBroken: no reason, or a wrong password.
        Conflict: approved already.
    """
    proof = confirm_proof(checked)
    if person_id not in {one.id for one in queries.approvable(by)}:
        raise NotFound()
    if newest_version(module_code) is None:
        raise NotFound()
    if not reason.strip():
        raise RuleBroken(N_("Write on what experience you approve this person."), field="reason")
    hold_person(person_id)
    if module_code in queries.qualified().approved.get(person_id, ()):
        raise Conflict(N_("This person is approved for this module already."))
    row = MarkerApproval(
        person_id=person_id,
        module_code=module_code,
        reason=reason.strip(),
        approved_by=by.id,
        approved_at=clock.now(),
    )
    db.session.add(row)
    record("marker.approved", row, by=by, reason=reason)
    sign(row, meaning="approved", by=by, proof=proof)
    return row


def end_approval(*, approval_id: str, reason: str, by: Actor) -> MarkerApprovalEnd:
    """End an approval; marks that were given on it stand.

    Raises:
        NotFound: no approval that stands and that `by` may end.
        RuleBroken: no reason.
    """
    if not reason.strip():
        raise RuleBroken(N_("Write why the approval ends."), field="reason")
    found = queries.approval(approval_id, by)
    row, created = insert_once(
        MarkerApprovalEnd,
        ("approval_id",),
        approval_id=found.row.id,
        reason=reason.strip(),
        ended_by=by.id,
        ended_at=clock.now(),
    )
    if created:
        record("marker.approval-ended", row, by=by, reason=reason)
    return row


def release_turns(
    *, marker_id: str, question_id: str, reason: str, by: Actor
) -> Sequence[TurnRelease]:
    """Give back to all what lies before a marker of one question.

    Raises:
        NotFound: nothing of that marker's that `by` sees.
        RuleBroken: no reason.
    """
    if not reason.strip():
        raise RuleBroken(N_("Write why you give these answers back."), field="reason")
    now = clock.now()
    held = desk.turns_of(marker_id, question_id, by, now)
    if not held:
        raise NotFound()
    rows = []
    for turn in sorted(held, key=lambda one: one.item_id):
        db.session.refresh(turn, with_for_update=True)
        if turn.marker_id != marker_id or turn.until <= now:
            continue  # given back, or another's, in the meantime
        rows.append(_release(turn, reason, by))
    return rows


def _release(turn: Turn, reason: str, by: Actor) -> TurnRelease:
    turn.until = clock.now()
    row = TurnRelease(
        item_id=turn.item_id,
        marker_id=turn.marker_id,
        reason=reason.strip(),
        released_by=by.id,
        released_at=turn.until,
    )
    db.session.add(row)
    record("turn.released", row, by=by, reason=reason)
    return row


def unblind_file(*, item_id: str, reason: str, by: Actor) -> Unblinding:
    """Record that `by` opens a handed-in file as it was sent.

    Raises:
        NotFound: no file of an answer that `by` sees.
        RuleBroken: no reason.
    """
    item = desk.seen_item(item_id, by)
    response: Response | None = effective(item.attempt_id).get(item_id)
    file_of(response)
    assert response is not None
    if not reason.strip():
        raise RuleBroken(N_("Write why you open the file as it was sent."), field="reason")
    row = Unblinding(
        item_id=item_id,
        response_id=response.id,
        reason=reason.strip(),
        opened_by=by.id,
        opened_at=clock.now(),
    )
    db.session.add(row)
    record("file.unblinded", row, by=by, reason=reason)
    return row
