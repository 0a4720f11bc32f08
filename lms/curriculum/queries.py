"""Read stored curriculum: versions in service, lessons, files, definitions, acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import defer

from lms.columns import digest
from lms.curriculum import rules
from lms.curriculum.models import (
    ContentAct,
    Definition,
    KeyProposal,
    Lesson,
    ModuleFile,
    ModuleVersion,
    Question,
    QuestionKey,
)
from lms.curriculum.rules import Act, Standing
from lms.db import db
from lms.errors import NotFound
from lms.records.models import Signature


@dataclass(frozen=True)
class InService:
    """The version of a module that readers get, and whether it is only for practice."""

    version: ModuleVersion
    practice: bool


def _as_act(row: ContentAct) -> Act:
    return Act(row.act, row.person_id, row.subject_digest, row.as_regulator, row.effective_on)


def acts_of(version_ids: Sequence[str]) -> dict[str, list[Act]]:
    """Return the acts on each version, oldest first."""
    found: dict[str, list[Act]] = {id: [] for id in version_ids}
    statement = (
        select(ContentAct)
        .where(ContentAct.module_version_id.in_(version_ids))
        .order_by(ContentAct.number)
    )
    for row in db.session.scalars(statement):
        found[row.module_version_id].append(_as_act(row))
    return found


def is_effective(version_id: str, on: date) -> bool:
    """Tell whether a version certifies on a day."""
    return rules.is_effective(acts_of([version_id])[version_id], on)


def catalogue(on: date) -> list[InService]:
    """Return the version in service of every module, by code: one query."""
    return _in_service(select(ModuleVersion), on)


def in_service(code: str, on: date) -> InService:
    """Return the version of a module that readers get on a day: one query.

    Raises:
        NotFound: there is no such module, or all of it is retired.
    """
    found = _in_service(select(ModuleVersion).where(ModuleVersion.code == code), on)
    if not found:
        raise NotFound()
    return found[0]


def _in_service(statement: sa.Select[tuple[ModuleVersion]], on: date) -> list[InService]:
    rows = db.session.execute(
        statement.add_columns(ContentAct)
        .outerjoin(ContentAct, ContentAct.module_version_id == ModuleVersion.id)
        .order_by(ModuleVersion.code, ModuleVersion.number, ContentAct.number)
    )
    versions: dict[str, ModuleVersion] = {}
    modules: dict[str, dict[str, list[Act]]] = {}
    for version, act in rows:
        versions[version.id] = version
        acts = modules.setdefault(version.code, {}).setdefault(version.id, [])
        if act is not None:
            acts.append(_as_act(act))
    found = []
    for module in modules.values():
        chosen = rules.in_service(
            [Standing(id, versions[id].number, acts) for id, acts in module.items()], on
        )
        if chosen:
            found.append(InService(versions[chosen[0].id], chosen[1]))
    return found


def version(code: str, number: str) -> ModuleVersion:
    """Return a version by module code and version number, whatever its state.

    Raises:
        NotFound: it was never stored.
    """
    statement = select(ModuleVersion).where(
        ModuleVersion.code == code, ModuleVersion.version == number
    )
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound()
    return found


def version_by_id(version_id: str) -> ModuleVersion:
    """Return a version by its id. Raises NotFound."""
    found = db.session.get(ModuleVersion, version_id)
    if found is None:
        raise NotFound()
    return found


def newest_version(code: str) -> ModuleVersion | None:
    """Return the version of a module that was stored last."""
    statement = (
        select(ModuleVersion)
        .where(ModuleVersion.code == code)
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def lessons(version_id: str, locale: str | None = None) -> Sequence[Lesson]:
    """Return a version's lessons in order, their texts left out.

    Args:
        locale: whose language; None is the module's own.
    """
    statement = (
        select(Lesson)
        .join(ModuleVersion, ModuleVersion.id == Lesson.module_version_id)
        .where(Lesson.module_version_id == version_id)
        .order_by(Lesson.position)
        .options(defer(Lesson.html), defer(Lesson.source))
    )
    if locale is not None:
        statement = statement.where(Lesson.locale == locale)
    return db.session.scalars(statement).all()


def lesson_html(lesson_id: str) -> str:
    """Return the stored HTML of a lesson, its marks unfilled."""
    return db.session.scalars(select(Lesson.html).where(Lesson.id == lesson_id)).one()


def file(code: str, path: str, digest_starts: str) -> ModuleFile:
    """Return a file of any version of a module by its path and the start of its digest.

    Raises:
        NotFound: no version of the module has such a file.
    """
    statement = (
        select(ModuleFile)
        .join(ModuleVersion, ModuleVersion.id == ModuleFile.module_version_id)
        .where(
            ModuleVersion.code == code,
            ModuleFile.path == path,
            ModuleFile.digest.startswith(digest_starts, autoescape=True),
        )
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound()
    return found


# --- definitions ----------------------------------------------------------------------------


def definitions(kind: str) -> list[Definition]:
    """Return the newest of each code of one kind, by code."""
    statement = (
        select(Definition)
        .where(Definition.kind == kind)
        .order_by(Definition.code, Definition.number.desc())
    )
    newest: dict[str, Definition] = {}
    for row in db.session.scalars(statement):
        newest.setdefault(row.code, row)
    return list(newest.values())


def newest_definition(kind: str, code: str) -> Definition | None:
    """Return the definition of a code that was stored last."""
    statement = (
        select(Definition)
        .where(Definition.kind == kind, Definition.code == code)
        .order_by(Definition.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def limits() -> dict[str, dict[str, Any]]:
    """Return the † limits of the register by id, each with its document under `document`."""
    documents: dict[str, dict[str, str]] = {}
    found: dict[str, dict[str, str]] = {}
    for register in definitions("references"):
        documents |= {one["id"]: one for one in register.content["reference"]}
        found |= {one["id"]: one for one in register.content["limit"]}
    return {
        id: one | {"document": documents.get(one["reference"], {})} for id, one in found.items()
    }


# --- what a signature covers ------------------------------------------------------------------


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
        select(ModuleVersion).order_by(ModuleVersion.code, ModuleVersion.number.desc()).limit(limit)
    )
    return db.session.scalars(statement).all()
