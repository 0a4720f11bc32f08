"""What is said of an item after release: what was given, what is right, and why."""

from typing import Any

from lms.assessment import queries
from lms.assessment.models import Attempt, AttemptItem
from lms.curriculum import markdown
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.curriculum.queries import questions_of


def explained_item(
    item: AttemptItem,
    question: Question,
    key: QuestionKey,
    given: Any = None,
    locale: str = "en",
) -> dict[str, Any]:
    """Return an item's explanation as plain values with rendered texts."""
    return queries.kinds()[item.kind].explain(
        question.shown,
        key.key,
        item.variant,
        given,
        locale=locale,
        block=markdown.prompt,
        inline=markdown.inline,
    )


def review(attempt: Attempt, version: ModuleVersion) -> list[dict[str, Any]]:
    """Return the items of a released attempt with score, trace and explanation, in order."""
    pairs = {q.id: (q, key) for q, key in questions_of(version.id)}
    given, scores = queries.effective(attempt.id), queries.scores_of(attempt.id)
    kinds = queries.kinds()
    rows = []
    for item in queries.items_of(attempt.id):
        question, key = pairs[item.question_id]
        payload = given[item.id].given if item.id in given else None
        rows.append(
            {
                "item": item,
                "question": question,
                "given": payload,
                "template": kinds[item.kind].template,
                "score": scores.get(item.id),
                "explained": explained_item(item, question, key, payload, attempt.locale),
            }
        )
    return rows
