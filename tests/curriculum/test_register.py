"""The register of references may be parted into files; what is stored is one."""

import pytest

from lms.curriculum import register
from lms.curriculum.sync import sync_all
from lms.db import transaction

SECOND = """
    [[limit]]
    id = "LIMIT-2"
    reference = "DOC-1"
    text = "At least 2."
    value = "2"
    unit = "mg"
    clause = "4.3"
    checked_by = ""
    checked_on = ""
"""


@pytest.fixture
def hub(new_app, curriculum):
    """An app that knows one source: the small one."""
    app = new_app(plugins=[], curriculum_dirs=(curriculum.folder,))
    with app.app_context():
        yield app


def stored():
    with transaction(write=False):
        return register.limits()


def test_register_parted_into_files_is_stored_as_one(hub, curriculum):
    curriculum.write("references/track.toml", SECOND)
    sync_all()
    assert stored().keys() == {"LIMIT-1", "LIMIT-2"}
    assert stored()["LIMIT-2"]["document"]["title"] == "A document"


def test_source_with_a_mistake_in_one_register_file_keeps_what_is_stored(hub, curriculum):
    sync_all()
    curriculum.change("references.toml", 'clause = "4.2"', 'clause = "4.3"')
    curriculum.write("references/track.toml", SECOND.replace('"DOC-1"', "3"))
    assert sync_all().refused
    assert stored()["LIMIT-1"]["clause"] == "4.2"


def test_limit_that_two_files_name_is_refused_in_the_later(hub, curriculum):
    curriculum.write("references/track.toml", SECOND.replace("LIMIT-2", "LIMIT-1"))
    (problem,) = sync_all().refused
    assert problem.file.endswith("references/track.toml")
