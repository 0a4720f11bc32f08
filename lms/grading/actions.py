"""Mark an answer on its rubric, sign one's marks together, release results, signed."""

from collections.abc import Collection, Sequence

from lms.actor import Actor
from lms.assessment.deciding import decide_result
from lms.assessment.models import Result
from lms.assessment.queries import effective
from lms.assessment.results import result_of
from lms.columns import digest
from lms.errors import N_, Conflict, RuleBroken
from lms.grading import queries
from lms.grading.calibration.seeds import sign_seeds
from lms.grading.calibration.standing import check_calibrated
from lms.grading.markers.actions import ground_for
from lms.grading.marking import Basis, append_mark
from lms.grading.models import Mark
from lms.grading.moderation.calls import call_second_markers
from lms.grading.moderation.standing import has_open, is_frozen
from lms.grading.rules import check_levels
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.plugins import plugins
from lms.records.actions import sign
from lms.records.queries import is_signed


def mark_answer(
    *,
    item_id: str,
    levels: dict[str, int],
    comment: str,
    read_number: int,
    by: Actor,
    basis: Basis | None = None,
) -> Mark:
    """Append a mark on an answer; it counts once its marker has signed it (`sign_marks`).

    Args:
        levels: the points chosen for each criterion, by its id.
        read_number: the number of the mark that the page showed (0: none).
        basis: where the caller has found it already on what ground `by` marks.

    Raises:
        NotFound: not an answer that `by` may mark.
        Conflict: somebody marked it, a second marker began, or the result is out, since the page
            was opened.
        RuleBroken: levels missing, or `by` is not qualified to mark this module.
    """
    waiting = queries.answer(item_id, by)
    basis = basis or Basis(ground_for(waiting.version, by))
    check_calibrated(waiting.question.id, by)
    hold_person(waiting.attempt.person_id)
    if result_of(waiting.attempt.id) is not None:
        raise Conflict(N_("Somebody else released this result in the meantime."))
    if is_frozen(item_id):
        raise Conflict(N_("A second marker has this answer now: its first mark stays as it is."))
    last = queries.last_number(item_id)
    if last != read_number:
        raise Conflict(N_("Somebody else marked this answer in the meantime. Look at it again."))
    key = queries.rubric_of(waiting.question.id)
    check_levels(key.key["criteria"], levels)
    response = effective(waiting.attempt.id).get(item_id)
    return append_mark(
        item_id,
        last + 1,
        response_id=response.id if response else None,
        rubric_digest=digest(key.key["criteria"]),
        levels=levels,
        comment=comment,
        by=by,
        basis=basis,
    )


def sign_marks(*, mark_ids: Collection[str], checked: Checked | None, by: Actor) -> Sequence[Mark]:
    """Sign "graded" on each of one's own marks that wait for it; the password is entered once.

    Args:
        mark_ids: what the page showed; a mark changed since is left unsigned.

    Raises:
        RuleBroken: a wrong password.
    """
    proof = confirm_proof(checked)
    chosen = [one for one in queries.unsigned(by) if one.mark and one.mark.id in mark_ids]
    marks = [one.mark for one in chosen if one.mark]
    for mark in marks:
        sign(mark, meaning="graded", by=by, proof=proof)
    call_second_markers(((one.attempt, one.version) for one in chosen), by=by)
    return [*marks, *sign_seeds(mark_ids, proof, by)]


def release_result(*, attempt_id: str, checked: Checked | None, by: Actor) -> Result:
    """Decide an attempt and make its result known, signed "released".

    A second time, by whomever, gives the first release back and signs nothing.

    Raises:
        NotFound: not an attempt that `by` may release.
        RuleBroken: an answer has no signed mark yet or waits for its second marker or moderator,
            something else holds the result (the sitting of an exam is not signed), or a wrong
            password.
    """
    proof = confirm_proof(checked)
    attempt, version = queries.markable_attempt(attempt_id, by)
    hold_person(attempt.person_id)
    for message, params in plugins().collect("release_holds", attempt=attempt):
        raise RuleBroken(message, **params)
    if queries.has_unsigned(attempt_id):
        raise RuleBroken(N_("A mark of this attempt is not signed yet. Its marker signs first."))
    if result_of(attempt_id) is None and has_open(attempt_id):
        raise RuleBroken(N_("An answer waits for its second marker, or for whoever moderates."))
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


def release_results(
    *, attempt_ids: Sequence[str], checked: Checked | None, by: Actor
) -> list[Result]:
    """Release several attempts with one signature each; the password is entered once.

    Raises:
        as `release_result`; then none of them is released.
    """
    if not attempt_ids:
        raise RuleBroken(N_("Choose at least one result."))
    return [release_result(attempt_id=id, checked=checked, by=by) for id in attempt_ids]
