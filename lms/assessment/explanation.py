"""What is said after release: of each item what was given, what is right and why; of the whole
what it took, what to read again, what a pass gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from lms.assessment import debrief, queries, rules
from lms.assessment.causes import DROPPED
from lms.assessment.debrief import Graded, Hurdle, OutcomeShare, ReadAgain
from lms.assessment.models import Attempt, AttemptItem, Result, Score
from lms.assessment.results import results_of
from lms.competency.models import Evidence
from lms.competency.queries import evidence_from
from lms.curriculum.case import own
from lms.curriculum.exams import questions_by_id
from lms.curriculum.kind import Render
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.curriculum.queries import lessons_of, prompts, questions_of
from lms.curriculum.register import competency_titles
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
                "graded": _graded(item, question, scores, outcome),
                "marks": _marks(key, outcome.get("marks", {}).get(item.id, {})),
                "comment": outcome.get("comments", {}).get(item.id, ""),
                "trace": _trace(scores.get(item.id)),
                "explained": explained_item(item, question, key, payload, attempt.locale, block),
            }
        )
    return rows


def _graded(
    item: AttemptItem,
    question: Question,
    scores: Mapping[str, Score],
    outcome: Mapping[str, Any],
) -> Graded:
    levels = outcome.get("marks", {}).get(item.id, {})
    if item.id in scores:
        score = scores[item.id]
        earned = Fraction(1) if score.cause == DROPPED else Fraction(score.fraction)
    elif item.id in outcome.get("by_hand", {}):
        earned = Fraction(outcome["by_hand"][item.id])
    else:
        earned = rules.rubric_share(levels) if levels else Fraction(0)
    like_score = item.id in scores or item.id in outcome.get("by_hand", {})
    lowest = None if like_score else min(levels.values(), default=0)
    place = (item.position, question.outcome, question.lesson, question.critical)
    return Graded(*place, earned, lowest)


@dataclass(frozen=True)
class Debrief:
    """A released result as a whole.

    Attributes:
        reading: for each outcome with questions that went wrong, the lessons to read again.
        gave: what a pass was found to show, each with its competency's title.
    """

    hurdles: list[Hurdle]
    outcomes: list[OutcomeShare]
    reading: list[tuple[str, list[ReadAgain]]]
    gave: list[tuple[Evidence, str]]


def debrief_of(result: Result, version: ModuleVersion, items: Sequence[Graded]) -> Debrief:
    """Return what a result says as a whole; at most three queries.

    Args:
        items: of its paper, in order.
    """
    outcomes, rule = version.manifest["outcome"], version.manifest["pass"]
    titles = {lesson.code: lesson.title for lesson in lessons_of(version.id)}
    # A later result that is still a pass left the evidence with the one that gave it.
    results = results_of(result.attempt_id) if result.passed else []
    shown = [evidence for one in results for evidence in evidence_from(one)]
    names = competency_titles() if shown else {}
    return Debrief(
        debrief.hurdles(result.outcome, rule, items),
        debrief.by_outcome(outcomes, result.outcome, items),
        debrief.read_again(outcomes, titles, items, rule),
        [(one, names.get(one.competency, "")) for one in shown],
    )


def graded_items(attempt: Attempt, result: Result) -> list[Graded]:
    """Return the items of a released attempt as the debrief sees them: three queries."""
    items, scores = queries.items_of(attempt.id), queries.scores_of(attempt.id)
    pairs = questions_by_id({item.question_id for item in items})
    return [_graded(item, pairs[item.question_id][0], scores, result.outcome) for item in items]
