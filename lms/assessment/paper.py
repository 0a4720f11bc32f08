"""Make a paper from a blueprint, and weigh what was earned on it. No request, no clock."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from lms.assessment import queries, rules
from lms.assessment.causes import DROPPED
from lms.assessment.models import Attempt, AttemptItem, Score
from lms.columns import digest
from lms.curriculum import case
from lms.curriculum.blueprint import Candidate, Line, drawable, fill, line_of
from lms.curriculum.exams import parts_of, questions_by_id
from lms.curriculum.kind import BEST_LEVEL, QuestionKind, Render
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.curriculum.text import markdown
from lms.errors import N_, RuleBroken


def draw(
    blueprint: Mapping[str, Any],
    pairs: Sequence[tuple[Question, QuestionKey]],
    kinds: Mapping[str, QuestionKind],
    seen: Mapping[str, int],
    locale: str,
    rng: Random,
    block: Render,
) -> Iterator[dict[str, Any]]:
    """Draw a paper: least-seen questions first, each with its variant and what is shown of it.

    Args:
        blueprint: the manifest's `paper` table.
        seen: how often each question (by id) was put to this learner before.
        block: renders the texts of this version's questions.

    Yields:
        The columns of each item, in the order of the paper.

    Raises:
        RuleBroken: the bank cannot fill the blueprint.
    """
    shuffled = sorted(pairs, key=lambda _pair: rng.random())
    shuffled.sort(key=lambda pair: seen.get(pair[0].id, 0))
    candidates = _candidates([question for question, _key in shuffled], kinds)
    lines = [line_of(table) for table in blueprint["draw"]]
    filled = fill(lines, drawable(candidates))
    if any(len(codes) < line.count for codes, line in zip(filled, lines, strict=True)):
        raise RuleBroken(N_("This module has too few questions for its paper. Tell the hub."))
    position = 0
    for line, codes in zip(lines, filled, strict=True):
        for question, key in _in_order(line, codes, pairs):
            position += 1
            yield _item(position, question, key, kinds[question.kind], locale, rng, block)


def _candidates(
    questions: Sequence[Question], kinds: Mapping[str, QuestionKind]
) -> list[Candidate]:
    """Return what can be put at present: nothing of a kind, or with a kind, that is not there."""
    told = {q.id: (case.case_of(q.shown) or {"id": ""})["id"] for q in questions}
    broken = {told[q.id] for q in questions if q.kind not in kinds} - {""}
    return [
        Candidate(q.code, q.kind, q.outcome, kinds[q.kind].marked_by != "person", told[q.id])
        for q in questions
        if q.kind in kinds and told[q.id] not in broken
    ]


def _in_order(
    line: Line, codes: Sequence[str], pairs: Sequence[tuple[Question, QuestionKey]]
) -> list[tuple[Question, QuestionKey]]:
    """Return the questions of a line as drawn; those of a case together, in their own order."""
    if not line.cases:
        by_code = {question.code: (question, key) for question, key in pairs}
        return [by_code[code] for code in codes]
    stands = [(case.case_of(question.shown), (question, key)) for question, key in pairs]
    inside = [(told, pair) for told, pair in stands if told and told["id"] in codes]
    inside.sort(key=lambda one: (codes.index(one[0]["id"]), one[0]["number"]))
    return [pair for _told, pair in inside]


def _item(
    position: int,
    question: Question,
    key: QuestionKey,
    kind: QuestionKind,
    locale: str,
    rng: Random,
    block: Render,
) -> dict[str, Any]:
    variant = case.draw(kind, question.shown, key.key, rng)
    shown = case.present(
        kind,
        question.shown,
        variant,
        locale=locale,
        block=block,
        inline=markdown.inline,
    )
    return {
        "position": position,
        "question_id": question.id,
        "kind": question.kind,
        "variant": variant,
        "shown": shown,
        "shown_digest": digest(shown),
        "points": question.points,
    }


def outcome_of(
    attempt: Attempt,
    version: ModuleVersion,
    rubric_marks: Mapping[str, Mapping[str, int]],
    planned: Mapping[str, Fraction | None] | None = None,
) -> dict[str, Any]:
    """Weigh an attempt's scores and marks by the module's pass rule, as plain values.

    Args:
        planned: by item, what it would earn instead of its score that stands; None: dropped.

    Raises:
        RuleBroken: something that a person must mark has no mark yet.
    """
    about, parts = queries.questions_put(attempt.id), parts_of(version)
    items = queries.items_of(attempt.id)
    by_hand = _marked_like_scores(attempt, items, rubric_marks)
    fractions = {**by_hand, **standing_fractions(attempt.id), **(planned or {})}
    decided = _decided(items, fractions)
    machine, person = [], []
    for item in items:
        own, critical, of = about[item.question_id]
        outcome_id = parts[of]["domain"] or own
        if item.id in fractions:
            fraction = fractions[item.id]
            if fraction is not None and item.id in decided:
                person.append(rules.Marked(item.id, outcome_id, decided[item.id]))
            elif fraction is not None:
                machine.append(
                    rules.Scored(
                        item=item.id,
                        outcome=outcome_id,
                        points=Fraction(item.points),
                        fraction=fraction,
                        critical=critical,
                    )
                )
        elif item.id in rubric_marks:
            person.append(rules.Marked(item.id, outcome_id, dict(rubric_marks[item.id])))
        else:
            raise RuleBroken(N_("Not every answer of this attempt is marked yet."))
    outcome = rules.outcome(machine, person, version.manifest["pass"]).plain()
    # Kept with the result: a page that shows it later need not weigh the marks again.
    return outcome | ({"by_hand": {id: str(one) for id, one in by_hand.items()}} if by_hand else {})


def _marked_like_scores(
    attempt: Attempt, items: Sequence[AttemptItem], marks: Mapping[str, Mapping[str, int]]
) -> dict[str, Fraction]:
    """Return by item what a person's marks earn where a machine would have scored, had it known
    how; without such marks the database is asked nothing."""
    either = {kind.name: kind for kind in queries.kinds().values() if kind.marked_by == "either"}
    items = [one for one in items if one.kind in either and one.id in marks]
    if not items:
        return {}
    pairs = questions_by_id({item.question_id for item in items})
    given = queries.effective(attempt.id)
    earned = {}
    for item in items:
        question, key = pairs[item.question_id]
        payload = given[item.id].given if item.id in given else None
        shown = case.own(question.shown)
        earned[item.id] = either[item.kind].marked(
            shown, key.key, item.variant, payload, attempt.locale, marks[item.id]
        )
    return earned


def _decided(
    items: Sequence[AttemptItem], fractions: Mapping[str, Fraction | None]
) -> dict[str, dict[str, int]]:
    """Return by item the best levels where a regrade gave full marks for what only people mark;
    where there is none the database is asked nothing."""
    by_person = {kind.name for kind in queries.kinds().values() if kind.marked_by == "person"}
    items = [one for one in items if one.kind in by_person and fractions.get(one.id) is not None]
    pairs = questions_by_id({item.question_id for item in items}) if items else {}
    return {
        item.id: {one["id"]: BEST_LEVEL for one in pairs[item.question_id][1].key["criteria"]}
        for item in items
    }


def standing_fractions(attempt_id: str) -> dict[str, Fraction | None]:
    """Return what each machine-marked item earned by its newest score; None: it was dropped."""
    scores = queries.scores_of(attempt_id)
    return {item: standing_fraction(score) for item, score in scores.items()}


def standing_fraction(score: Score) -> Fraction | None:
    """Return what a score gives, None where the question was dropped."""
    return None if score.cause == DROPPED else Fraction(score.fraction)
