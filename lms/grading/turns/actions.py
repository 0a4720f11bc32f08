"""Take the next answer, mark it and go on, skip it, pass it on, take a mark back."""

from dataclasses import dataclass

from lms import clock
from lms.actor import Actor
from lms.assessment.results import result_of
from lms.db import db
from lms.errors import N_, Conflict, RuleBroken
from lms.grading import actions
from lms.grading.marking import append_mark
from lms.grading.models import Escalation, Mark, Turn
from lms.grading.moderation.standing import is_frozen
from lms.grading.queries import answer, last_number
from lms.grading.turns import queries
from lms.grading.turns.laying import keep, lay, put_back
from lms.grading.turns.rules import KEPT, from_here
from lms.people.queries import hold_person
from lms.records.actions import record


@dataclass(frozen=True)
class GoneOn:
    """What was marked, and the answer that now lies before the marker, if any is left."""

    mark: Mark
    next: str | None


def take_next(*, question_id: str, by: Actor, after: str | None = None) -> str | None:
    """Lay the next free answer to a question before `by`; None where none is left.

    Args:
        after: the answer that was before them; it comes again when all others have had their turn.
    """
    now = clock.now()
    for item_id in from_here(queries.free(question_id, by, now), after):
        if lay(Turn, item_id, by, now):
            return item_id
    return None


def take_any(*, by: Actor, first: str, after: str | None = None) -> str | None:
    """Lay the next answer before `by`: of one question while any is left, then of the others."""
    others = [pile.question.id for pile in queries.piles(by) if pile.question.id != first]
    for question_id in (first, *others):
        if item_id := take_next(question_id=question_id, by=by, after=after):
            return item_id
    return None


def mark_and_go_on(
    *, item_id: str, levels: dict[str, int], comment: str, read_number: int, by: Actor
) -> GoneOn:
    """Mark an answer and lay the next one before `by`, to the same question while any is left.

    Raises:
        As `lms.grading.actions.mark_answer`.
    """
    question_id = answer(item_id, by).question.id
    mark = actions.mark_answer(
        item_id=item_id, levels=levels, comment=comment, read_number=read_number, by=by
    )
    return GoneOn(mark, take_any(by=by, first=question_id, after=item_id))


def skip(*, item_id: str, by: Actor) -> str | None:
    """Put an answer back and take the next one.

    Raises:
        NotFound: not an answer that `by` may mark.
    """
    question_id = answer(item_id, by).question.id
    following = take_any(by=by, first=question_id, after=item_id)
    if following != item_id:
        put_back(Turn, item_id, by)
    return following


def pass_on(*, item_id: str, reason: str, by: Actor) -> str | None:
    """Leave an answer to another marker, with the reason; returns the next one, if any is left.

    Raises:
        NotFound: not an answer that `by` may mark.
        RuleBroken: no reason.
        Conflict: it is marked meanwhile.
    """
    waiting = answer(item_id, by)
    if not reason.strip():
        raise RuleBroken(N_("Write why somebody else should look at it."), field="reason")
    if waiting.mark is not None and waiting.mark.levels:
        raise Conflict(N_("Somebody else marked this answer in the meantime. Look at it again."))
    row = Escalation(
        item_id=item_id,
        number=len(queries.reasons(item_id)) + 1,
        marker_id=by.id,
        reason=reason.strip(),
        escalated_at=clock.now(),
    )
    db.session.add(row)
    record("answer.passed-on", row, by=by)
    following = take_any(by=by, first=waiting.question.id, after=item_id)
    put_back(Turn, item_id, by)
    return following


def take_back(*, item_id: str, by: Actor) -> str:
    """Take one's own mark back by a row that reverses it; the answer lies before `by` again.

    Raises:
        NotFound: not an answer that `by` may mark.
        RuleBroken: it bears another person's mark, or none.
        Conflict: the result is out, or a second marker began.
    """
    waiting = answer(item_id, by)
    hold_person(waiting.attempt.person_id)
    if result_of(waiting.attempt.id) is not None:
        raise Conflict(N_("Somebody else released this result in the meantime."))
    if waiting.mark is None or not waiting.mark.levels or waiting.mark.marker_id != by.id:
        raise RuleBroken(N_("This answer bears no mark of yours."))
    if is_frozen(item_id):
        raise Conflict(N_("A second marker has this answer now: its first mark stays as it is."))
    append_mark(
        item_id,
        last_number(item_id) + 1,
        response_id=waiting.mark.response_id,
        rubric_digest=waiting.mark.rubric_digest,
        levels={},
        comment="",
        by=by,
        what="answer.mark-taken-back",
    )
    keep(Turn, item_id, by, clock.now() + KEPT)
    return item_id
