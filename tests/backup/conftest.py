"""A hub with something to lose, and empty places to put it back into."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.app import create_app
from lms.backup.rules import LEFT_OUT
from lms.db import Base, db, transaction
from lms.records.actions import sequence_events
from lms.store import actions as store
from tests.conftest import BASE, SERVER, drop_database, make_database
from tests.factories import make_enrolment, make_organisation, make_person

Contents = dict[str, list[tuple[Any, ...]]]
NEW_SINCE = {"epoch", "event", "leaf", "checkpoint"}  # what a restore adds to, or the sequencer


@pytest.fixture
def hub(taught: Flask) -> Flask:
    """A hub with a tree of organisations, a learner, files and a signed log."""
    with transaction():
        root = make_organisation("Root")
        # Random ids: some children sort and lie before their parents.
        for _ in range(5):
            site = make_organisation(parent=make_organisation(parent=root))
        learner = make_person(site, "learner", name="Ḥawwāʾ Girma", native_name="ሐዋ ግርማ")
        make_enrolment(learner, site, root)
        store.put(b"%PDF-1.7 \x00\xff not really")
        store.put(b"")
    with transaction():
        sequence_events()
    return taught


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Make apps in fresh folders on new databases: elsewhere("sqlite"), default as the tests'."""
    made: list[tuple[Flask, str]] = []

    def make(kind: str = "") -> Flask:
        folder = tmp_path / f"elsewhere{len(made)}"
        folder.mkdir()
        on_file = kind == "sqlite" or not SERVER
        url = f"sqlite:///{folder}/new.db" if on_file else make_database("elsewhere", folder)
        app = create_app(replace(BASE, data_dir=folder, database_url=url))
        made.append((app, "" if on_file else url))
        return app

    yield make
    for app, url in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        if url:
            drop_database(url)


def contents() -> Contents:
    """Return every row of every table that a backup keeps, read by the models."""
    with transaction(write=False):
        return {
            table.name: sorted(
                tuple(row) for row in db.session.execute(sa.select(*table.primary_key, table))
            )
            for table in Base.metadata.sorted_tables
            if table.name not in LEFT_OUT
        }
