"""Fresh app and database for each test, on SQLite or on the PostgreSQL of TEST_DATABASE_URL.

Migrating is done once: a test gets a copy of the migrated database, "empty", "taught" (with a few
modules of the bundled curriculum stored), "bundled" (with all of them) or "walked" (taught, and one
learner has come as far as a valid certificate).
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings
from sqlalchemy.engine import make_url

from config import Config
from lms import clock
from lms.app import create_app
from lms.curriculum.sync import sync_all
from lms.db import db
from lms.jobs.actions import sweep
from lms.people import actions as people
from tests import walk
from tests.factories import actor_for
from tests.tools import offline
from tests.tools.sample import Sample

offline.install()
# How long one example takes says something of the machine, nothing of the claim.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")
# A password's hash is meant to cost a tenth of a second; nobody attacks these.
people._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
people._NOBODY = people._hasher.hash("nobody's")
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


class Template(NamedTuple):
    """A database to be copied, and the folder with its files and keys."""

    url: str
    folder: Path


@contextmanager
def template(
    factory: pytest.TempPathFactory,
    name: str,
    source: Template | None,
    fill: Callable[[Path], object],
    plugins: list[object] | None = None,
) -> Iterator[Template]:
    """Make a template from another one, or from nothing; with the run its database goes.

    Args:
        fill: puts in what the template is for, given its folder; its app's context is pushed.
    """
    folder = factory.mktemp(name)
    url = make_database(name, folder, source.url if source else None)
    (folder / "store").mkdir()
    if source:
        shutil.copytree(source.folder / "store", folder / "store", dirs_exist_ok=True)
    with create_app(replace(BASE, data_dir=folder, database_url=url), plugins).app_context():
        try:
            fill(folder)
        finally:
            db.session.remove()
            db.engine.dispose()
    yield Template(url, folder)
    drop_database(url)


def _store_curriculum(_folder: Path) -> None:
    outcome = sync_all()
    assert not outcome.refused, outcome.refused


def _walk(folder: Path) -> None:
    hub = walk.people_of_a_hub()
    (folder / "hub.json").write_text(hub.to_json())
    walk.adopt(hub)
    walk.pass_module(hub, actor_for(hub.learner))
    while sweep():
        pass


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """A migrated database without a row."""
    with template(tmp_path_factory, "empty", None, lambda _folder: upgrade()) as made:
        yield made


@pytest.fixture(scope="session")
def taught_template(
    tmp_path_factory: pytest.TempPathFactory, empty_template: Template
) -> Iterator[Template]:
    """A database that has a few modules stored, and the folder of its files."""
    few = Sample(tmp_path_factory.mktemp("sample") / "modules").plugins
    with template(tmp_path_factory, "taught", empty_template, _store_curriculum, few) as made:
        yield made


@pytest.fixture(scope="session")
def bundled_template(
    tmp_path_factory: pytest.TempPathFactory, empty_template: Template
) -> Iterator[Template]:
    """A database that has the whole bundled curriculum stored, and the folder of its files."""
    with template(tmp_path_factory, "bundled", empty_template, _store_curriculum) as made:
        yield made


@pytest.fixture(scope="session")
def walked_template(
    tmp_path_factory: pytest.TempPathFactory, taught_template: Template
) -> Iterator[Template]:
    """A database in which one learner went all the way to a valid certificate."""
    with template(tmp_path_factory, "walked", taught_template, _walk) as made:
        yield made


NewApp = Callable[..., Flask]


@contextmanager
def apps_on_copy(place: Path, template: Template) -> Iterator[NewApp]:
    """Make apps on one fresh copy of a template: make(plugins=…, setting=…)."""
    for name in ("store", "keys"):
        if (template.folder / name).exists():
            shutil.copytree(template.folder / name, place / name)
    url = make_database("test", place, template.url)
    made: list[Flask] = []

    def make(plugins: list[object] | None = None, **settings: object) -> Flask:
        chosen = replace(BASE, **({"data_dir": place, "database_url": url} | settings))
        made.append(_make(chosen, plugins))
        return made[-1]

    yield make
    _close(made)
    drop_database(url)


@pytest.fixture
def new_app(tmp_path: Path, empty_template: Template) -> Iterator[NewApp]:
    """Make apps on a fresh database: new_app(plugins=…, setting=…)."""
    with apps_on_copy(tmp_path, empty_template) as make:
        yield make


@pytest.fixture
def app(new_app: NewApp) -> Iterator[Flask]:
    """An app on a fresh, empty database, its context pushed."""
    made = new_app()
    with made.app_context():
        yield made


@pytest.fixture
def new_taught(tmp_path: Path, taught_template: Template) -> Iterator[NewApp]:
    """Make apps on a fresh database that has a few modules, as new_app does."""
    with apps_on_copy(tmp_path, taught_template) as make:
        yield make


@pytest.fixture
def taught(new_taught: NewApp) -> Iterator[Flask]:
    """An app on a fresh database that has a few modules, its context pushed."""
    made = new_taught()
    with made.app_context():
        yield made


@pytest.fixture
def bundled(tmp_path: Path, bundled_template: Template) -> Iterator[Flask]:
    """An app on a fresh database that has the whole bundled curriculum, its context pushed."""
    with apps_on_copy(tmp_path, bundled_template) as make:
        made = make()
        with made.app_context():
            yield made


@pytest.fixture
def new_walked(tmp_path: Path, walked_template: Template) -> Iterator[NewApp]:
    """Make apps on a fresh database of the whole walk, as new_app does."""
    with apps_on_copy(tmp_path, walked_template) as make:
        yield make


@pytest.fixture
def walked(new_walked: NewApp) -> Iterator[Flask]:
    """An app on a fresh database of the whole walk, its context pushed."""
    made = new_walked()
    with made.app_context():
        yield made


@pytest.fixture
def hub(walked_template: Template) -> walk.Hub:
    """The people of `walked`."""
    return walk.read_hub((walked_template.folder / "hub.json").read_text())


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
