"""Take the next answer, mark it and go on, skip it, pass it on, take a mark back, keep a turn."""

from collections.abc import Collection
from dataclasses import dataclass

from lms import clock
from lms.actor import Actor
from lms.assessment.models import AttemptItem
from lms.assessment.results import result_of
from lms.columns import new_id
from lms.db import db
from lms.errors import N_, Conflict, RuleBroken
from lms.grading import actions
from lms.grading.calibration import seeds
from lms.grading.markers.actions import ground_for
from lms.grading.markers.queries import qualified
from lms.grading.marking import Basis, append_mark
from lms.grading.models import Escalation, Mark, Turn
from lms.grading.moderation.standing import is_frozen
from lms.grading.queries import Waiting, answer, last_number
from lms.grading.turns import queries
from lms.grading.turns.alike import alike_to, free_alike
from lms.grading.turns.laying import keep, lay, lay_all, put_all_back
from lms.grading.turns.rules import KEPT, from_here, seconds_spent
from lms.people.queries import hold_person
from lms.records.actions import record

LOST = N_(
    "This answer lies before somebody else now. What you chose and wrote is still here; go on"
    " with the next answer."
)


@dataclass(frozen=True)
class GoneOn:
    """What was marked, how many answers in all, and the answer that now lies before the marker.

    Attributes:
        left_out: how many alike answers somebody else was quicker at.
    """

    mark: Mark
    next: str | None
    count: int = 1
    left_out: int = 0


def take_next(
    *, question_id: str, by: Actor, after: str | None = None, besides: Collection[str] = ()
) -> str | None:
    """Lay the next free answer to a question before `by`, with all that say the same.

    Args:
        after: the answer that was before them; it comes again when all others have had their turn.
        besides: answers that are not to be the next.

    Returns:
        None where no answer is left.
    """
    now = clock.now()
    waiting = queries.free(question_id, by, now)
    for item_id in from_here(waiting, after):
        if item_id in besides:
            continue
        together = [item_id, *alike_to(db.session.get_one(AttemptItem, item_id), waiting)]
        laid = lay_all(together, by, now)
        if item_id in laid:
            return item_id
        put_all_back(Turn, laid, by)
    return None


def take_any(
    *, by: Actor, first: str, after: str | None = None, besides: Collection[str] = ()
) -> str | None:
    """Lay the next answer before `by`: of one question while any is left, then of the others.

    Questions of modules that `by` is not qualified to mark are passed over.
    """
    who = qualified()
    theirs = [one.question.id for one in queries.piles(by) if who.ground(one.version, by)]
    for question_id in sorted(theirs, key=lambda id: id != first):
        item_id = take_next(question_id=question_id, by=by, after=after, besides=besides)
        if item_id:
            return item_id
    return None


def mark_and_go_on(
    *,
    item_id: str,
    levels: dict[str, int],
    comment: str,
    read_number: int,
    by: Actor,
    together: Collection[str] = (),
) -> GoneOn:
    """Mark an answer and lay the next one before `by`, to the same question while any is left.

    Args:
        together: ids of answers that the page showed to say the same; each that still does and
            that nobody else has gets the same mark, a row of its own.

    Raises:
        Conflict: it lies before somebody else; and as `lms.grading.actions.mark_answer`.
    """
    if seed := seeds.seed_of(item_id, by):
        return GoneOn(seeds.mark_seed(seed, levels, comment, read_number, by), seed.next)
    waiting, now = answer(item_id, by), clock.now()
    turn = queries.turn_of(item_id)
    if turn and turn.marker_id != by.id and turn.until > now:
        raise Conflict(LOST)
    others = _alike(waiting, together, by) if together else []
    basis = Basis(
        ground_for(waiting.version, by),
        seconds_spent(turn.since, turn.until, now) if turn and turn.marker_id == by.id else None,
        new_id() if others else None,
    )
    # Held in one order, so that two who mark the same people never wait for each other.
    for person_id in sorted({one.attempt.person_id for one in (waiting, *others)}):
        hold_person(person_id)
    mark = actions.mark_answer(
        item_id=item_id, levels=levels, comment=comment, read_number=read_number, by=by, basis=basis
    )
    for one in others:
        actions.mark_answer(
            item_id=one.item.id,
            levels=levels,
            comment=comment,
            read_number=last_number(one.item.id),
            by=by,
            basis=Basis(basis.ground, None, basis.decision),
        )
    following = seeds.before(take_any(by=by, first=waiting.question.id, after=item_id), by)
    return GoneOn(mark, following, 1 + len(others), len({*together} - {item_id}) - len(others))


def _alike(waiting: Waiting, together: Collection[str], by: Actor) -> list[Waiting]:
    """Return those of some answers that say the same as this one and that nobody else has.

    Laid before `by` first: whoever asks for one of them at the same moment waits, or has it.
    """
    now = clock.now()
    wanted = set(together)
    same = [id for id in free_alike(waiting.item, by, now) if id in wanted]
    return [answer(id, by) for id in sorted(lay_all(same, by, now))]


def skip(*, item_id: str, by: Actor) -> str | None:
    """Put an answer back, with all that say the same, and take the next one.

    Raises:
        NotFound: not an answer that `by` may mark.
    """
    if seed := seeds.seed_of(item_id, by):
        return seed.next
    waiting, now = answer(item_id, by), clock.now()
    before = [turn.item_id for turn in queries.held(waiting.question.id, by, now)]
    same = alike_to(waiting.item, before)
    following = take_any(by=by, first=waiting.question.id, after=item_id, besides=same)
    if following != item_id:
        put_all_back(Turn, [item_id, *same], by)
    return following


def pass_on(*, item_id: str, reason: str, by: Actor) -> str | None:
    """Leave an answer to another marker, with the reason; returns the next one, if any is left.

    Answers that say the same go with it: the reason is one for all of them.

    Raises:
        NotFound: not an answer that `by` may mark.
        RuleBroken: no reason.
        Conflict: it is marked meanwhile.
    """
    if not reason.strip():
        raise RuleBroken(N_("Write why somebody else should look at it."), field="reason")
    if seed := seeds.seed_of(item_id, by):
        return seed.next
    waiting = answer(item_id, by)
    if waiting.mark is not None and waiting.mark.levels:
        raise Conflict(N_("Somebody else marked this answer in the meantime. Look at it again."))
    before = [turn.item_id for turn in queries.held(waiting.question.id, by, clock.now())]
    passed = [item_id, *alike_to(waiting.item, before)]
    for one in passed:
        _escalate(one, reason, by)
    following = take_any(by=by, first=waiting.question.id, after=item_id)
    put_all_back(Turn, passed, by)
    return following


def _escalate(item_id: str, reason: str, by: Actor) -> None:
    row = Escalation(
        item_id=item_id,
        number=len(queries.reasons(item_id)) + 1,
        marker_id=by.id,
        reason=reason.strip(),
        escalated_at=clock.now(),
    )
    db.session.add(row)
    record("answer.passed-on", row, by=by)


def take_back(*, item_id: str, by: Actor) -> str:
    """Take one's own mark back by a row that reverses it; the answer lies before `by` again.

    Of a decision on several alike answers all marks are taken back, or none.

    Raises:
        NotFound: not an answer that `by` may mark.
        RuleBroken: it bears another person's mark, or none.
        Conflict: the result is out, a second marker began, or it was marked anew meanwhile.
    """
    if seed := seeds.seed_of(item_id, by):
        return seeds.take_back_seed(seed, by)
    waiting = answer(item_id, by)
    if waiting.mark is None or not waiting.mark.levels or waiting.mark.marker_id != by.id:
        raise RuleBroken(N_("This answer bears no mark of yours."))
    all_of = [answer(mark.item_id, by) for mark in queries.decided_with(waiting.mark)]
    for person_id in sorted({one.attempt.person_id for one in all_of}):
        hold_person(person_id)
    for one in all_of:
        _take_back(one, by)
    return item_id


def _take_back(waiting: Waiting, by: Actor) -> None:
    item_id, mark = waiting.item.id, waiting.mark
    if result_of(waiting.attempt.id) is not None:
        raise Conflict(N_("Somebody else released this result in the meantime."))
    if is_frozen(item_id):
        raise Conflict(N_("A second marker has this answer now: its first mark stays as it is."))
    assert mark is not None
    if last_number(item_id) != mark.number:
        raise Conflict(N_("Somebody else marked this answer in the meantime. Look at it again."))
    append_mark(
        item_id,
        mark.number + 1,
        response_id=mark.response_id,
        rubric_digest=mark.rubric_digest,
        levels={},
        comment="",
        by=by,
        what="answer.mark-taken-back",
    )
    keep(Turn, item_id, by, clock.now() + KEPT)


def renew(*, item_id: str, by: Actor) -> None:
    """Keep what lies before `by` of a question for as long again, since they are at work on it.

    Raises:
        NotFound: not an answer that `by` may mark.
        Conflict: it is not theirs any more: somebody else has it, or it was given back to all.
    """
    if seed := seeds.seed_of(item_id, by):
        item_id = seed.next
    waiting, now = answer(item_id, by), clock.now()
    turn = queries.turn_of(item_id)
    lapsed = turn is None or turn.until <= now
    if turn and turn.marker_id == by.id and lapsed and queries.is_released(turn):
        raise Conflict(LOST)
    for one in queries.held(waiting.question.id, by, now):
        if one.item_id != item_id:
            lay(Turn, one.item_id, by, now)
    if not lay(Turn, item_id, by, now):
        raise Conflict(LOST)
    if lapsed and (own := queries.turn_of(item_id)):
        own.since = None  # how long it lay there before, nobody knows
