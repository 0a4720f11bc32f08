"""Propose a regrade run with its dry run; carry it out or decline it as a second person."""

from collections.abc import Collection, Sequence
from typing import Any

from lms import clock
from lms.actor import Actor
from lms.assessment.deciding import supersede_result
from lms.assessment.scoring import append_score
from lms.columns import digest
from lms.competency.consequences import Consequence
from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import version_by_id
from lms.db import db, insert_once
from lms.errors import N_, Conflict, NotAllowed, RuleBroken
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign
from lms.regrade import planning, queries
from lms.regrade.models import RegradeDecision, RegradeRun
from lms.regrade.planning import AttemptChange
from lms.regrade.rules import DECLINED, EFFECTIVE, Policy, check_chosen, check_second

MOST_ATTEMPTS = 20_000  # in one run: its plan is stored whole


def propose_run(
    *,
    version: ModuleVersion,
    questions: Collection[str],
    policy: Policy,
    reason: str,
    checked: Checked | None,
    by: Actor,
) -> RegradeRun:
    """Record what scoring some questions anew would change, signed "proposed"; nothing changes yet.

    Args:
        questions: ids of questions of this version that anybody answered.
        reason: why; every learner concerned reads it.

    Raises:
        NotAllowed: `by` is neither content owner nor reviewer.
        RuleBroken: no question, an unknown policy, nothing would change, or a wrong password.
    """
    proof = confirm_proof(checked)
    _check_signer(by)
    used = {one.question.id for one in queries.used_questions(version.id)}
    check_chosen(policy, questions, used)
    changes, pairs = planning.plan(version, questions, policy)
    if not changes:
        raise RuleBroken(N_("Nothing would change: every answer has this score already."))
    if len(changes) > MOST_ATTEMPTS:
        raise RuleBroken(N_("More than %(most)s attempts: choose fewer questions."),
                         most=MOST_ATTEMPTS)  # fmt: skip
    plain = _plain(changes, planning.consequences(changes))
    run = RegradeRun(
        module_version_id=version.id,
        policy=policy,
        reason=reason.strip(),
        keys={id: key.id for id, (_question, key) in pairs.items()},
        plan=plain,
        plan_digest=digest(plain["attempts"]),
        proposed_by=by.id,
        proposed_at=clock.now(),
    )
    db.session.add(run)
    record("regrade.proposed", run, by=by)
    sign(run, meaning="proposed", by=by, proof=proof)
    return run


def _check_signer(by: Actor) -> None:
    if not by.has(*queries.SIGNERS):
        raise NotAllowed()


def _plain(changes: Sequence[AttemptChange], follows: Sequence[Consequence]) -> dict[str, Any]:
    return {
        "attempts": [change.plain() for change in changes],
        "consequences": sorted(
            ([one.person_id, one.message, dict(one.params)] for one in follows), key=str
        ),
    }


def decide_run(
    *, run_id: str, carry_out: bool, note: str, checked: Checked | None, by: Actor
) -> RegradeDecision:
    """Carry a run out, or decline it; signed. A second time gives the first decision back.

    Scores are appended, results that change are superseded, evidence is withdrawn or handed down,
    certificates that no longer stand are suspended: all in this transaction, or nothing.

    Raises:
        NotFound: no such run.
        NotAllowed: `by` is neither content owner nor reviewer.
        RuleBroken: the proposer's own run, no content owner among the two, or a wrong password.
        Conflict: something changed since the dry run, which therefore no longer holds.
    """
    proof = confirm_proof(checked)
    _check_signer(by)
    found = queries.run(run_id)
    if found.decision is not None:
        return found.decision
    if carry_out:
        owner_among = by.has("owner") or queries.signed_as_owner(found.row)
        check_second(found.row.proposed_by, by.id, owner_among=owner_among)
    decision, created = insert_once(
        RegradeDecision,
        ("run_id",),
        run_id=run_id,
        decision=EFFECTIVE if carry_out else DECLINED,
        note=note.strip(),
        decided_by=by.id,
        decided_at=clock.now(),
    )
    if not created:
        raise Conflict(N_("Somebody else decided this run in the meantime."))
    record(f"regrade.{decision.decision}", decision, by=by)
    sign(decision, meaning=decision.decision, by=by, proof=proof)
    if carry_out:
        _carry_out(found.row, by)
    return decision


def _carry_out(run: RegradeRun, by: Actor) -> None:
    version = version_by_id(run.module_version_id)
    for person_id in sorted({one["person"] for one in run.plan["attempts"]}):
        hold_person(person_id)
    policy: Policy = run.policy  # type: ignore[assignment]
    changes, pairs = planning.plan(version, run.keys, policy)
    same_keys = {id: key.id for id, (_question, key) in pairs.items()} == run.keys
    if not same_keys or digest([change.plain() for change in changes]) != run.plan_digest:
        raise Conflict(
            N_("Something changed since this dry run: an answer, a result or a key. Decline it and"
               " propose a new one.")
        )  # fmt: skip
    for change in changes:
        for one in change.items:
            key = one.pair[1]
            append_score(one.item, one.number, one.response, key, one.score, one.cause, by)
    db.session.flush()
    for change in changes:
        if change.before and change.after:
            supersede_result(
                stands=change.before,
                attempt=change.attempt,
                version=version_by_id(change.attempt.module_version_id),
                outcome=change.after,
                reason=run.reason,
                by=by,
            )
