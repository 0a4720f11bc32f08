"""A hub with one small source whose every word is known, and who is signed in there."""

import pytest

from lms.curriculum.sync import sync_all
from lms.db import transaction
from tests.curriculum.conftest import HOME, Curriculum
from tests.factories import PASSWORD, make_organisation, make_person, signed_in

LESSON = """
    # Dilution of a stock

    What goes in comes out: at most [5 mg](ref:LIMIT-1).

    ![A flask](figures/flask.svg "One flask")

    ## Salt in water

    A **buffer** of salt resists. Endotoxin stays behind. {more}

    ## A buffer by weight

    Weigh the salt, then the water.
"""
GLOSSARY = """
    [[term]]
    term = "buffer"
    meaning = "What resists a change of pH."
    lesson = "10-dilution"
"""


@pytest.fixture
def curriculum(tmp_path):
    """The small source, with a lesson of two parts and a glossary."""
    made = Curriculum(tmp_path / "hub")
    made.write(f"{HOME}/lessons/10-dilution.md", LESSON.format(more=""))
    made.write(f"{HOME}/glossary.toml", GLOSSARY)
    return made


@pytest.fixture
def hub(new_app, curriculum):
    """An app that has it stored."""
    app = new_app(plugins=[], curriculum_dirs=(curriculum.folder,))
    with app.app_context():
        assert not sync_all().refused
        yield app


@pytest.fixture
def people(hub):
    """Sign in as a role: people("learner")."""
    with transaction():
        place = make_organisation()
        for role in ("learner", "reviewer", "owner", "coordinator"):
            make_person(place, role, login=f"{role}@test.example", password=PASSWORD)
    return lambda role: signed_in(hub, f"{role}@test.example")
