"""Compute every stored score again from its key, variant and response; changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from lms.assessment import queries
from lms.assessment.models import Attempt, AttemptItem, Response, Score
from lms.assessment.scoring import BY_DECISION, earned
from lms.curriculum.kind import ENGINE_VERSION, LeftToPerson
from lms.curriculum.kind import Score as Earned
from lms.curriculum.models import Question, QuestionKey
from lms.db import db

_AT_ONCE = 500


@dataclass(frozen=True)
class Difference:
    """A stored score that computing it again does not give."""

    score: str
    item: str
    what: str


def replay() -> Iterator[Difference | None]:
    """Yield for each stored score what differs, or None where it is exactly the same."""
    after = ""
    while rows := _batch(after):
        for row in rows:
            yield _differs(*row)
        after = rows[-1][0].id
        db.session.expunge_all()


def _batch(
    after: str,
) -> list[tuple[Score, AttemptItem, Attempt, QuestionKey, Question, Response | None]]:
    statement = (
        select(Score, AttemptItem, Attempt, QuestionKey, Question, Response)
        .join(AttemptItem, AttemptItem.id == Score.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(QuestionKey, QuestionKey.id == Score.key_id)
        .join(Question, Question.id == AttemptItem.question_id)
        .outerjoin(Response, Response.id == Score.response_id)
        .where(Score.id > after)
        .order_by(Score.id)
        .limit(_AT_ONCE)
    )
    return [
        (row[0], row[1], row[2], row[3], row[4], row[5]) for row in db.session.execute(statement)
    ]


def _differs(
    score: Score,
    item: AttemptItem,
    attempt: Attempt,
    key: QuestionKey,
    question: Question,
    response: Response | None,
) -> Difference | None:
    if key.question_id != item.question_id:
        return Difference(score.id, item.id, "its key belongs to another question")
    if score.response_id and (response is None or response.item_id != item.id):
        return Difference(score.id, item.id, "its response is not one to this question")
    if score.engine != ENGINE_VERSION:
        return Difference(score.id, item.id, f"engine {score.engine} is not here any more")
    try:
        again = BY_DECISION.get(score.cause) or _computed(item, attempt, key, question, response)
    except LeftToPerson:
        return Difference(score.id, item.id, "its key leaves this response to a person")
    if again is None:
        return Difference(score.id, item.id, f"no kind “{item.kind}” is plugged in")
    if str(again.fraction) != score.fraction:
        return Difference(
            score.id, item.id, f"{score.fraction} is stored, {again.fraction} computed"
        )
    if again.plain() != score.trace:
        return Difference(score.id, item.id, "the fraction is the same, its trace is not")
    return None


def _computed(
    item: AttemptItem,
    attempt: Attempt,
    key: QuestionKey,
    question: Question,
    response: Response | None,
) -> Earned | None:
    kind = queries.kinds().get(item.kind)
    return earned(kind, question, key, item, response, attempt.locale) if kind else None
