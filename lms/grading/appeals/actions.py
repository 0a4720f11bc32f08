"""Appeal against a result; decide an appeal as somebody who had no part in it."""

from collections.abc import Mapping, Sequence

from lms import clock
from lms.actor import Actor
from lms.assessment import paper
from lms.assessment.deciding import supersede_result
from lms.assessment.queries import own_attempt
from lms.assessment.results import result_of, results_of, voided
from lms.columns import digest
from lms.db import db, insert_once
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.grading.appeals import queries
from lms.grading.appeals.queries import Appealed
from lms.grading.appeals.rules import check_appeal, check_decider
from lms.grading.markers.actions import ground_for
from lms.grading.marking import Basis, append_mark
from lms.grading.models import Appeal, AppealDecision, Mark
from lms.grading.rules import check_levels
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign


def appeal_against(*, attempt_id: str, reason: str, by: Actor) -> Appeal:
    """Ask for another look at one's own released result.

    Raises:
        NotFound: not one's own attempt, or no result is out.
        RuleBroken: too late, an appeal is open, or no reason.
    """
    own_attempt(attempt_id, by)
    hold_person(by.id)
    results = results_of(attempt_id)
    if not results or voided(results[-1]):
        raise NotFound()
    earlier = queries.of_own_attempt(attempt_id, by)
    check_appeal(
        now=clock.now(),
        released_at=results[-1].released_at,
        is_open=any(one.decision is None for one in earlier),
    )
    if not reason.strip():
        raise RuleBroken(N_("Write what you see otherwise."), field="reason")
    row = Appeal(
        attempt_id=attempt_id,
        number=len(earlier) + 1,
        reason=reason.strip(),
        appealed_at=clock.now(),
    )
    db.session.add(row)
    record("appeal.raised", row, by=by)
    return row


def decide_appeal(
    *,
    appeal_id: str,
    changed: bool,
    levels: Mapping[str, Mapping[str, int]],
    note: str,
    checked: Checked | None,
    by: Actor,
) -> AppealDecision:
    """Let a result stand, or change its marks; signed. A second time gives the first back.

    Args:
        levels: for each answer that a person marked, the points of each criterion.
        note: why; the learner reads it.

    Raises:
        NotFound: not an appeal that `by` may decide.
        RuleBroken: `by` had a part in the result, nothing changes, or a wrong password.
        Conflict: somebody else decided meanwhile.
    """
    proof = confirm_proof(checked)
    found = queries.appeal(appeal_id, by)
    hold_person(found.attempt.person_id)
    if found.decision is not None:
        return found.decision
    check_decider(by.id, queries.involved(found.attempt.id))
    decision, created = insert_once(
        AppealDecision,
        ("appeal_id",),
        appeal_id=appeal_id,
        changed=changed,
        note=note.strip(),
        decided_by=by.id,
        decided_at=clock.now(),
    )
    if not created:
        raise Conflict(N_("Somebody else decided this appeal in the meantime."))
    record("appeal.decided", decision, by=by)
    sign(decision, meaning="decided", by=by, proof=proof)
    if changed:
        marks = _change_marks(found, levels, note, by)
        for mark in marks:
            sign(mark, meaning="graded", by=by, proof=proof)
        _supersede(found, note, by)
    return decision


def _change_marks(
    found: Appealed, levels: Mapping[str, Mapping[str, int]], note: str, by: Actor
) -> Sequence[Mark]:
    besides = queries.involved(found.attempt.id)
    basis = Basis(ground_for(found.version, by, besides))
    rows = []
    for one in queries.written(found.attempt.id):
        points = dict(levels.get(one.item.id, {}))
        check_levels(one.key.key["criteria"], points)
        if points != one.mark.levels:
            row = append_mark(
                one.item.id,
                one.mark.number + 1,
                response_id=one.mark.response_id,
                rubric_digest=digest(one.key.key["criteria"]),
                levels=points,
                comment=one.mark.comment,
                by=by,
                reason=note,
                basis=basis,
            )
            rows.append(row)
    if not rows:
        raise RuleBroken(N_("No mark differs from what stands: change one, or let it stand."))
    return rows


def _supersede(found: Appealed, note: str, by: Actor) -> None:
    stands = result_of(found.attempt.id)
    assert stands is not None, "what was appealed against is released"
    if voided(stands):
        raise RuleBroken(N_("This attempt is void: no mark in it counts. Let the result stand."))
    marks = {one.item.id: one.mark.levels for one in queries.written(found.attempt.id)}
    outcome = paper.outcome_of(found.attempt, found.version, marks)
    supersede_result(
        stands=stands,
        attempt=found.attempt,
        version=found.version,
        outcome=outcome | {"marks": marks, "comments": stands.outcome["comments"]},
        reason=note.strip(),
        by=by,
    )
