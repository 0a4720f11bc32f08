"""A programme's exam as a stored version: without lessons, its questions are those of several
modules. What it is called, what it draws on, and the questions as they were put, whose ever."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select

from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.db import db

_SUFFIX = "-EXAM"  # no module's code has a dash


def exam_code(programme: str) -> str:
    """Return under which code the versions of a programme's exam are stored."""
    return programme + _SUFFIX


def is_exam(version: ModuleVersion) -> bool:
    """Tell whether a stored version is an exam and no module."""
    return version.code.endswith(_SUFFIX)


def is_module() -> ColumnElement[bool]:
    """Return the condition that a stored version is a module and no exam."""
    return ~ModuleVersion.code.endswith(_SUFFIX)


def parts_of(version: ModuleVersion) -> Mapping[str, Mapping[str, Any]]:
    """Return by id the versions whose questions a paper draws, each with its `draw` and its
    `domain` ("": the questions' own outcomes); of a module that is itself."""
    paper = version.manifest["paper"]
    if not is_exam(version):
        return {version.id: {"draw": paper["draw"], "domain": ""}}
    return {part["version"]: part for part in paper["parts"]}


def questions_by_id(ids: Collection[str]) -> dict[str, tuple[Question, QuestionKey]]:
    """Return questions with the keys that count, of whatever version: one query."""
    statement = (
        select(Question, QuestionKey)
        .join(QuestionKey, QuestionKey.question_id == Question.id)
        .where(Question.id.in_(ids))
        .order_by(QuestionKey.number)
    )
    return {row[0].id: (row[0], row[1]) for row in db.session.execute(statement)}
