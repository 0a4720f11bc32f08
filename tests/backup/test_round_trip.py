"""Claims about a backup that is taken and put back: everything is there, as it was."""

import json
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from lms import clock
from lms.backup import actions
from lms.db import db, transaction
from lms.ledger.keys import log_signer
from lms.people.models import Organisation, Person, SessionHeld
from lms.records.actions import sequence_events
from lms.records.models import Epoch
from lms.records.verify import verify
from lms.settings import setting
from lms.store import actions as store
from tests.backup.conftest import NEW_SINCE, contents
from tests.conftest import SERVER
from tests.factories import make_organisation

Elsewhere = Callable[..., Flask]


def run(app: Flask, *words: str) -> tuple[int, str]:
    """Run a command of the app; return its status and what it said."""
    done = app.test_cli_runner().invoke(args=list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_everything_comes_back_as_it_was(hub: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    before, files = contents(), {name: store.get(name) for name in store.names()}
    seed = log_signer("audit").seed
    status, said = run(hub, "backup", str(tmp_path / "a.tar"))
    assert status == 0, said
    other = elsewhere()
    with other.app_context():
        status, said = run(other, "restore", str(tmp_path / "a.tar"))
        assert status == 0, said
        after = contents()
        assert {name: rows for name, rows in after.items() if name not in NEW_SINCE} == {
            name: rows for name, rows in before.items() if name not in NEW_SINCE
        }
        assert set(before["event"]) <= set(after["event"])
        assert after["leaf"] == before["leaf"]
        assert after["checkpoint"] == before["checkpoint"]
        assert {name: store.get(name) for name in store.names()} == files
        assert log_signer("audit").seed == seed


def test_what_is_restored_verifies_and_its_log_goes_on(
    hub: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    actions.back_up(tmp_path / "a.tar")
    other = elsewhere()
    with other.app_context():
        run(other, "restore", str(tmp_path / "a.tar"))
        with transaction():
            make_organisation("Founded after the restore")
        with transaction():
            assert sequence_events() > 0
            while sequence_events():  # the rest, batch by batch
                pass
        status, said = run(other, "records", "verify")
        assert status == 0, said
        with transaction(write=False):
            assert verify().waiting == 0


def test_a_restore_begins_a_new_epoch_that_names_the_archive(
    hub: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    kept = actions.back_up(tmp_path / "a.tar")
    other = elsewhere()
    with other.app_context():
        run(other, "restore", str(tmp_path / "a.tar"))
        with transaction(write=False):
            newest = db.session.scalars(sa.select(Epoch).order_by(Epoch.number.desc())).first()
            assert newest is not None
            assert newest.number == kept.epoch + 1
            assert newest.origin["made_at"] == kept.made_at
            assert newest.origin["revision"] == kept.revision


def test_an_archive_moves_between_the_databases_and_back(
    hub: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    if not SERVER:
        pytest.skip("needs PostgreSQL, which make test-postgres starts")
    before = contents()
    actions.back_up(tmp_path / "from-postgresql.tar")
    file = elsewhere("sqlite")
    with file.app_context():
        assert db.engine.dialect.name == "sqlite"
        assert run(file, "restore", str(tmp_path / "from-postgresql.tar"))[0] == 0
        actions.back_up(tmp_path / "from-sqlite.tar")
    server = elsewhere()
    with server.app_context():
        assert db.engine.dialect.name == "postgresql"
        assert run(server, "restore", str(tmp_path / "from-sqlite.tar"))[0] == 0
        after = contents()
        with transaction(write=False):
            assert verify().mismatches == ()
    for name in before.keys() - NEW_SINCE:
        assert after[name] == before[name], name


def test_the_archive_and_the_keys_are_for_their_owner_alone(
    hub: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    _, said = run(hub, "backup", str(tmp_path / "a.tar"))
    assert "private keys and personal data" in said
    assert stat.S_IMODE((tmp_path / "a.tar").stat().st_mode) == 0o600
    other = elsewhere()
    with other.app_context():
        run(other, "restore", str(tmp_path / "a.tar"))
        keys = Path(setting("DATA_DIR")) / "keys"
        assert stat.S_IMODE(keys.stat().st_mode) == 0o700
        assert stat.S_IMODE((keys / "log.key").stat().st_mode) == 0o600


def test_nothing_else_is_left_beside_the_archive(hub: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    actions.back_up(folder / "a.tar")
    assert [path.name for path in folder.iterdir()] == ["a.tar"]


def test_any_tar_lists_the_archive_and_any_editor_reads_its_rows(
    hub: Flask, tmp_path: Path
) -> None:
    actions.back_up(tmp_path / "a.tar")
    with tarfile.open(tmp_path / "a.tar") as archive:
        found = archive.extractfile("tables/organisation/000000.jsonl")
        assert found is not None
        rows = [json.loads(line) for line in found]
        assert any("Root" in row for row in rows)
        assert {member.mode for member in archive} == {0o600}


def test_sessions_are_left_behind(hub: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    with transaction():
        person = db.session.scalars(sa.select(Person.id)).first()
        assert person is not None
        db.session.add(SessionHeld(person_id=person, begun_at=clock.now()))
    actions.back_up(tmp_path / "a.tar")
    assert b"session_held/" not in (tmp_path / "a.tar").read_bytes()
    other = elsewhere()
    with other.app_context():
        assert run(other, "restore", str(tmp_path / "a.tar"))[0] == 0
        with transaction(write=False):
            assert db.session.scalar(sa.select(sa.func.count(SessionHeld.id))) == 0


def test_a_damaged_file_of_the_store_is_named_and_costs_nothing_else(
    hub: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    name = store.put(b"will rot")
    place = next(Path(setting("STORE_URL").removeprefix("file://")).rglob(name))
    place.write_bytes(b"has rotted")
    status, said = run(hub, "backup", str(tmp_path / "a.tar"))
    assert status == 1
    assert name in said
    other = elsewhere()
    with other.app_context():
        assert run(other, "restore", str(tmp_path / "a.tar"))[0] == 0
        assert name not in set(store.names())


def test_rows_come_back_before_those_they_refer_to(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    with transaction():
        root = make_organisation("Root")
        child = make_organisation("Child", parent=root)
        db.session.flush()
        # Written again, the root lies after its child in the file.
        names = [c.name for c in Organisation.__table__.columns if c.name != "id"]
        values = {name: getattr(root, name) for name in names}
        old, new = root.id, "0" * 26
        db.session.execute(sa.insert(Organisation).values(id=new, **values | {"path": f"/{new}/"}))
        db.session.execute(
            sa.update(Organisation).where(Organisation.id == child.id).values(parent_id=new)
        )
        db.session.execute(sa.delete(Organisation).where(Organisation.id == old))
    actions.back_up(tmp_path / "a.tar")
    other = elsewhere()
    with other.app_context():
        status, said = run(other, "restore", str(tmp_path / "a.tar"))
        assert status == 0, said
        with transaction(write=False):
            parents = {o.name: o.parent_id for o in db.session.scalars(sa.select(Organisation))}
        assert parents == {"Root": None, "Child": "0" * 26}


def test_an_older_archive_is_migrated_on_before_its_new_epoch_begins(
    hub: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    kept = actions.back_up(tmp_path / "a.tar")
    there_when_migrating: dict[str, int] = {}

    def migrate(revision: str) -> None:
        if revision == kept.revision:
            upgrade(revision=revision)
        with transaction(write=False):
            count = db.session.scalar(sa.select(sa.func.count(Organisation.id)))
            there_when_migrating[revision] = count or 0
            assert db.session.scalar(sa.select(sa.func.count(Epoch.id))) == kept.epoch

    other = elsewhere()
    with other.app_context(), (tmp_path / "a.tar").open("rb") as source:
        actions.restore(source, revisions=["29991231_later", kept.revision], migrate=migrate)
        assert there_when_migrating == {kept.revision: 0, "29991231_later": 11}
        with transaction(write=False):
            newest = db.session.scalar(sa.select(sa.func.max(Epoch.number)))
            assert newest == kept.epoch + 1
