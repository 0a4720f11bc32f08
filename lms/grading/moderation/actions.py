"""Mark as the second, blind; sign, which compares; set the mark as a third person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from lms import clock
from lms.actor import Actor
from lms.assessment.queries import effective
from lms.columns import digest
from lms.db import db, insert_once
from lms.errors import N_, Conflict, RuleBroken
from lms.grading.calibration.standing import check_calibrated, is_closed
from lms.grading.markers.actions import ground_for
from lms.grading.marking import Basis, append_mark
from lms.grading.models import Comparison, Moderation, SecondMark, SecondTurn
from lms.grading.moderation import queries
from lms.grading.moderation.rules.tolerance import is_within
from lms.grading.queries import rubric_of
from lms.grading.rules import check_levels
from lms.grading.turns.laying import keep, lay, put_back
from lms.grading.turns.rules import from_here
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign

# A mark that its second marker does not sign in this time goes back to the others.
TO_SIGN = timedelta(days=1)


@dataclass(frozen=True)
class GoneOn:
    """What was marked, and the answer that now lies before the second marker, if any is left."""

    mark: SecondMark
    next: str | None


def take_next(*, first: str, by: Actor, after: str | None = None) -> str | None:
    """Lay the next answer before `by` as its second marker; from then on its first mark is frozen.

    Args:
        first: the question whose answers come first, then those to the others.
        after: the answer that was before them.
    """
    now = clock.now()
    others = [one.question.id for one in queries.piles(by, now) if one.question.id != first]
    for question_id in (first, *others):
        if is_closed(question_id, by):
            continue
        for item_id in from_here(queries.free(question_id, by, now), after):
            if _lay(item_id, by):
                return item_id
    return None


def _lay(item_id: str, by: Actor) -> bool:
    """Take an answer, unless somebody was quicker or its first marker is at it again."""
    now = clock.now()
    hold_person(queries.second(item_id, by, now).attempt.person_id)
    if not queries.is_for(item_id, by, now):
        return False
    return lay(SecondTurn, item_id, by, now)


def mark_second(
    *, item_id: str, levels: dict[str, int], note: str, read_number: int, by: Actor
) -> GoneOn:
    """Append a second mark and lay the next answer before `by`; it counts once it is signed.

    Args:
        note: for whoever moderates, if anybody must; the learner does not see it.
        read_number: the number of the newest second mark when the page was opened (0: none).

    Raises:
        NotFound: not an answer for `by` to mark a second time.
        Conflict: somebody else marked it a second time since the page was opened.
        RuleBroken: levels missing, or `by` is not qualified to mark this module.
    """
    found = queries.second(item_id, by, clock.now())
    ground = ground_for(found.version, by, {queries.first_mark(item_id).marker_id})
    check_calibrated(found.question.id, by)
    hold_person(found.attempt.person_id)
    last = queries.last_number(item_id)
    if last != read_number:
        raise Conflict(N_("Somebody else marked this answer in the meantime. Look at it again."))
    key = rubric_of(found.question.id)
    check_levels(key.key["criteria"], levels)
    response = effective(found.attempt.id).get(item_id)
    mark = SecondMark(
        item_id=item_id,
        number=last + 1,
        marker_id=by.id,
        response_id=response.id if response else None,
        rubric_digest=digest(key.key["criteria"]),
        levels=levels,
        note=note.strip(),
        marked_at=clock.now(),
        ground=ground,
    )
    db.session.add(mark)
    record("answer.marked-second", mark, by=by)
    keep(SecondTurn, item_id, by, clock.now() + TO_SIGN)
    return GoneOn(mark, take_next(first=found.question.id, by=by, after=item_id))


def skip_second(*, item_id: str, by: Actor) -> str | None:
    """Put an answer back and take the next one; its first mark stays frozen.

    Raises:
        NotFound: not an answer for `by` to mark a second time.
    """
    found = queries.second(item_id, by, clock.now())
    following = take_next(first=found.question.id, by=by, after=item_id)
    if following != item_id:
        put_back(SecondTurn, item_id, by)
    return following


def sign_seconds(
    *, mark_ids: Collection[str], checked: Checked | None, by: Actor
) -> Sequence[Comparison]:
    """Sign "graded" on one's own second marks and hold each against the first mark.

    Args:
        mark_ids: what the page showed; a mark changed since is left unsigned.

    Raises:
        RuleBroken: a wrong password.
    """
    proof = confirm_proof(checked)
    chosen = [one for one in queries.unsigned(by, clock.now()) if one.own]
    rows = []
    for one in sorted(chosen, key=lambda one: one.attempt.person_id):
        assert one.own is not None
        if one.own.id not in mark_ids:
            continue
        hold_person(one.attempt.person_id)
        sign(one.own, meaning="graded", by=by, proof=proof)
        rows.append(_compare(one.own, by))
    return rows


def _compare(second: SecondMark, by: Actor) -> Comparison:
    first = queries.first_mark(second.item_id)
    same = first.rubric_digest == second.rubric_digest
    row, created = insert_once(
        Comparison,
        ("item_id",),
        item_id=second.item_id,
        first_id=first.id,
        second_id=second.id,
        within=same and is_within(first.levels, second.levels),
        compared_at=clock.now(),
    )
    if not created:
        raise Conflict(N_("Somebody else marked this answer in the meantime. Look at it again."))
    record("answer.marks-compared", row, by=by)
    return row


def moderate(
    *,
    item_id: str,
    levels: dict[str, int],
    comment: str,
    reason: str,
    checked: Checked | None,
    by: Actor,
) -> Moderation:
    """Set the mark of an answer whose two marks differ too far, signed, with the reason.

    Args:
        comment: for the learner.
        reason: why this mark; the two markers' work is judged by it, the learner does not see it.

    Raises:
        NotFound: nothing to moderate for `by`: one of the two marks is theirs, or it is done.
        RuleBroken: levels or the reason missing, not qualified, or a wrong password.
    """
    proof = confirm_proof(checked)
    hold_person(queries.apart(item_id, by).attempt.person_id)
    found = queries.apart(item_id, by)  # after holding: somebody may have been quicker
    key = rubric_of(found.question.id)
    check_levels(key.key["criteria"], levels)
    if not reason.strip():
        raise RuleBroken(N_("Write why you set this mark."), field="reason")
    mark = append_mark(
        item_id,
        found.first.number + 1,
        response_id=found.first.response_id,
        rubric_digest=digest(key.key["criteria"]),
        levels=levels,
        comment=comment,
        by=by,
        reason=reason,
        basis=Basis(ground_for(found.version, by, {found.first.marker_id, found.second.marker_id})),
    )
    sign(mark, meaning="graded", by=by, proof=proof)
    row = Moderation(
        item_id=item_id,
        mark_id=mark.id,
        reason=reason.strip(),
        moderator_id=by.id,
        moderated_at=clock.now(),
    )
    db.session.add(row)
    record("answer.moderated", row, by=by)
    sign(row, meaning="moderated", by=by, proof=proof)
    return row
