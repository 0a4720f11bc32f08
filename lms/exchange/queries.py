"""Read a version's questions as tables, its figures, and who took its questions away."""

from sqlalchemy import select

from lms.assessment.queries import kinds
from lms.curriculum.kind import ParsedQuestion
from lms.curriculum.models import ModuleFile
from lms.curriculum.queries import questions_of
from lms.db import db
from lms.exchange.item import Table
from lms.exchange.models import QuestionExport
from lms.exchange.stored import table_of
from lms.people.models import Person

_NEWEST = 20  # of what was taken before


def tables_of(version_id: str, lesson: str = "") -> list[Table]:
    """Return a version's questions as tables with the keys that count; one query.

    What cannot be told as a table comes as its id and kind alone.

    Args:
        lesson: only questions of this lesson; "" for all.
    """
    known = kinds()
    tables = []
    for question, key in questions_of(version_id):
        if lesson and question.lesson != lesson:
            continue
        whole = ParsedQuestion(
            id=question.code,
            kind=question.kind,
            outcome=question.outcome,
            lesson=question.lesson,
            critical=question.critical,
            points=int(question.points),
            shown=question.shown,
            key=key.key,
        )
        told = table_of(whole, known)
        tables.append(told or {"id": question.code, "kind": question.kind})
    return tables


def figures_of(version_id: str) -> dict[str, str]:
    """Return the digest of each figure of a version, by its path."""
    statement = select(ModuleFile.path, ModuleFile.digest).where(
        ModuleFile.module_version_id == version_id
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def exports_of(version_id: str) -> list[tuple[QuestionExport, str]]:
    """Return the newest files with questions that were taken away, and who took each."""
    statement = (
        select(QuestionExport, Person.name)
        .join(Person, Person.id == QuestionExport.taken_by)
        .where(QuestionExport.module_version_id == version_id)
        .order_by(QuestionExport.taken_at.desc(), QuestionExport.id)
        .limit(_NEWEST)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]
