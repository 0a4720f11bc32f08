"""Ask the index: which documents answer, best first, in the versions that a person is served."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from lms.actor import Actor
from lms.curriculum import queries as curriculum
from lms.curriculum.models import ModuleVersion
from lms.db import db
from lms.learning.queries import versions_of
from lms.search.models import Document, Posting, Word
from lms.search.rules import SHORTEST_BEGINNING, Asked, Spot, Weight, rank
from lms.search.spelling import meant, reach

MOST_BEGINNINGS = 24
MOST_WEIGHTS = 40_000  # rows looked at for one search: bounds it whatever is asked
_OF_VERSIONS = ("module", "lesson")
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Found:
    """What a search gave.

    Attributes:
        documents: ids, best first.
        answers: for each word asked, the words of the index that answer to it.
        unknown: the words that nothing answers to.
    """

    documents: list[str]
    answers: list[dict[str, int]]
    unknown: list[int]


def served(by: Actor, on: date, *, drafts: bool = False) -> dict[str, ModuleVersion]:
    """Return the versions that a person may search, by id: two queries.

    One for each module, as its page would be: the one they are enrolled in, else the one in
    service.

    Args:
        drafts: the newest stored version of each module as well; reviewers and owners alone.
    """
    learnt = {one.code: one for one in versions_of(by)}
    chosen = [learnt.get(one.version.code, one.version) for one in curriculum.catalogue(on)]
    if drafts and by.has("reviewer", "owner"):
        newest = {one.code: one for one in curriculum.every_version()}
        chosen += newest.values()
    return {one.id: one for one in chosen}


def find(asked: Asked, versions: Collection[str]) -> Found:
    """Return the documents that answer, best first: three queries."""
    answers = [{word: 2} for word in asked.words]
    if asked.words and len(asked.words[-1]) >= SHORTEST_BEGINNING:
        for term in _beginning_with(asked.words[-1]):
            answers[-1].setdefault(term, 1)
    weights = _weights({term for words in answers for term in words}, versions)
    known = {one.term for one in weights}
    unknown = [at for at, words in enumerate(answers) if not known & words.keys()]
    return Found(rank(answers, weights, _count(versions)), answers, unknown)


def _open(versions: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a document is of a version that is served, or of no version."""
    return sa.or_(Document.kind.not_in(_OF_VERSIONS), Document.source_id.in_(versions))


def _count(versions: Collection[str]) -> int:
    statement = sa.select(sa.func.count()).select_from(Document).where(_open(versions))
    return db.session.scalar(statement) or 0


def _beginning_with(word: str) -> Sequence[str]:
    statement = (
        sa.select(Word.term)
        .where(Word.term > word, Word.term < word + _LAST)
        .order_by(Word.size, Word.term)
        .limit(MOST_BEGINNINGS)
    )
    return db.session.scalars(statement).all()


def _weights(terms: Collection[str], versions: Collection[str]) -> list[Weight]:
    statement = (
        sa.select(Posting.term, Posting.document_id, Posting.weight, Document.place)
        .join(Document, Document.id == Posting.document_id)
        .where(Posting.term.in_(terms), _open(versions))
        .order_by(Posting.weight.desc(), Document.place)
        .limit(MOST_WEIGHTS)
    )
    return [Weight(*row) for row in db.session.execute(statement)]


def documents(ids: Sequence[str]) -> list[Document]:
    """Return documents in the order of their ids: one query."""
    statement = sa.select(Document).where(Document.id.in_(ids))
    rows = {row.id: row for row in db.session.scalars(statement)}
    return [rows[id] for id in ids]


def spots(ids: Sequence[str]) -> list[Spot]:
    """Return where documents belong, in the order of their ids: one query."""
    statement = sa.select(Document.id, Document.kind, Document.code, Document.lesson)
    rows = {row[0]: row for row in db.session.execute(statement.where(Document.id.in_(ids)))}
    return [Spot(*rows[id]) for id in ids]


def guesses(words: Sequence[str], versions: Collection[str]) -> Mapping[str, str]:
    """Return what somebody may have meant who typed words that are nowhere: two queries.

    Returns:
        For each word that has a near one in what this person may search: that one, as it is
        written.
    """
    worth = [word for word in words if reach(word)]
    if not worth:
        return {}
    sizes = {size for word in worth for size in range(len(word) - 2, len(word) + 3)}
    rows = db.session.execute(sa.select(Word.term, Word.written).where(Word.size.in_(sizes)))
    written = {row[0]: row[1] for row in rows}
    near = {word: meant(word, written) for word in worth}
    there = _frequencies({term for terms in near.values() for term in terms}, versions)
    found = {}
    for word, terms in near.items():
        open_ones = [term for term in terms if term in there]
        if open_ones:
            found[word] = written[open_ones[0]]
    return found


def _frequencies(terms: Collection[str], versions: Collection[str]) -> dict[str, int]:
    statement = (
        sa.select(Posting.term, sa.func.count())
        .join(Document, Document.id == Posting.document_id)
        .where(Posting.term.in_(terms), _open(versions))
        .group_by(Posting.term)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
