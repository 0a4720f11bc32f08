"""Claims about the index: filled as curriculum is stored, alike on every database, never twice."""

import sqlalchemy as sa

from lms import clock
from lms.actor import Actor
from lms.curriculum.sync import sync_all
from lms.db import db, transaction
from lms.search import actions, queries
from lms.search.models import Document, Posting, Word
from lms.search.rules import read_query
from tests.curriculum.conftest import HOME
from tests.search.conftest import GLOSSARY, LESSON

NOBODY = Actor("nobody", "Nobody", ())


def _found(text, by=NOBODY, **kwargs):
    with transaction(write=False):
        versions = queries.served(by, clock.today(), **kwargs)
        found = queries.find(read_query(text), versions)
        rows = queries.documents(found.documents)
        return [(row.kind, row.code, row.anchor or row.lesson) for row in rows]


def _counts():
    with transaction(write=False):
        models = (Document, Posting, Word)
        return [db.session.scalar(sa.select(sa.func.count()).select_from(m)) for m in models]


def test_a_search_finds_the_term_the_part_of_the_lesson_and_the_module(hub):
    assert _found("buffer")[0] == ("term", "TST101", "buffer")
    assert _found("buffer")[1] == ("lesson", "TST101", "a-buffer-by-weight")
    assert _found("dilution")[0] == ("module", "TST101", "")
    assert _found("TST101")[0] == ("module", "TST101", "")
    assert ("programme", "B09", "") in _found("small programme")
    assert ("competency", "FND-02", "") in _found("FND-02")


def test_the_order_is_the_same_on_every_database(hub):
    """As it is written here; run on SQLite and on PostgreSQL."""
    assert _found("salt water") == [
        ("lesson", "TST101", "salt-in-water"),
        ("lesson", "TST101", "a-buffer-by-weight"),
    ]
    assert _found("calc")[0] == ("competency", "FND-02", "")


def test_the_beginning_of_the_last_word_is_enough_and_of_an_earlier_one_not(hub):
    assert _found("endo") == _found("endotoxin")
    assert _found("salt endo")[0] == ("lesson", "TST101", "salt-in-water")
    assert _found("endo zzz") == []


def test_what_reads_like_a_pattern_finds_itself_alone(hub):
    for text in ("%", "_", "sal%", "'; drop table search_word; --", "\x00", "𝔭", "٪"):
        _found(text)
    assert _found("sal_t") == []


def test_filling_twice_is_filling_once(hub):
    before = _counts()
    assert min(before) > 0
    assert sync_all().refused == []
    with transaction():
        actions.fill_index()
    assert _counts() == before


def test_a_changed_glossary_replaces_its_words(hub, curriculum):
    curriculum.write(f"{HOME}/glossary.toml", GLOSSARY.replace("change of pH", "swing of acidity"))
    sync_all()
    assert ("term", "TST101", "buffer") in _found("acidity")
    assert [one for one in _found("buffer") if one[0] == "term"] == [("term", "TST101", "buffer")]


def test_what_older_rules_made_is_made_again(hub, monkeypatch):
    before = _found("salt buffer")
    with transaction():
        db.session.execute(sa.update(Document).values(made_by=0, text="old"))
        actions.fill_index()
    with transaction(write=False):
        texts = db.session.scalars(sa.select(Document.text)).all()
    assert "old" not in texts
    assert _found("salt buffer") == before


def test_a_new_version_is_found_and_the_old_one_no_more(hub, curriculum):
    curriculum.write(f"{HOME}/lessons/10-dilution.md", LESSON.format(more="Nectar is sweet."))
    curriculum.change_module("module.toml", 'version = "1.0.0"', 'version = "1.1.0"')
    assert sync_all().stored == ["TST101 1.1.0"]
    assert _found("nectar") == [("lesson", "TST101", "salt-in-water")]
    assert len(_found("salt")) == 2


def test_near_words_are_guessed_among_what_may_be_read(hub):
    with transaction(write=False):
        versions = queries.served(NOBODY, clock.today())
        assert queries.guesses(["endotoxn", "zzzzzz"], versions) == {"endotoxn": "endotoxin"}
        assert queries.guesses(["endotoxn"], []) == {}
