"""The world of two sites, made once; each test gets a copy of it and browsers that are in."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.app import create_app
from lms.db import db
from tests.conftest import BASE, Browser, drop_database, make_database
from tests.isolation.world import World, build_world, read_world

Enter = Callable[[str], FlaskClient]


def _app(folder: Path, url: str) -> Flask:
    app = create_app(replace(BASE, data_dir=folder, database_url=url))
    app.test_client_class = Browser
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture(scope="session")
def world_template(
    tmp_path_factory: pytest.TempPathFactory, taught_template: tuple[str, Path]
) -> Iterator[tuple[str, Path, str]]:
    """The database of the world, the folder of its files, and what was made as text."""
    folder = tmp_path_factory.mktemp("world")
    taught_url, taught_folder = taught_template
    shutil.copytree(taught_folder / "store", folder / "store")
    url = make_database("world", folder, taught_url)
    with _app(folder, url).app_context():
        made = build_world().to_json()
        db.session.remove()
        db.engine.dispose()
    yield url, folder, made
    drop_database(url)


@pytest.fixture
def world(world_template: tuple[str, Path, str]) -> World:
    """What was made in the world that `inside` runs on."""
    return read_world(world_template[2])


@pytest.fixture
def inside(tmp_path: Path, world_template: tuple[str, Path, str]) -> Iterator[Flask]:
    """An app on a copy of the world; no context is pushed, as on a server."""
    template, folder, _made = world_template
    shutil.copytree(folder / "store", tmp_path / "store")
    url = make_database("test", tmp_path, template)
    app = _app(tmp_path, url)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    drop_database(url)
