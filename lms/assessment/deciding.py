"""Decide an attempt by rule, supersede what was decided, hand its evidence down or take it back."""

from collections.abc import Mapping
from typing import Any

from lms import clock
from lms.actor import Actor
from lms.assessment import paper
from lms.assessment.models import Attempt, Result
from lms.assessment.results import result_of, results_of
from lms.assessment.retakes import counts_until
from lms.assessment.rules import Outcome
from lms.competency.actions import record_evidence, withdraw_evidence
from lms.competency.queries import evidence_from
from lms.curriculum.models import ModuleVersion
from lms.db import db, insert_once
from lms.records.actions import record


def decide_result(
    *,
    attempt: Attempt,
    version: ModuleVersion,
    rubric_marks: dict[str, dict[str, int]],
    comments: dict[str, str],
    by: Actor,
) -> Result:
    """Decide an attempt by rule and hand its evidence down; a second time changes nothing.

    Args:
        rubric_marks: for each item that a person marks, the points of each criterion.
        comments: what the marker wrote to the learner about an item.
    """
    outcome = paper.outcome_of(attempt, version, rubric_marks)
    outcome |= {"marks": rubric_marks, "comments": comments}
    result, created = insert_once(
        Result,
        ("attempt_id", "number"),
        attempt_id=attempt.id,
        number=1,
        passed=outcome["passed"],
        outcome=outcome,
        released_by=by.id,
        released_at=clock.now(),
    )
    if created:
        record("result.released", result, by=by)
        if result.passed:
            _hand_down(result, attempt, version, by)
    return result


def supersede_result(
    *,
    stands: Result,
    attempt: Attempt,
    version: ModuleVersion,
    outcome: Mapping[str, Any],
    reason: str,
    by: Actor,
) -> Result:
    """Append the result that takes the place of one that was released.

    A pass that is lost takes its evidence along; one that is gained counts from the day on which
    the first result was released, for then it should have been known.

    Args:
        outcome: what the attempt comes to now, marks and comments with it.
        reason: why, in the words of whoever decided it.
    """
    result = Result(
        attempt_id=attempt.id,
        number=stands.number + 1,
        counts_from=stands.shown_on,
        passed=outcome["passed"],
        outcome={**outcome, "corrected": reason},
        released_by=by.id,
        released_at=clock.now(),
    )
    db.session.add(result)
    record("result.superseded", result, by=by)
    if stands.passed and not result.passed:
        # Of whichever result gave it: one that changed a figure alone left the evidence in place.
        for earlier in results_of(attempt.id)[:-1]:
            withdraw_evidence(evidence_from(earlier), because=result, reason=reason, by=by)
    if result.passed and not stands.passed:
        _hand_down(result, attempt, version, by)
    return result


def void_result(
    *,
    attempt: Attempt,
    version: ModuleVersion,
    category: str,
    reason: str,
    gives_back: bool,
    by: Actor,
) -> Result:
    """Append the result of an attempt that does not count; a pass that was out loses its evidence.

    Args:
        category, reason: why, as a key and as the words that the learner reads.
        gives_back: whether the attempt no longer stands in the way of a further one.
    """
    outcome = Outcome(False, None, None, (), (), {}).plain() | {"marks": {}, "comments": {}}
    outcome |= {"voided": {"category": category, "reason": reason, "gives_back": gives_back}}
    stands = result_of(attempt.id)
    if stands is not None:
        return supersede_result(
            stands=stands, attempt=attempt, version=version, outcome=outcome, reason=reason, by=by
        )
    result = Result(
        attempt_id=attempt.id,
        number=1,
        passed=False,
        outcome=outcome,
        released_by=by.id,
        released_at=clock.now(),
    )
    db.session.add(result)
    record("result.voided", result, by=by)
    return result


def _hand_down(result: Result, attempt: Attempt, version: ModuleVersion, by: Actor) -> None:
    manifest: dict[str, Any] = version.manifest
    until = counts_until(result.shown_on, manifest.get("requalify_months"))
    shows = {c["id"]: c["from_paper"] for c in manifest["competency"] if c.get("from_paper")}
    record_evidence(
        result,
        person_id=attempt.person_id,
        shows=shows,
        kind="paper",
        practice=attempt.practice,
        counts_until=until,
        module_version_id=version.id,
        shown_on=result.shown_on,
        by=by,
    )
