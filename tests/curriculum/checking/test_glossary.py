"""The checker finds what is wrong with glossaries and tracks; a glossary needs no new version."""

import pytest

from lms.curriculum import queries, register
from lms.curriculum.checking.checker import check
from lms.curriculum.sync import sync_all
from lms.db import transaction
from tests.curriculum.conftest import HOME, MODULE

GLOSSARY = f"{HOME}/glossary.toml"
TERM = """
    [[term]]
    term = "stock"
    meaning = "What is diluted."
    lesson = "10-dilution"
"""


def test_a_sound_glossary_has_no_mistake(curriculum, kinds):
    curriculum.write(GLOSSARY, TERM)
    assert check([curriculum.source], kinds) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"stock"', '"stork"', "term[0].term"),
        ('"stock"', '"stock (of salt)"', ""),
        ('"10-dilution"', '"20-nothing"', "term[0].lesson"),
        ("meaning", 'abbreviation = "STK"\nmeaning', "term[0].abbreviation"),
        ('"What is diluted."', '""', "term[0].meaning"),
        ("meaning", 'html = ""\nmeaning', "term[0].html"),
    ],
)
def test_a_term_is_what_its_lesson_says(curriculum, kinds, told, old, new, key):
    curriculum.write(GLOSSARY, TERM.replace(old, new))
    assert told(check([curriculum.source], kinds)) == ({("glossary.toml", key)} if key else set())


def test_a_term_stands_once_in_a_glossary(curriculum, kinds, told):
    curriculum.write(GLOSSARY, TERM + TERM.replace("stock", "Stocks"))
    assert told(check([curriculum.source], kinds)) == {("glossary.toml", "term[1].term")}


def test_two_modules_explain_a_term_alike_or_set_it_apart(curriculum, kinds):
    for path, text in MODULE.items():
        curriculum.write(f"foundations/tst102-more/{path}", text.replace("TST101", "TST102"))
    other = "foundations/tst102-more/glossary.toml"
    curriculum.write(GLOSSARY, TERM)
    curriculum.write(other, TERM.replace("What is", "what  is"))
    assert check([curriculum.source], kinds) == []
    curriculum.write(other, TERM.replace("diluted", "traded"))
    (problem,) = check([curriculum.source], kinds)
    assert (problem.file, problem.key) == (f"hub/{other}", "term[0].meaning")
    assert "What is diluted." in problem.text()
    curriculum.write(other, TERM.replace("diluted", "traded").replace("stock", "stock (shop)"))
    assert check([curriculum.source], kinds) == []


TRACKS = """
    [[track]]
    id = "foundations"
    title = "Foundations"
    codes = ["TST"]
"""


@pytest.mark.parametrize(
    ("tracks", "key"),
    [
        (TRACKS, ""),
        (TRACKS.replace("foundations", "elsewhere"), ("module.toml", "id")),
        (
            TRACKS + TRACKS.replace("foundations", "more"),
            ("framework/tracks.toml", "track[1].codes"),
        ),
        (
            TRACKS + '[[product]]\nid = "x"\ntitle = "X"\nmodules = ["TST109"]',
            ("framework/tracks.toml", "product[0].modules"),
        ),
        (
            TRACKS
            + '[[product]]\nid = "x"\ntitle = "X"\nmodules = ["TST109"]\n'
            + '[[planned]]\nid = "TST109"\ntitle = "To come"',
            "",
        ),
    ],
)
def test_each_module_lies_in_the_folder_of_its_one_track(curriculum, kinds, told, tracks, key):
    curriculum.write(
        "framework/tracks.toml", "\n".join(line.strip() for line in tracks.split("\n"))
    )
    assert told(check([curriculum.source], kinds)) == ({key} if key else set())


# --- stored -----------------------------------------------------------------------------------


@pytest.fixture
def hub(new_app, curriculum):
    app = new_app(curriculum_dirs=(curriculum.folder,), plugins=[])
    with app.app_context():
        yield app


def _stored():
    with transaction(write=False):
        glossary = register.newest_definition("glossary", "TST101")
        version = queries.newest_version("TST101")
        return version.number, glossary and (glossary.number, glossary.content["term"])


def test_a_glossary_comes_and_changes_without_a_new_version(hub, curriculum):
    assert not sync_all().refused
    assert _stored() == (1, None)
    curriculum.write(GLOSSARY, TERM)
    assert not sync_all().refused
    number, (first, (term,)) = _stored()
    assert (number, first, term["term"]) == (1, 1, "stock")
    assert sync_all().stored == []
    curriculum.write(GLOSSARY, TERM.replace("What", "That which"))
    assert sync_all().stored == ["glossary TST101 2"]
    (curriculum.folder / GLOSSARY).unlink()
    sync_all()
    assert _stored() == (1, (3, []))


def test_a_glossary_of_a_refused_text_is_not_taken_over(hub, curriculum):
    sync_all()
    curriculum.write(GLOSSARY, TERM)
    curriculum.change_module("lessons/10-dilution.md", "What goes in", "All that goes in")
    assert sync_all().refused
    assert _stored() == (1, None)
