"""The search index: what can be found, which words stand in it, how the words are written. Derived
from stored curriculum and filled anew at any time: no training record."""

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.curriculum.text.words import LONGEST
from lms.db import Row, db

# Compared code by code on either database, or a range of words would depend on its language.
TERM = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")


class Document(Row, db.Model):
    """One thing that a search finds: a module, a part of a lesson, a term, a programme, …"""

    __tablename__ = "search_document"
    __table_args__ = (Index("ix_search_document_source", "source_id", "kind"),)

    # The module version, or the definition, that it was made from.
    source_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(20))  # module | lesson | term | programme | …
    code: Mapped[str] = mapped_column(String(80))  # of the module, programme or competency
    lesson: Mapped[str] = mapped_column(String(80))
    anchor: Mapped[str]
    language: Mapped[str] = mapped_column(String(12))
    title: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    # Decides between documents of one score, alike on every database.
    place: Mapped[int] = mapped_column(BigInteger)
    # By which rules it was made: others ask for making it again.
    made_by: Mapped[int]


class Posting(db.Model):
    """How much a word weighs in a document."""

    __tablename__ = "search_posting"
    __table_args__ = (
        Index("ix_search_posting_document", "document_id"),
        {"sqlite_with_rowid": False},  # its key is nearly all of a row: once is enough
    )

    term: Mapped[str] = mapped_column(TERM, primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("search_document.id"), primary_key=True)
    weight: Mapped[int]


class Word(db.Model):
    """A word of the index, as it is compared and as it is written: beginnings and misspellings."""

    __tablename__ = "search_word"

    term: Mapped[str] = mapped_column(TERM, primary_key=True)
    written: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(index=True)
