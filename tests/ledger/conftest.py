"""A database with the ledger's own tables and nothing of the rooms above."""

import os
import secrets
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.db import Base, db, init_engine
from lms.ledger import rules
from lms.ledger.models import Checkpoint, Leaf, Log

TABLES = [model.__table__ for model in (Log, Leaf, Checkpoint)]


@pytest.fixture
def database_url(tmp_path):
    """A new SQLite file, or a new database on the server of TEST_DATABASE_URL."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        yield f"sqlite:///{tmp_path}/ledger.db"
        return
    name = f"ledger_{secrets.token_hex(6)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name}")


def make_app(database_url: str, data_dir: Path) -> Flask:
    """Return an application that is nothing but its database; other processes call it too."""
    app = Flask("ledger")
    app.config.from_mapping(
        DATABASE_URL=database_url,
        DATA_DIR=data_dir,
        BASE_URL="https://hub.example/training",
        DEMO=False,
    )
    init_engine(app)
    return app


@pytest.fixture
def app(database_url, tmp_path):
    app = make_app(database_url, tmp_path)
    # Tables are made beside the application, whose every transaction has its rules.
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    Base.metadata.create_all(engine, tables=TABLES)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def signer():
    return rules.Signer("hub.example/audit", bytes(range(32)))
