"""What is said of an item after release: what was given, what is right, and why."""

from typing import Any

from markupsafe import Markup

from lms.assessment import queries
from lms.assessment.models import Attempt, AttemptItem, Score
from lms.curriculum.case import own
from lms.curriculum.kind import Render
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.curriculum.queries import prompts, questions_of
from lms.curriculum.text import markdown


def explained_item(
    item: AttemptItem,
    question: Question,
    key: QuestionKey,
    given: Any = None,
    locale: str = "en",
    block: Render | None = None,
) -> dict[str, Any]:
    """Return an item's explanation as plain values with rendered texts.

    Args:
        block: renders the texts of the version's questions, where the caller has it already.
    """
    return queries.kinds()[item.kind].explain(
        own(question.shown),
        key.key,
        item.variant,
        given,
        locale=locale,
        block=block or prompts(question.module_version_id),
        inline=markdown.inline,
    )


def _trace(score: Score | None) -> list[tuple[str, dict[str, Markup]]]:
    """Return how a score came about; what it quotes of the question is Markdown and rendered."""
    said = score.trace["trace"] if score else []
    return [
        (message, {name: Markup(markdown.inline(value)) for name, value in params.items()})
        for message, params in said
    ]


def _marks(key: QuestionKey, levels: dict[str, int]) -> list[tuple[str, int, str]]:
    """Return for each criterion of a rubric its title, the points given and what they mean."""
    return [
        (criterion["title"], points, criterion["levels"][points])
        for criterion in key.key.get("criteria", ())
        if (points := levels.get(criterion["id"])) is not None
    ]


def review(
    attempt: Attempt, version: ModuleVersion, outcome: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the items of a released attempt with score, trace and explanation, in order."""
    pairs = {q.id: (q, key) for q, key in questions_of(version.id)}
    given, scores = queries.effective(attempt.id), queries.scores_of(attempt.id)
    kinds, block = queries.kinds(), prompts(version.id)
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
                "marks": _marks(key, outcome.get("marks", {}).get(item.id, {})),
                "comment": outcome.get("comments", {}).get(item.id, ""),
                "trace": _trace(scores.get(item.id)),
                "explained": explained_item(item, question, key, payload, attempt.locale, block),
            }
        )
    return rows
