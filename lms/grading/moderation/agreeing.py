"""Read how far markers agree, by marker and criterion, from signed pairs of marks."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment.models import Attempt, AttemptItem
from lms.assessment.rules import RUBRIC_TOP
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db
from lms.grading.models import Comparison, Mark, SecondMark
from lms.grading.moderation.rules.agreement import Agreement, agreement
from lms.grading.queries import rubrics_of
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Person

MOST = 5000  # pairs of marks, the newest


@dataclass(frozen=True)
class Row:
    """How far one marker, or all ("": first against second marks), agree with the others."""

    marker: str
    version: ModuleVersion
    question: Question
    criterion: str
    found: Agreement


@dataclass(frozen=True)
class _Level:
    """The two levels of one criterion of one answer, and whose they are."""

    first: tuple[str, int]
    second: tuple[str, int]


def agreements(by: Actor) -> list[Row]:
    """Return how far markers agree on each criterion, in two queries.

    A coordinator sees every marker of what they see, and all together; an instructor their own
    marks alone.
    """
    pairs = db.session.execute(_pairs(by)).all()
    versions = {question.id: (version, question) for _a, _b, question, version, *_who in pairs}
    names: dict[str, str] = {}
    levels: dict[tuple[str, str], list[_Level]] = defaultdict(list)
    for first, second, question, _version, one, other in pairs:
        names |= {first.marker_id: one, second.marker_id: other}
        for criterion in first.levels.keys() & second.levels.keys():
            level = _Level(
                (first.marker_id, first.levels[criterion]),
                (second.marker_id, second.levels[criterion]),
            )
            levels[question.id, criterion].append(level)
    if _own_only(by):
        names = {by.id: by.name}
    rows = [
        Row(name, *versions[question_id], criterion["title"], found)
        for question_id, criteria in rubrics_of(versions).items()
        for criterion in criteria
        for name, found in _found(
            levels[question_id, criterion["id"]], names, together=not _own_only(by)
        )
    ]
    return sorted(rows, key=lambda row: (row.version.code, row.question.code))


def _found(
    given: list[_Level], names: dict[str, str], *, together: bool
) -> Iterator[tuple[str, Agreement]]:
    """Yield what is found of one criterion: of all together, then of each marker by name."""
    if together and given:
        yield "", agreement([(row.first[1], row.second[1]) for row in given], _LEVELS)
    for marker, name in sorted(names.items(), key=lambda one: one[1]):
        if own := _of(marker, given):
            yield name, agreement(own, _LEVELS)


_LEVELS = RUBRIC_TOP + 1


def _own_only(by: Actor) -> bool:
    return not by.has("coordinator")


def _of(marker: str, given: list[_Level]) -> list[tuple[int, int]]:
    """Return the pairs of one marker, theirs first, whether they were first or second."""
    firsts = [(row.first[1], row.second[1]) for row in given if row.first[0] == marker]
    return firsts + [(row.second[1], row.first[1]) for row in given if row.second[0] == marker]


def _pairs(by: Actor) -> Any:
    one, other = aliased(Person), aliased(Person)
    statement = (
        select(Mark, SecondMark, Question, ModuleVersion, one.name, other.name)
        .select_from(Comparison)
        .join(Mark, Mark.id == Comparison.first_id)
        .join(SecondMark, SecondMark.id == Comparison.second_id)
        .join(AttemptItem, AttemptItem.id == Comparison.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Question, Question.id == AttemptItem.question_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(one, one.id == Mark.marker_id)
        .join(other, other.id == SecondMark.marker_id)
        .order_by(Comparison.compared_at.desc(), Comparison.id)
        .limit(MOST)
    )
    if _own_only(by):
        statement = statement.where((Mark.marker_id == by.id) | (SecondMark.marker_id == by.id))
    return seen_by(statement, by.only("instructor", "coordinator"))
