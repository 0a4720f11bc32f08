"""What a reviewer or owner has before them: a version, its acts, keys and limits, and the digest
that a signature covers. Reads only; what may be signed is `rules.py`'s."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from lms.columns import digest
from lms.curriculum import rules
from lms.curriculum.exams import is_module
from lms.curriculum.models import (
    ContentAct,
    KeyProposal,
    ModuleVersion,
    Question,
    QuestionKey,
)
from lms.curriculum.queries import acts_of
from lms.curriculum.register import limits
from lms.curriculum.rules import Act
from lms.db import db
from lms.records.models import Signature


def _keys_in_force(version_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return for each version "question:digest" of every key that counts."""
    newest = (
        select(QuestionKey.question_id, func.max(QuestionKey.number).label("number"))
        .group_by(QuestionKey.question_id)
        .subquery()
    )
    statement = (
        select(Question.module_version_id, Question.code, QuestionKey.key_digest)
        .join(QuestionKey, QuestionKey.question_id == Question.id)
        .join(
            newest,
            sa.and_(
                newest.c.question_id == QuestionKey.question_id,
                newest.c.number == QuestionKey.number,
            ),
        )
        .where(Question.module_version_id.in_(version_ids))
    )
    found: dict[str, list[str]] = {id: [] for id in version_ids}
    for version_id, code, key in db.session.execute(statement):
        found[version_id].append(f"{code}:{key}")
    return found


def newest_keys(version_id: str) -> dict[str, tuple[Question, int, str]]:
    """Return for each question code its row, and number and digest of the key that counts."""
    statement = (
        select(Question, QuestionKey.number, QuestionKey.key_digest)
        .join(QuestionKey, QuestionKey.question_id == Question.id)
        .where(Question.module_version_id == version_id)
        .order_by(QuestionKey.number)
    )
    return {row[0].code: (row[0], row[1], row[2]) for row in db.session.execute(statement)}


def proposals_made(question_id: str) -> int:
    """Return how many corrected keys were ever proposed for a question."""
    statement = select(func.max(KeyProposal.number)).where(KeyProposal.question_id == question_id)
    return db.session.scalar(statement) or 0


def proposals(version_id: str) -> list[tuple[Question, KeyProposal]]:
    """Return the corrected keys that wait for a signature: each question's newest proposal.

    One that says again what counts already takes its predecessors back and waits for nothing.
    """
    statement = (
        select(Question, KeyProposal)
        .join(KeyProposal, KeyProposal.question_id == Question.id)
        .where(Question.module_version_id == version_id)
        .order_by(Question.code, KeyProposal.number)
    )
    newest = {row[0].code: (row[0], row[1]) for row in db.session.execute(statement)}
    if not newest:
        return []
    keys = newest_keys(version_id)
    return [pair for code, pair in newest.items() if pair[1].key_digest != keys[code][2]]


@dataclass(frozen=True)
class Subject:
    """A version as a reviewer or owner has it before them.

    Attributes:
        digest: of exactly what a signature covers at this moment.
        limits: the † limits that the version cites, as they stand in the register now.
    """

    version: ModuleVersion
    acts: list[Act]
    state: str
    digest: str
    limits: dict[str, dict[str, Any]]


def subjects(stored: Sequence[ModuleVersion], on: date) -> list[Subject]:
    """Return versions with their acts, their states on a day and what a signature covers.

    Three queries, whatever the number of versions.
    """
    ids = [one.id for one in stored]
    acts, keys, register = acts_of(ids), _keys_in_force(ids), limits()
    found = []
    for one in stored:
        cited = {id: register[id] for id in one.manifest["cited_limits"] if id in register}
        covered = rules.subject(one.shown_digest, keys[one.id], map(digest, cited.values()))
        asks_regulator = one.manifest.get("regulator_review", False)
        state = rules.state(acts[one.id], covered, on, asks_regulator)
        found.append(Subject(one, acts[one.id], state, covered, cited))
    return found


def waiting_for(roles: Collection[str], person_id: str, subject: Subject) -> bool:
    """Tell whether a version waits for an act of somebody with these roles."""
    acts = rules.open_acts(subject.state, roles)
    signed = person_id in rules.reviewers(subject.acts, subject.digest)
    return (
        (rules.REVIEWED in acts and not signed) or rules.APPROVED in acts or rules.EFFECTIVE in acts
    )


def subject_of(stored: ModuleVersion, on: date) -> Subject:
    """Return one version as `subjects` does."""
    return subjects([stored], on)[0]


def signed_acts(version_id: str) -> list[tuple[ContentAct, Signature]]:
    """Return the acts on a version with their signatures, oldest first."""
    statement = (
        select(ContentAct, Signature)
        .join(
            Signature,
            sa.and_(
                Signature.subject_table == ContentAct.__tablename__,
                Signature.subject_id == ContentAct.id,
            ),
        )
        .where(ContentAct.module_version_id == version_id)
        .order_by(ContentAct.number)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def versions(limit: int = 200) -> Sequence[ModuleVersion]:
    """Return stored versions for the approval desk: by module, newest first."""
    statement = (
        select(ModuleVersion)
        .where(is_module())
        .order_by(ModuleVersion.code, ModuleVersion.number.desc())
        .limit(limit)
    )
    return db.session.scalars(statement).all()
