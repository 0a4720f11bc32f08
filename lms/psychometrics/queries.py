"""Read what was answered, as owners and reviewers may: of the whole hub, without people's names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from lms import clock
from lms.accommodation.queries import is_voided
from lms.actor import Actor
from lms.assessment.causes import FIRST, REGRADE
from lms.assessment.models import Attempt, AttemptItem, Response, Score, Submission
from lms.assessment.queries import kinds
from lms.curriculum.exams import is_module
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.curriculum.queries import questions_of
from lms.db import db
from lms.errors import NotFound
from lms.people.models import Person
from lms.psychometrics.models import QuestionReview

# Who answers for content, wherever it is learnt.
READERS = ("owner", "reviewer")
MOST_PERSONS = 5_000  # the newest: about what a page can count while somebody waits
YEAR = timedelta(days=365)
WITH_OPTIONS = ("single", "multiple")


@dataclass(frozen=True)
class Sitting:
    """The first finished attempt of somebody at a module: who it was is not said."""

    attempt: str
    locale: str


@dataclass(frozen=True)
class Answer:
    """What an item earned by its key (a fraction as text) and, of a choice, what was chosen."""

    attempt: str
    question: str
    item: str
    fraction: str
    key: str
    given: Any


@dataclass(frozen=True)
class Counted:
    """A version with the number of people whose first finished attempt was at it."""

    version: ModuleVersion
    earnest: int
    practice: int


@dataclass(frozen=True)
class Exposure:
    """How often a question was put: ever, and within a year, of so many papers in that year."""

    ever: int
    year: int
    papers: int


def check_reader(by: Actor) -> None:
    """Refuse whoever does not answer for content: these figures are of the whole hub.

    Raises:
        NotFound: what one may not see does not exist for one.
    """
    if not by.has(*READERS):
        raise NotFound()


def _firsts() -> sa.Select[*tuple[Any, ...]]:
    """Select finished attempts with their turn among those of one person at one module, from 1."""
    turn = func.row_number().over(
        partition_by=(Attempt.person_id, ModuleVersion.code),
        order_by=(Submission.submitted_at, Attempt.id),
    )
    return (
        select(
            Attempt.id,
            Attempt.module_version_id,
            Attempt.locale,
            Attempt.practice,
            Attempt.started_at,
            turn.label("turn"),
        )
        .join(Submission, Submission.attempt_id == Attempt.id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .where(is_module(), ~is_voided())  # of an exam everybody has other questions
    )


def counted_versions(by: Actor) -> list[Counted]:
    """Return every version at which somebody's first finished attempt was, by code."""
    check_reader(by)
    firsts = _firsts().subquery()
    practice = func.sum(sa.case((firsts.c.practice, 1), else_=0))
    statement = (
        select(ModuleVersion, func.count(), practice)
        .join(firsts, firsts.c.module_version_id == ModuleVersion.id)
        .where(firsts.c.turn == 1)
        .group_by(ModuleVersion.id)
        .order_by(ModuleVersion.code, ModuleVersion.number.desc())
    )
    return [
        Counted(version, count - few, few) for version, count, few in db.session.execute(statement)
    ]


def _chosen(version: ModuleVersion, practice: bool) -> sa.Select[*tuple[Any, ...]]:
    firsts = _firsts().where(ModuleVersion.code == version.code).subquery()
    return (
        select(firsts.c.id, firsts.c.locale)
        .where(
            firsts.c.turn == 1,
            firsts.c.module_version_id == version.id,
            firsts.c.practice.is_(practice),
        )
        .order_by(firsts.c.started_at.desc(), firsts.c.id)
        .limit(MOST_PERSONS)
    )


def sittings(version: ModuleVersion, by: Actor, *, practice: bool) -> list[Sitting]:
    """Return the first finished attempts at a version, the newest first, at most MOST_PERSONS."""
    check_reader(by)
    return [Sitting(*row) for row in db.session.execute(_chosen(version, practice))]


def answers(version: ModuleVersion, by: Actor, *, practice: bool) -> list[Answer]:
    """Return what the machine-marked items of these attempts earned by a key: one query.

    What a policy gave (full marks, dropped) says nothing about a question and is passed over.
    """
    check_reader(by)
    chosen = _chosen(version, practice).subquery()
    by_key = (FIRST, REGRADE)
    newer = aliased(Score)
    given = sa.case((AttemptItem.kind.in_(WITH_OPTIONS), Response.given), else_=None)
    statement = (
        select(
            AttemptItem.attempt_id,
            AttemptItem.question_id,
            AttemptItem.id,
            Score.fraction,
            Score.key_id,
            given,
        )
        .join(chosen, chosen.c.id == AttemptItem.attempt_id)
        .join(Score, Score.item_id == AttemptItem.id)
        .outerjoin(Response, Response.id == Score.response_id)
        .where(
            Score.cause.in_(by_key),
            ~exists().where(
                newer.item_id == Score.item_id,
                newer.number > Score.number,
                newer.cause.in_(by_key),
            ),
        )
    )
    return [Answer(*row) for row in db.session.execute(statement)]


def machine_questions(version: ModuleVersion) -> list[tuple[Question, QuestionKey]]:
    """Return a version's questions that machines alone mark, with the keys that count."""
    marked = {name for name, kind in kinds().items() if kind.marked_by == "machine"}
    return [pair for pair in questions_of(version.id) if pair[0].kind in marked]


def exposures(version: ModuleVersion) -> Mapping[str, Exposure]:
    """Return by question how often it was put, in whatever attempt: two queries."""
    since = clock.now() - YEAR
    recent = sa.case((Attempt.started_at >= since, 1), else_=0)
    own = Attempt.module_version_id == version.id
    papers = db.session.scalar(
        select(func.count(Attempt.id)).where(own, Attempt.started_at >= since)
    )
    statement = (
        select(AttemptItem.question_id, func.count(), func.sum(recent))
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(own)
        .group_by(AttemptItem.question_id)
    )
    return {
        row[0]: Exposure(row[1], row[2] or 0, papers or 0) for row in db.session.execute(statement)
    }


def question(question_id: str, by: Actor) -> tuple[Question, ModuleVersion]:
    """Return a question with its version. Raises NotFound."""
    check_reader(by)
    statement = (
        select(Question, ModuleVersion)
        .join(ModuleVersion, ModuleVersion.id == Question.module_version_id)
        .where(Question.id == question_id)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return row[0], row[1]


def variants(question: Question, version: ModuleVersion, *, practice: bool) -> dict[str, Any]:
    """Return by item what was drawn for it, of the attempts that count."""
    chosen = _chosen(version, practice).subquery()
    statement = (
        select(AttemptItem.id, AttemptItem.variant)
        .join(chosen, chosen.c.id == AttemptItem.attempt_id)
        .where(AttemptItem.question_id == question.id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def seconds(question: Question, version: ModuleVersion, *, practice: bool) -> list[float]:
    """Return how long each person took over a question, in seconds.

    Each answer that was saved counts from what was saved before it in the attempt, or from the
    start: reading is part of it, and so is what one does in between.
    """
    chosen = _chosen(version, practice).subquery()
    before = func.lag(Response.received_at).over(
        partition_by=Response.attempt_id, order_by=Response.number
    )
    events = (
        select(
            Response.item_id,
            Response.received_at.label("at"),
            func.coalesce(before, Attempt.started_at).label("since"),
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(chosen, chosen.c.id == Attempt.id)
        .subquery()
    )
    statement = (
        select(events.c.item_id, events.c.at, events.c.since)
        .join(AttemptItem, AttemptItem.id == events.c.item_id)
        .where(AttemptItem.question_id == question.id)
    )
    taken: dict[str, float] = {}
    for item, at, since in db.session.execute(statement):
        taken[item] = taken.get(item, 0.0) + _between(since, at)
    return sorted(taken.values())


def _between(since: datetime, at: datetime) -> float:
    return max(0.0, (at - since).total_seconds())


# --- reviews --------------------------------------------------------------------------------


def reviews(
    *, version_id: str | None = None, question_id: str | None = None, limit: int = 200
) -> Sequence[tuple[QuestionReview, Question, ModuleVersion, str]]:
    """Return reviews with question, version and reviewer's name, the newest first."""
    statement = (
        select(QuestionReview, Question, ModuleVersion, Person.name)
        .join(Question, Question.id == QuestionReview.question_id)
        .join(ModuleVersion, ModuleVersion.id == Question.module_version_id)
        .join(Person, Person.id == QuestionReview.reviewed_by)
        .order_by(QuestionReview.reviewed_at.desc(), QuestionReview.number.desc())
        .limit(limit)
    )
    if version_id is not None:
        statement = statement.where(Question.module_version_id == version_id)
    if question_id is not None:
        statement = statement.where(QuestionReview.question_id == question_id)
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(statement)]


def standing_reviews(version_id: str) -> dict[str, QuestionReview]:
    """Return by question the review that stands: the newest."""
    statement = (
        select(QuestionReview)
        .join(Question, Question.id == QuestionReview.question_id)
        .where(Question.module_version_id == version_id)
        .order_by(QuestionReview.number)
    )
    return {row.question_id: row for row in db.session.scalars(statement)}


def last_review(question_id: str) -> int:
    """Return the number of a question's newest review, 0 before the first."""
    statement = select(func.max(QuestionReview.number)).where(
        QuestionReview.question_id == question_id
    )
    return db.session.scalar(statement) or 0
