"""Mark an answer on its rubric, signed; release a result, signed."""

from lms import clock
from lms.actor import Actor
from lms.assessment.actions import decide_result
from lms.assessment.models import Result
from lms.assessment.queries import effective, result_of
from lms.columns import digest
from lms.db import db
from lms.errors import N_, Conflict
from lms.grading import queries
from lms.grading.models import Mark
from lms.grading.rules import check_levels
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign
from lms.records.queries import is_signed


def mark_answer(
    *,
    item_id: str,
    levels: dict[str, int],
    comment: str,
    read_number: int,
    checked: Checked | None,
    by: Actor,
) -> Mark:
    """Append a mark on an answer, signed "graded" with the password entered again.

    Args:
        levels: the points chosen for each criterion, by its id.
        read_number: the number of the mark that the page showed (0: none).

    Raises:
        NotFound: not an answer that `by` may mark.
        Conflict: somebody marked it, or released the result, since the page was opened.
        RuleBroken: levels missing, or a wrong password.
    """
    proof = confirm_proof(checked)
    waiting = queries.answer(item_id, by)
    hold_person(waiting.attempt.person_id)
    if result_of(waiting.attempt.id) is not None:
        raise Conflict(N_("Somebody else released this result in the meantime."))
    last = queries.last_number(item_id)
    if last != read_number:
        raise Conflict(N_("Somebody else marked this answer in the meantime. Look at it again."))
    key = queries.rubric_of(waiting.question.id)
    check_levels(key.key["criteria"], levels)
    response = effective(waiting.attempt.id).get(item_id)
    mark = Mark(
        item_id=item_id,
        number=last + 1,
        marker_id=by.id,
        response_id=response.id if response else None,
        rubric_digest=digest(key.key["criteria"]),
        levels=levels,
        comment=comment.strip(),
        marked_at=clock.now(),
    )
    db.session.add(mark)
    record("answer.marked", mark, by=by)
    sign(mark, meaning="graded", by=by, proof=proof)
    return mark


def release_result(*, attempt_id: str, checked: Checked | None, by: Actor) -> Result:
    """Decide an attempt and make its result known, signed "released".

    A second time, by whomever, gives the first release back and signs nothing.

    Raises:
        NotFound: not an attempt that `by` may release.
        RuleBroken: an answer has no mark yet, or a wrong password.
    """
    proof = confirm_proof(checked)
    attempt, version = queries.markable_attempt(attempt_id, by)
    hold_person(attempt.person_id)
    marks = queries.marks_of(attempt_id)
    result = decide_result(
        attempt=attempt,
        version=version,
        rubric_marks={item: mark.levels for item, mark in marks.items()},
        comments={item: mark.comment for item, mark in marks.items() if mark.comment},
        by=by,
    )
    if not is_signed(result, "released"):
        sign(result, meaning="released", by=by, proof=proof)
    return result
