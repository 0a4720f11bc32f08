"""Every lesson of every bundled module is small: alone, and with the figure it begins with.

Each module is stored in a hub of its own, so that one of them can be weighed by `-k prd303`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
from flask.testing import FlaskClient

from lms.curriculum.sync import sync_all
from lms.db import transaction
from tests.conftest import NewApp
from tests.factories import PASSWORD, make_organisation, make_person, signed_in
from tests.gates.weighing import BROWSER, FIRST_RESPONSE, size_of
from tests.tools.sample import BUNDLED, Sample

NEXT_LESSON = 8_000  # the page and the figure that a browser fetches before anybody scrolls
MODULES = sorted(file.parent for file in BUNDLED.glob("*/*/module.toml"))


@pytest.fixture
def reader(new_app: NewApp, tmp_path: Path, module: Path) -> Iterator[FlaskClient]:
    """A learner's browser on a hub that has this one module."""
    sample = Sample(tmp_path / "sample", [module.name])
    table = next(sample.folder.glob("*/*/module.toml"))
    # What it needs is not there: a lesson's page says nothing of it.
    table.write_text(re.sub(r"(?m)^needs = .*$", "needs = []", table.read_text("utf-8")), "utf-8")
    app = new_app(plugins=sample.plugins)
    with app.app_context():
        assert not sync_all().refused
        with transaction():
            make_person(make_organisation(), "learner", login="reader@walk", password=PASSWORD)
        yield signed_in(app, "reader@walk")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name[:6])
def test_lesson_and_its_first_figure_are_small(reader: FlaskClient, module: Path) -> None:
    home = reader.get(f"/modules/{module.name[:6].upper()}/").text
    lessons = sorted(set(re.findall(r"/modules/\w+/lessons/[^/\"]+/", home)))
    assert len(lessons) == len(list(module.glob("lessons/*.md")))
    alone, both = {}, {}
    for lesson in lessons:
        page = reader.get(lesson, headers=BROWSER)
        assert (page.status_code, page.headers["Content-Encoding"]) == (200, "br")
        alone[lesson] = both[lesson] = size_of(page)
        figure = re.search(r'<img src="([^"]+)"', brotli.decompress(page.data).decode())
        if figure:
            both[lesson] += size_of(reader.get(urljoin(lesson, figure[1]), headers=BROWSER))
    assert not {lesson: size for lesson, size in alone.items() if size > FIRST_RESPONSE}
    assert not {lesson: size for lesson, size in both.items() if size > NEXT_LESSON}
