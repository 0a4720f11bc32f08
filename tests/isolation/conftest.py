"""The world of two sites, made once; each test gets a copy of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import NewApp, Template, apps_on_copy, template
from tests.isolation.sheets import add_sheets
from tests.isolation.visitors import Visitor, enter
from tests.isolation.world import HERE, Records, World, build_world, read_world


@pytest.fixture(scope="session")
def world_template(
    tmp_path_factory: pytest.TempPathFactory, taught_template: Template
) -> Iterator[Template]:
    """The database of the world; what was made lies beside it as text."""
    with template(tmp_path_factory, "world", taught_template, _build) as made:
        yield made


def _build(folder: Path) -> None:
    made = build_world()
    add_sheets(made)
    (folder / "world.json").write_text(made.to_json())


@pytest.fixture
def world(world_template: Template) -> World:
    """What was made in the world that `inside` runs on."""
    return read_world((world_template.folder / "world.json").read_text())


@pytest.fixture
def new_inside(tmp_path: Path, world_template: Template) -> Iterator[NewApp]:
    """Make apps on a copy of the world: new_inside(plugins=…, setting=…)."""
    with apps_on_copy(tmp_path, world_template) as make:
        yield make


@pytest.fixture
def inside(new_inside: NewApp) -> Flask:
    """An app on a copy of the world; no context is pushed, as on a server."""
    return new_inside()


@pytest.fixture
def own(world: World) -> Records:
    """The learner of this site and their open attempt."""
    return world.people[HERE]["learner"]


@pytest.fixture
def tab(inside: Flask, own: Records) -> Visitor:
    """The learner's browser."""
    return enter(inside, own)
