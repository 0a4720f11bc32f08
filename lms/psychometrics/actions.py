"""Record what somebody decided about a question after looking at its figures, signed."""

from typing import Any

from lms import clock
from lms.actor import Actor
from lms.curriculum.models import Question
from lms.db import insert_once
from lms.errors import N_, Conflict
from lms.people.actions import Checked, confirm_proof
from lms.psychometrics import queries
from lms.psychometrics.models import QuestionReview
from lms.psychometrics.rules.reviewing import check_review
from lms.records.actions import record, sign


def review_question(
    *,
    question: Question,
    decision: str,
    reason: str,
    figures: dict[str, Any],
    read_number: int,
    checked: Checked | None,
    by: Actor,
) -> QuestionReview:
    """Append a review of a question; it changes no score, no key and no paper by itself.

    Args:
        figures: what was shown, as `QuestionFigures.plain` gives it.
        read_number: the number of the newest review that `by` saw, 0 for none.

    Raises:
        NotFound: `by` answers for no content.
        RuleBroken: no such decision, no reason, or a wrong password.
        Conflict: somebody else reviewed the question since the page was read.
    """
    proof = confirm_proof(checked)
    queries.check_reader(by)
    check_review(decision, reason)
    if queries.last_review(question.id) != read_number:
        raise Conflict(_OVERTAKEN)
    row, created = insert_once(
        QuestionReview,
        ("question_id", "number"),
        question_id=question.id,
        number=read_number + 1,
        decision=decision,
        reason=reason.strip(),
        figures=figures,
        reviewed_by=by.id,
        reviewed_at=clock.now(),
    )
    if not created:
        raise Conflict(_OVERTAKEN)
    record("question.judged", row, by=by)
    sign(row, meaning="judged", by=by, proof=proof)
    return row


_OVERTAKEN = N_(
    "Somebody else decided about this question in the meantime. What you wrote is kept here: read"
    " theirs, then send yours again."
)
