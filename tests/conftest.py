"""Fresh app and database for each test, on SQLite or on the PostgreSQL of TEST_DATABASE_URL.

Migrating is done once: a test gets a copy of the migrated database, "empty", "taught" (with the
bundled curriculum stored) or "walked" (one learner has come as far as a valid certificate).
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from config import Config
from lms import clock
from lms.app import create_app
from lms.curriculum.sync import sync_all
from lms.db import db
from lms.jobs.actions import sweep
from tests import walk
from tests.factories import actor_for
from tests.tools import offline

offline.install()
SERVER = os.environ.get("TEST_DATABASE_URL", "")
BASE = Config(secret_key="only for tests", base_url="http://hub.test", sweep_seconds=0.2)


def make_database(name: str, folder: Path, template: str | None = None) -> str:
    """Return the URL of a new database, copied from a template made before."""
    if not SERVER:
        file = folder / f"{name}.db"
        if template:
            shutil.copy(make_url(template).database or "", file)
        return f"sqlite:///{file}"
    url = make_url(SERVER).set(database=f"{name}_{uuid.uuid4().hex[:8]}")
    source = f' TEMPLATE "{make_url(template).database}"' if template else ""
    _on_server(f'CREATE DATABASE "{url.database}"{source}')
    return url.render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Remove a database made by make_database."""
    if SERVER:
        _on_server(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    plain = make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]  # built from our own names


class Browser(FlaskClient):
    """A client whose every request has a context of its own, as on a server.

    Without it a request would share `g` (and who is signed in) with the test's pushed context.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **kwargs)


def _make(config: Config, plugins: list[object] | None = None) -> Flask:
    app = create_app(config, plugins)
    app.test_client_class = Browser
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database without a row."""
    folder = tmp_path_factory.mktemp("empty")
    url = make_database("empty", folder)
    app = create_app(replace(BASE, data_dir=folder, database_url=url))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    yield url
    drop_database(url)


@pytest.fixture(scope="session")
def taught_template(
    tmp_path_factory: pytest.TempPathFactory, empty_template: str
) -> Iterator[tuple[str, Path]]:
    """A database that has the bundled curriculum stored, and the folder of its files."""
    folder = tmp_path_factory.mktemp("taught")
    url = make_database("taught", folder, empty_template)
    app = create_app(replace(BASE, data_dir=folder, database_url=url))
    with app.app_context():
        outcome = sync_all()
        assert not outcome.refused, outcome.refused
        db.engine.dispose()
    yield url, folder
    drop_database(url)


@pytest.fixture
def new_app(tmp_path: Path, empty_template: str) -> Iterator[Callable[..., Flask]]:
    """Make apps on a fresh database: new_app(plugins=…, setting=…)."""
    yield from _apps_on_copy(tmp_path, empty_template, None)


@pytest.fixture
def app(new_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An app on a fresh, empty database, its context pushed."""
    made = new_app()
    with made.app_context():
        yield made


@pytest.fixture
def new_taught(tmp_path: Path, taught_template: tuple[str, Path]) -> Iterator[Callable[..., Flask]]:
    """Make apps on a fresh database that has the bundled curriculum, as new_app does."""
    template, folder = taught_template
    yield from _apps_on_copy(tmp_path, template, folder)


@pytest.fixture
def taught(new_taught: Callable[..., Flask]) -> Iterator[Flask]:
    """An app on a fresh database that has the bundled curriculum, its context pushed."""
    made = new_taught()
    with made.app_context():
        yield made


@pytest.fixture(scope="session")
def walked_template(
    tmp_path_factory: pytest.TempPathFactory, taught_template: tuple[str, Path]
) -> Iterator[tuple[str, Path, walk.Hub]]:
    """A database in which one learner went all the way to a valid certificate; its files; who."""
    template, taught_folder = taught_template
    folder = tmp_path_factory.mktemp("walked")
    shutil.copytree(taught_folder / "store", folder / "store")
    url = make_database("walked", folder, template)
    app = create_app(replace(BASE, data_dir=folder, database_url=url))
    with app.app_context():
        hub = walk.people_of_a_hub()
        walk.adopt(hub)
        walk.pass_module(hub, actor_for(hub.learner))
        while sweep():
            pass
        db.session.remove()
        db.engine.dispose()
    yield url, folder, hub
    drop_database(url)


@pytest.fixture
def hub(walked_template: tuple[str, Path, walk.Hub]) -> walk.Hub:
    """The people of `walked`."""
    return walked_template[2]


@pytest.fixture
def new_walked(
    tmp_path: Path, walked_template: tuple[str, Path, walk.Hub]
) -> Iterator[Callable[..., Flask]]:
    """Make apps on a fresh database of the whole walk, as new_app does."""
    template, folder, _hub = walked_template
    shutil.copytree(folder / "keys", tmp_path / "keys")
    yield from _apps_on_copy(tmp_path, template, folder)


@pytest.fixture
def walked(new_walked: Callable[..., Flask]) -> Iterator[Flask]:
    """An app on a fresh database of the whole walk, its context pushed."""
    made = new_walked()
    with made.app_context():
        yield made


def _apps_on_copy(
    place: Path, template: str, folder: Path | None
) -> Iterator[Callable[..., Flask]]:
    if folder:
        shutil.copytree(folder / "store", place / "store")
    url = make_database("test", place, template)
    made: list[Flask] = []

    def make(plugins: list[object] | None = None, **settings: object) -> Flask:
        chosen = replace(BASE, **({"data_dir": place, "database_url": url} | settings))
        made.append(_make(chosen, plugins))
        return made[-1]

    yield make
    _close(made)
    drop_database(url)


def _close(made: list[Flask]) -> None:
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture(autouse=True)
def _real_time() -> Iterator[None]:
    yield
    clock.set_clock(None)
