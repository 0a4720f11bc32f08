"""Claims about the preview server: mistakes and pages of the folder as it is now, no sign-in."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.authoring.routes.preview import preview_pages
from tests.archives import MODULE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a bundled module, to be written in."""
    return Path(shutil.copytree(MODULE, tmp_path / "fnd103-mine"))


@pytest.fixture
def reader(new_app, folder: Path) -> FlaskClient:
    """Somebody's browser at a preview server; its database was never migrated."""
    app: Flask = new_app()
    app.register_blueprint(preview_pages(folder))
    return app.test_client()


def test_sound_folder_is_shown_with_all_its_pages(reader) -> None:
    page = reader.get("/preview/draft/").text
    assert "No mistakes" in page
    for link in {part.split('"')[0] for part in page.split('href="')[1:] if "/draft/" in part}:
        assert reader.get(link).status_code == 200, link


def test_mistake_appears_with_its_place_while_it_is_made(reader, folder: Path) -> None:
    before = reader.get("/preview/changed").json
    lesson = folder / "lessons/20-balances.md"
    lesson.write_text(lesson.read_text() + "\n$\\fraq{1}{2}$\n")
    assert reader.get("/preview/changed").json != before
    page = reader.get("/preview/draft/").text
    assert "1 mistake" in page
    assert "lessons/20-balances.md" in page


def test_page_asks_whether_files_have_changed(reader) -> None:
    assert 'data-changed="/preview/changed"' in reader.get("/preview/draft/").text
