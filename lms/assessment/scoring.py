"""Score what a machine marks: once at the closing, again when a key was corrected; all appended."""

from fractions import Fraction

from lms import clock
from lms.actor import Actor
from lms.assessment import queries
from lms.assessment.causes import DROPPED, FIRST, FULL_MARKS
from lms.assessment.models import Attempt, AttemptItem, Response, Score
from lms.curriculum.case import own
from lms.curriculum.exams import questions_by_id
from lms.curriculum.kind import ENGINE_VERSION, LeftToPerson, QuestionKind
from lms.curriculum.kind import Score as Earned
from lms.curriculum.models import Question, QuestionKey
from lms.db import db
from lms.errors import N_
from lms.records.actions import record

# What a score holds where a regrade decided it, whatever was answered.
BY_DECISION: dict[str, Earned] = {
    FULL_MARKS: Earned(
        Fraction(1),
        trace=(
            (N_("Full marks: the hub gives them to everybody who was given this question."), {}),
        ),
    ),
    DROPPED: Earned(
        Fraction(0),
        trace=((N_("Dropped: this question counts for nobody who was given it."), {}),),
    ),
}


def score_attempt(attempt: Attempt, by: Actor) -> None:
    """Append the first score of each item of an attempt that a machine marks.

    What is left without a score is for a person to mark.
    """
    given = queries.effective(attempt.id)
    items = queries.items_of(attempt.id)
    pairs = questions_by_id({item.question_id for item in items})
    kinds = queries.kinds()
    for item in items:
        kind = kinds[item.kind]
        if kind.marked_by == "person":
            continue
        question, key = pairs[item.question_id]
        response = given.get(item.id)
        try:
            score = earned(kind, question, key, item, response, attempt.locale)
        except LeftToPerson:
            continue
        append_score(item, 1, response, key, score, FIRST, by)


def earned(
    kind: QuestionKind,
    question: Question,
    key: QuestionKey,
    item: AttemptItem,
    response: Response | None,
    locale: str,
) -> Earned:
    """Return what a response earns: a pure function of key, stored variant and response.

    Raises LeftToPerson.
    """
    given = response.given if response else None
    return kind.score(own(question.shown), key.key, item.variant, given, locale)


def append_score(
    item: AttemptItem,
    number: int,
    response: Response | None,
    key: QuestionKey,
    score: Earned,
    cause: str,
    by: Actor,
) -> Score:
    """Append a score, the `number`-th of its item; the highest counts."""
    row = Score(
        item_id=item.id,
        number=number,
        response_id=response.id if response else None,
        key_id=key.id,
        engine=ENGINE_VERSION,
        fraction=str(score.fraction),
        trace=score.plain(),
        cause=cause,
        scored_at=clock.now(),
    )
    db.session.add(row)
    record("response.scored", row, by=by)
    return row
