"""Claims about migrations: one straight line, up and down on both databases, like the models."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import check, downgrade, upgrade

from lms.app import create_app
from lms.db import Base, db, transaction
from tests.conftest import BASE, drop_database, make_database
from tests.factories import make_organisation

FOLDER = Path(__file__).parent.parent / "migrations"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """An app on a database in which there is nothing at all."""
    url = make_database("bare", tmp_path)
    app = create_app(replace(BASE, data_dir=tmp_path, database_url=url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    drop_database(url)


def _schema() -> dict[str, Any]:
    """Return what the database says of itself: columns, keys, uniques, indices, references."""
    with transaction(write=False):
        inspector = sa.inspect(db.session.connection())
        return {
            table: {
                "columns": [
                    (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)
                ],
                "key": inspector.get_pk_constraint(table),
                "uniques": _by_name(inspector.get_unique_constraints(table)),
                "indices": _by_name(inspector.get_indexes(table)),
                "references": _by_name(inspector.get_foreign_keys(table)),
            }
            for table in sorted(inspector.get_table_names())
        }


def _by_name(found: Any) -> list[Any]:
    return sorted(found, key=lambda one: one["name"] or "")


def test_up_makes_every_table_of_the_models_and_nothing_else(bare: Flask) -> None:
    upgrade()
    assert set(_schema()) == {*Base.metadata.tables, "alembic_version"}


def test_down_leaves_nothing_and_up_again_makes_the_same(bare: Flask) -> None:
    upgrade()
    first = _schema()
    downgrade(revision="base")
    assert set(_schema()) == {"alembic_version"}
    upgrade()
    assert _schema() == first


def test_each_step_can_be_taken_back_alone(bare: Flask) -> None:
    script = ScriptDirectory(str(FOLDER))
    line = [revision.revision for revision in reversed(list(script.walk_revisions()))]
    schemas = []
    for revision in line:
        upgrade(revision=revision)
        schemas.append(_schema())
    for before in reversed(schemas[:-1]):
        downgrade(revision="-1")
        assert _schema() == before


def test_models_and_head_agree(bare: Flask) -> None:
    upgrade()
    check()  # exits with the differences it finds


def test_a_model_without_a_migration_is_noticed(bare: Flask) -> None:
    upgrade()
    forgotten = sa.Table("forgotten", Base.metadata, sa.Column("id", sa.Integer, primary_key=True))
    try:
        with pytest.raises(SystemExit):
            check()
    finally:
        Base.metadata.remove(forgotten)


def test_what_stands_in_the_tables_survives_an_upgrade_that_has_nothing_to_do(bare: Flask) -> None:
    upgrade()
    with transaction():
        make_organisation("Before")
    upgrade()
    with transaction(write=False):
        assert db.session.scalar(sa.text("SELECT name FROM organisation")) == "Before"


def test_migrations_are_one_straight_line() -> None:
    script = ScriptDirectory(str(FOLDER))
    assert len(script.get_bases()) == 1
    assert len(script.get_heads()) == 1
    for revision in script.walk_revisions():
        assert not revision.is_merge_point
        assert not revision.is_branch_point


def test_migrations_are_named_by_their_day_in_the_order_of_the_line() -> None:
    script = ScriptDirectory(str(FOLDER))
    files = [Path(r.path).name for r in reversed(list(script.walk_revisions()))]
    assert set(files) == {path.name for path in (FOLDER / "versions").glob("*.py")}
    for file in files:
        assert re.fullmatch(r"20\d{6}(\d{4})?_[a-z0-9_]+\.py", file), file
    assert files == sorted(files)
