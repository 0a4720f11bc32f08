"""Find the answers that say the same as another, to be marked in one decision. No lease here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from lms.actor import Actor
from lms.assessment.models import AttemptItem, Response
from lms.assessment.queries import kinds
from lms.assessment.rules import effective
from lms.assessment.standing import COUNTS
from lms.curriculum.kind import QuestionKind
from lms.db import db
from lms.grading.queries import Waiting
from lms.grading.turns.queries import free
from lms.grading.turns.rules import from_here

MOST = 100  # answers in one decision: each is a row with an event, and a person answers for all
AHEAD = 3  # answers whose pages a browser may fetch before they are asked for
_LOOKED_AT = 500  # of the waiting answers, in the order of the marker


def alike_to(item: AttemptItem, among: Sequence[str]) -> list[str]:
    """Return the answers that say the same as `item` and were asked the same way, in one query.

    What is the same, the kind of the question says; of most kinds no two answers are.

    Args:
        among: ids of other answers to the same question; `item` itself is left out.

    Returns:
        In the order of `among`.
    """
    kind = kinds()[item.kind]
    others = [id for id in among if id != item.id][:_LOOKED_AT]
    if not others or type(kind).alike is QuestionKind.alike:
        return []
    statement = (
        select(Response)
        .join(AttemptItem, AttemptItem.id == Response.item_id)
        .where(
            AttemptItem.id.in_([item.id, *others]),
            AttemptItem.shown_digest == item.shown_digest,
            Response.standing == COUNTS,
        )
    )
    given = effective(db.session.scalars(statement))
    said = {id: kind.alike(response.given) for id, response in given.items()}
    wanted = said.get(item.id)
    return [id for id in others if wanted and said.get(id) == wanted][: MOST - 1]


def around(waiting: Waiting, by: Actor, now: datetime) -> tuple[list[str], list[str]]:
    """Return what a marker meets with an answer and after it: the ids of those that say the same,
    and of the next ones in their order, as things stand. None of it is laid before anybody.
    """
    if waiting.mark is not None and waiting.mark.levels:
        return [], []  # looked at again, by itself
    order = from_here(free(waiting.question.id, by, now), waiting.item.id)
    same = alike_to(waiting.item, order)
    met = {waiting.item.id, *same}
    return same, [id for id in order if id not in met][:AHEAD]


def free_alike(item: AttemptItem, by: Actor, now: datetime) -> list[str]:
    """Return the answers like `item` that `by` may mark with it and that lie before nobody else."""
    return alike_to(item, free(item.question_id, by, now))
