"""Fill the index with what is stored and not in it yet; take out what was replaced."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.columns import new_id
from lms.curriculum import queries as curriculum
from lms.curriculum.models import Lesson, ModuleVersion
from lms.curriculum.register import definitions
from lms.curriculum.text.words import words
from lms.db import db
from lms.search.documents import Made, of_definition, of_version
from lms.search.models import Document, Posting, Word
from lms.search.rules import MADE_BY

_ROWS_AT_ONCE = 5000
_DEFINED = ("framework", "glossary", "programme")


def fill_index() -> None:
    """Bring the index to what is stored: every version, and the newest of each definition.

    Doing it twice is doing it once. Documents made by older rules are made again.
    """
    versions = {version.id: version for version in curriculum.every_version()}
    defined = {one.id: one for kind in _DEFINED for one in definitions(kind)}
    wanted = versions.keys() | defined.keys()
    there = _sources()
    _take_out({id for id, by in there if id not in wanted or by != MADE_BY})
    kept = {id for id, by in there if by == MADE_BY}
    made = [
        (id, document)
        for id in sorted(wanted - kept)
        for document in (_of(versions[id]) if id in versions else of_definition(defined[id]))
    ]
    if made:
        _put_in(made)


def _sources() -> set[tuple[str, int]]:
    rows = db.session.execute(sa.select(Document.source_id, Document.made_by).distinct())
    return {(row[0], row[1]) for row in rows}


def _of(version: ModuleVersion) -> Iterator[Made]:
    statement = (
        sa.select(Lesson).where(Lesson.module_version_id == version.id).order_by(Lesson.position)
    )
    return of_version(version, list(db.session.scalars(statement)))


def _take_out(sources: set[str]) -> None:
    if not sources:
        return
    old = sa.select(Document.id).where(Document.source_id.in_(sources))
    db.session.execute(sa.delete(Posting).where(Posting.document_id.in_(old)))
    db.session.execute(sa.delete(Document).where(Document.source_id.in_(sources)))


def _put_in(made: Iterable[tuple[str, Made]]) -> None:
    documents, postings = [], []
    written: dict[str, Counter[str]] = {}
    for source, one in made:
        id = new_id()
        documents.append(_row(id, source, one))
        postings += [
            {"term": term, "document_id": id, "weight": weight}
            for term, weight in one.weights.items()
        ]
        for text in (one.title, one.heading, one.text, one.code):
            for word in words(text):
                written.setdefault(word.term, Counter())[text[word.start : word.end]] += 1
    postings.sort(key=lambda row: (row["term"], row["document_id"]))  # as the table is laid out
    for model, rows in ((Document, documents), (Posting, postings)):
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            db.session.execute(sa.insert(model), rows[start : start + _ROWS_AT_ONCE])
    _put_in_words(written)


def _row(id: str, source: str, one: Made) -> dict[str, Any]:
    names = ("kind", "code", "lesson", "anchor", "language", "title", "heading", "text", "place")
    values = {name: getattr(one, name) for name in names}
    return values | {"id": id, "source_id": source, "made_by": MADE_BY}


def _put_in_words(written: dict[str, Counter[str]]) -> None:
    """Add the words that are new; what is there stays as it is written."""
    rows = [
        {"term": term, "written": _usual(term, forms), "size": len(term)}
        for term, forms in sorted(written.items())
    ]
    insert = {"sqlite": sqlite, "postgresql": postgresql}[db.engine.dialect.name].insert(Word)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        db.session.execute(insert.on_conflict_do_nothing(index_elements=["term"]), some)


def _usual(term: str, forms: Counter[str]) -> str:
    """Return how a word is written: as it is compared where it is so, else in its usual form."""
    said = {form.lower() for form in forms}
    usual = max(sorted(forms), key=lambda form: forms[form])
    return (term if term in said and not usual.isupper() else usual)[:80]
