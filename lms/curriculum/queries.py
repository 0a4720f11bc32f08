"""Read stored curriculum: versions in service, lessons, files, definitions, acts."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import defer

from lms.curriculum import rules
from lms.curriculum.exams import is_module
from lms.curriculum.models import (
    ContentAct,
    Lesson,
    ModuleFile,
    ModuleVersion,
    Practical,
    Question,
    QuestionKey,
)
from lms.curriculum.rules import Act, Standing
from lms.curriculum.text import markdown
from lms.curriculum.text.markdown import Picture
from lms.db import db
from lms.errors import NotFound


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


def in_service(code: str, on: date, learnt: Collection[str] = ()) -> InService:
    """Return the version of a module that a reader gets on a day: one query.

    Args:
        learnt: ids of the versions that the reader is enrolled in: these come before what is in
            service, for the assessment will be about them.

    Raises:
        NotFound: there is no such module, or all of it is retired.
    """
    wanted = select(ModuleVersion).where(ModuleVersion.code == code)
    found = _in_service(wanted.where(ModuleVersion.id.in_(learnt)), on) if learnt else []
    found = found or _in_service(wanted, on)
    if not found:
        raise NotFound()
    return found[0]


def _in_service(statement: sa.Select[tuple[ModuleVersion]], on: date) -> list[InService]:
    rows = db.session.execute(
        statement.where(is_module())
        .add_columns(ContentAct)
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


def folder_digests() -> frozenset[str]:
    """Return the digests of the folders that versions were stored from."""
    return frozenset(db.session.scalars(select(ModuleVersion.folder_digest)))


def every_version() -> Sequence[ModuleVersion]:
    """Return every stored version, by module, oldest first."""
    statement = select(ModuleVersion).where(is_module())
    statement = statement.order_by(ModuleVersion.code, ModuleVersion.number)
    return db.session.scalars(statement).all()


def lessons_of(version_id: str, *, whole: bool = False) -> Sequence[Lesson]:
    """Return a version's lessons in order; their texts left out, unless they are asked for."""
    statement = (
        select(Lesson).where(Lesson.module_version_id == version_id).order_by(Lesson.position)
    )
    if not whole:
        statement = statement.options(defer(Lesson.html), defer(Lesson.source))
    return db.session.scalars(statement).all()


def lesson_by_code(version_id: str, code: str) -> Lesson:
    """Return a lesson of a version, its text left out.

    Raises:
        NotFound: the version has no such lesson.
    """
    statement = (
        select(Lesson)
        .where(Lesson.module_version_id == version_id, Lesson.code == code)
        .options(defer(Lesson.html), defer(Lesson.source))
    )
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Page:
    """A lesson to read, and the lessons before and after it as (code, title)."""

    code: str
    title: str
    html: str
    position: int
    of: int
    before: tuple[str, str] | None
    after: tuple[str, str] | None


def page(version_id: str, code: str) -> Page:
    """Return a lesson with its neighbours: one query.

    Raises:
        NotFound: the version has no such lesson.
    """
    html = sa.case((Lesson.code == code, Lesson.html), else_=None)
    statement = (
        select(Lesson.code, Lesson.title, html)
        .where(Lesson.module_version_id == version_id)
        .order_by(Lesson.position)
    )
    rows = db.session.execute(statement).all()
    at = next((index for index, row in enumerate(rows) if row[0] == code), None)
    if at is None:
        raise NotFound()
    around = [(row[0], row[1]) for row in rows]
    return Page(
        code=code,
        title=rows[at][1],
        html=rows[at][2],
        position=at + 1,
        of=len(rows),
        before=around[at - 1] if at else None,
        after=around[at + 1] if at + 1 < len(rows) else None,
    )


def prompts(version_id: str) -> Callable[[str], str]:
    """Return what renders the texts of a version's questions, figures included: one query.

    The addresses hold on any page; they carry the digest, so that a stored paper keeps showing
    the figure that it showed.
    """
    statement = (
        select(ModuleVersion.code, ModuleFile)
        .join(ModuleFile, ModuleFile.module_version_id == ModuleVersion.id)
        .where(ModuleVersion.id == version_id)
    )
    found = {
        one.path: Picture(
            f"/modules/{code}/files/{one.path}?v={one.digest[:16]}", one.width, one.height
        )
        for code, one in db.session.execute(statement)
    }
    return partial(markdown.prompt, pictures=found.get)


def questions_of(version_id: str) -> list[tuple[Question, QuestionKey]]:
    """Return a version's questions with the keys that count, in the order of lessons."""
    statement = (
        select(Question, QuestionKey)
        .join(QuestionKey, QuestionKey.question_id == Question.id)
        .where(Question.module_version_id == version_id)
        .order_by(Question.lesson, Question.code, QuestionKey.number)
    )
    return list({row[0].id: (row[0], row[1]) for row in db.session.execute(statement)}.values())


def practicals_of(version_id: str) -> Sequence[Practical]:
    """Return a version's observed practicals, in order."""
    statement = (
        select(Practical)
        .where(Practical.module_version_id == version_id)
        .order_by(Practical.position)
    )
    return db.session.scalars(statement).all()


def practical(practical_id: str) -> Practical:
    """Return an observed practical by its id.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(Practical, practical_id)
    if found is None:
        raise NotFound()
    return found


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
