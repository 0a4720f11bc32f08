"""Read questions whose key was corrected, what was scored by older keys, and the runs."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from lms.assessment.models import Attempt, AttemptItem, Score, Submission
from lms.curriculum.exams import is_module
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.curriculum.queries import questions_of
from lms.db import db
from lms.errors import NotFound
from lms.people.models import Person, RoleHeld
from lms.regrade.models import RegradeDecision, RegradeRun

# Whose signatures a run takes: owners answer for keys, reviewers read them.
SIGNERS = ("owner", "reviewer")


@dataclass(frozen=True)
class Used:
    """A question that was answered: by how many answers in all, how many of them were scored by
    keys older than the newest, and how many are marked by people."""

    question: Question
    key: QuestionKey
    answers: int
    older: int
    by_hand: int = 0


@dataclass(frozen=True)
class Run:
    """A run with its version, who proposed it, and what was decided by whom, if anything."""

    row: RegradeRun
    version: ModuleVersion
    proposer: str
    decision: RegradeDecision | None
    decider: str | None


def used_questions(version_id: str) -> list[Used]:
    """Return the questions of a version that anybody answered and handed in: three queries."""
    newest = _newest_scores().subquery()
    counted = db.session.execute(
        select(AttemptItem.question_id, newest.c.key_id, func.count())
        .join(newest, newest.c.item_id == AttemptItem.id)
        .join(Question, Question.id == AttemptItem.question_id)
        .where(Question.module_version_id == version_id)
        .group_by(AttemptItem.question_id, newest.c.key_id)
    )
    answers: Counter[str] = Counter()
    older: Counter[str] = Counter()
    pairs = {question.id: (question, key) for question, key in questions_of(version_id)}
    for question_id, key_id, count in counted:
        answers[question_id] += count
        older[question_id] += count if key_id != pairs[question_id][1].id else 0
    by_hand = _left_to_people(version_id)
    found = [
        Used(*pairs[id], answers[id] + by_hand[id], older[id], by_hand[id])
        for id in {**answers, **by_hand}
    ]
    return sorted(found, key=lambda one: (-one.older, one.question.code))


def _left_to_people(version_id: str) -> Counter[str]:
    """Return how many handed-in answers of each question no machine scored."""
    statement = (
        select(AttemptItem.question_id, func.count())
        .join(Submission, Submission.attempt_id == AttemptItem.attempt_id)
        .join(Question, Question.id == AttemptItem.question_id)
        .where(
            Question.module_version_id == version_id,
            ~exists().where(Score.item_id == AttemptItem.id),
        )
        .group_by(AttemptItem.question_id)
    )
    return Counter({row[0]: row[1] for row in db.session.execute(statement)})


def corrected_versions() -> list[tuple[ModuleVersion, int]]:
    """Return versions with answers that a key older than the newest scored, and how many.

    First pages ask this: while no key was ever corrected, the scores are not looked at.
    """
    if not db.session.scalar(select(exists().where(QuestionKey.number > 1))):
        return []
    newest = _newest_scores().subquery()
    later = aliased(QuestionKey)
    statement = (
        select(ModuleVersion, func.count())
        .join(Question, Question.module_version_id == ModuleVersion.id)
        .join(QuestionKey, QuestionKey.question_id == Question.id)
        .join(newest, newest.c.key_id == QuestionKey.id)
        .where(
            newest.c.cause.in_(("first", "regrade")),
            exists().where(
                later.question_id == QuestionKey.question_id, later.number > QuestionKey.number
            ),
        )
        .group_by(ModuleVersion.id)
        .order_by(ModuleVersion.code, ModuleVersion.number)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _newest_scores() -> sa.Select[str, str, str]:
    newer = aliased(Score)
    return select(Score.item_id, Score.key_id, Score.cause).where(
        ~exists().where(newer.item_id == Score.item_id, newer.number > Score.number)
    )


def answered_versions() -> Sequence[ModuleVersion]:
    """Return every version of which anything was scored, by code."""
    statement = (
        select(ModuleVersion)
        .where(is_module(), exists().where(Attempt.module_version_id == ModuleVersion.id))
        .order_by(ModuleVersion.code, ModuleVersion.number.desc())
    )
    return db.session.scalars(statement).all()


def attempts_with(question_ids: Collection[str]) -> list[Attempt]:
    """Return the attempts handed in in which one of some questions was put, oldest first."""
    statement = (
        select(Attempt)
        .where(
            exists().where(
                AttemptItem.attempt_id == Attempt.id,
                AttemptItem.question_id.in_(question_ids),
                Submission.attempt_id == Attempt.id,
            )
        )
        .order_by(Attempt.started_at, Attempt.id)
    )
    return list(db.session.scalars(statement))


def _runs() -> sa.Select[RegradeRun, ModuleVersion, str, RegradeDecision, str]:
    proposer, decider = aliased(Person), aliased(Person)
    return (
        select(RegradeRun, ModuleVersion, proposer.name, RegradeDecision, decider.name)
        .join(ModuleVersion, ModuleVersion.id == RegradeRun.module_version_id)
        .join(proposer, proposer.id == RegradeRun.proposed_by)
        .outerjoin(RegradeDecision, RegradeDecision.run_id == RegradeRun.id)
        .outerjoin(decider, decider.id == RegradeDecision.decided_by)
        .order_by(RegradeRun.proposed_at.desc())
    )


def runs(limit: int = 200) -> list[Run]:
    """Return the newest runs."""
    return [Run(*row) for row in db.session.execute(_runs().limit(limit))]


def run(run_id: str) -> Run:
    """Return one run.

    Raises:
        NotFound: there is none of this id.
    """
    row = db.session.execute(_runs().where(RegradeRun.id == run_id)).first()
    if row is None:
        raise NotFound()
    return Run(*row)


def signed_as_owner(run: RegradeRun) -> bool:
    """Tell whether whoever proposed a run is a content owner."""
    held = exists().where(
        RoleHeld.person_id == run.proposed_by,
        RoleHeld.role == "owner",
        RoleHeld.ended_at.is_(None),
    )
    return bool(db.session.scalar(select(held)))


def undecided() -> int:
    """Return how many runs wait for a second person."""
    decided = exists().where(RegradeDecision.run_id == RegradeRun.id)
    return db.session.scalar(select(func.count(RegradeRun.id)).where(~decided)) or 0
