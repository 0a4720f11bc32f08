"""Propose that an attempt does not count; carry it out, or decline it, as a second person."""

from lms import clock
from lms.accommodation import queries, rules
from lms.accommodation.models import AttemptVoid, VoidDecision
from lms.actor import Actor
from lms.assessment.deciding import void_result
from lms.db import db, insert_once
from lms.errors import N_, Conflict, RuleBroken
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign


def propose_void(
    *,
    attempt_id: str,
    category: str,
    reason: str,
    gives_back: bool,
    checked: Checked | None,
    by: Actor,
) -> AttemptVoid:
    """Propose that an attempt does not count, signed "proposed"; nothing changes yet.

    Args:
        reason: what happened; the learner reads the category alone.
        gives_back: whether the attempt is not to stand in the way of a further one.

    Raises:
        NotFound: not an attempt that `by` may void.
        Conflict: one is proposed already, or the attempt is void.
        RuleBroken: no reason, or a wrong password.
    """
    proof = confirm_proof(checked)
    sat = queries.attempt(attempt_id, by)
    hold_person(sat.learner.id)
    earlier = queries.voids_of(attempt_id)
    if any(one.decision is None for one in earlier):
        raise Conflict(N_("This is proposed already. It waits for a second person."))
    if any(one.carried_out for one in earlier):
        raise Conflict(N_("This attempt is void already."))
    if not reason.strip():
        raise RuleBroken(N_("Write what happened."), field="reason")
    row = AttemptVoid(
        attempt_id=attempt_id,
        number=len(earlier) + 1,
        category=category,
        reason=reason.strip(),
        gives_back=gives_back,
        proposed_by=by.id,
        proposed_at=clock.now(),
    )
    db.session.add(row)
    record("attempt.void-proposed", row, by=by)
    sign(row, meaning="proposed", by=by, proof=proof)
    return row


def decide_void(
    *, void_id: str, carry_out: bool, note: str, checked: Checked | None, by: Actor
) -> VoidDecision:
    """Void the attempt as a second person, or decline; signed. Again gives the first back.

    The attempt and its answers stay. Its result does not count: a pass loses its evidence.

    Raises:
        NotFound: not a proposal about an attempt that `by` may void.
        RuleBroken: the proposer's own, or a wrong password.
        Conflict: the attempt is still running, or somebody else decided meanwhile.
    """
    proof = confirm_proof(checked)
    found, sat = queries.void(void_id, by)
    hold_person(sat.learner.id)
    found, sat = queries.void(void_id, by)
    if found.decision is not None:
        return found.decision
    if carry_out:
        rules.check_second(found.row.proposed_by, by.id)
        if sat.submission is None:
            raise Conflict(N_("The attempt is still running. Sign when it is handed in."))
    decision, created = insert_once(
        VoidDecision,
        ("void_id",),
        void_id=void_id,
        decision=rules.VOIDED if carry_out else rules.DECLINED,
        note=note.strip(),
        decided_by=by.id,
        decided_at=clock.now(),
    )
    if not created:
        raise Conflict(N_("Somebody else decided this in the meantime."))
    record(f"attempt.void-{decision.decision}", decision, by=by)
    sign(decision, meaning=decision.decision, by=by, proof=proof)
    if carry_out:
        void_result(
            attempt=sat.attempt,
            version=sat.version,
            category=found.row.category,
            reason=rules.GROUNDS[found.row.category],
            gives_back=found.row.gives_back,
            by=by,
        )
    return decision
