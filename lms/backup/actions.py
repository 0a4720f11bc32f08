"""Back everything up into one file, and put all of it back into an empty place."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lms import clock
from lms.actor import SYSTEM
from lms.backup import keys, tables
from lms.backup.archive import Writer
from lms.backup.check import Checked, check
from lms.backup.rules import (
    LEFT_OUT,
    MANIFEST,
    PART_BYTES,
    SEAL,
    Bytes,
    KeptStore,
    KeptTable,
    Manifest,
    part_name,
    read_row,
    write_row,
)
from lms.backup.snapshot import snapshot
from lms.backup.tables import Shape
from lms.columns import canonical
from lms.db import db, transaction
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.records.actions import begin_epoch
from lms.records.models import Epoch
from lms.store import actions as store

# --- there ------------------------------------------------------------------------------------


def back_up(target: Path) -> Manifest:
    """Write the database as it is now, the store and the keys into a new file, while work goes on.

    Returns:
        What was kept; `damaged` names files that the store no longer held as they were.

    Raises:
        Conflict: there is a file of that name.
        RuleBroken: the database was never set up, or holds what cannot be kept.
    """
    if target.exists():
        raise Conflict(N_("%(path)s exists already: name a new file."), path=str(target))
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as place:
        folder = Path(place)
        draft = folder / "archive"
        with _private(draft) as sink:
            manifest = _fill(Writer(sink), folder)
        os.replace(draft, target)
    keys.sync_folder(target.parent)
    return manifest


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(handle, "wb") as file:
        yield file


def _fill(writer: Writer, folder: Path) -> Manifest:
    """Write the database first: whatever its rows point to is then in the store."""
    with snapshot(folder) as connection:
        revision = tables.revision(connection)
        if revision is None:
            raise RuleBroken(N_("The database was never set up: there is nothing to back up."))
        epoch = connection.scalar(sa.select(sa.func.max(Epoch.number))) or 0
        kept = {
            shape.name: _write_table(writer, connection, shape)
            for shape in tables.shapes(connection)
            if shape.name not in LEFT_OUT
        }
    files, damaged = _write_store(writer)
    manifest = Manifest(
        format="seedtrain-backup",
        version=1,
        made_at=clock.now().isoformat(),
        revision=revision,
        epoch=epoch,
        database="sqlite" if db.engine.dialect.name == "sqlite" else "postgresql",
        tables=kept,
        store=files,
        keys={name: writer.add(f"keys/{name}", data) for name, data in keys.files()},
        left_out=tuple(sorted(LEFT_OUT)),
        damaged=tuple(damaged),
    )
    seal = writer.add(MANIFEST, canonical(manifest.model_dump(mode="json")))
    writer.add(SEAL, seal.sha256.encode())
    writer.close()
    return manifest


def _write_table(writer: Writer, connection: Connection, shape: Shape) -> KeptTable:
    parts: list[Bytes] = []
    kinds = list(shape.columns.values())
    count, part = 0, bytearray()
    try:
        for row in tables.rows(connection, shape):
            part += write_row(row, kinds)
            count += 1
            if len(part) >= PART_BYTES:
                parts.append(writer.add(part_name(shape.name, len(parts)), bytes(part)))
                part.clear()
    except (TypeError, ValueError) as error:
        raise RuleBroken(
            N_("A row of %(table)s cannot be kept: %(why)s."), table=shape.name, why=str(error)
        ) from error
    if part:
        parts.append(writer.add(part_name(shape.name, len(parts)), bytes(part)))
    columns: Any = tuple(shape.columns.items())  # pydantic holds the kinds to their words
    return KeptTable(columns=columns, rows=count, parts=tuple(parts))


def _write_store(writer: Writer) -> tuple[KeptStore, list[str]]:
    names, damaged = hashlib.sha256(), []
    files = size = 0
    for name in store.names():
        try:
            data = store.get(name)
        except NotFound:  # its bytes have changed: no other file shall be lost for that
            damaged.append(name)
            continue
        size += writer.add(f"store/{name}", data).size
        files += 1
        names.update(f"{name}\n".encode())
    return KeptStore(files=files, size=size, sha256=names.hexdigest()), damaged


# --- and back ---------------------------------------------------------------------------------


def restore(
    source: BinaryIO, *, revisions: Sequence[str], migrate: Callable[[str], None]
) -> Manifest:
    """Put an archive back into an empty database, and begin a new epoch of it.

    Everything is checked before anything is written; rows come last and in one transaction, so
    that a restore which is interrupted leaves a database without rows and can be done again.

    Args:
        source: the archive, open for reading.
        revisions: the schema revisions that this release knows, the newest first.
        migrate: brings the database to a revision.

    Raises:
        Damaged: the archive is not whole and as it was written.
        Conflict: the place is not empty.
        RuleBroken: the archive is of a newer release, or does not fit the database.
    """
    checked = check(source)
    manifest = checked.manifest
    if manifest.revision not in revisions:
        raise RuleBroken(
            N_("The archive is of another release (schema %(revision)s): restore it with that."),
            revision=manifest.revision,
        )
    _refuse_what_is_in_use(manifest, revisions)
    keys.refuse_others({name: kept.sha256 for name, kept in manifest.keys.items()})
    migrate(manifest.revision)
    for data in checked.stored():
        store.put(data)
    for name in manifest.keys:
        keys.put(name, checked.data(f"keys/{name}"))
    newest = revisions[0]
    with transaction():
        _put_rows_back(checked, db.session.connection())
        if manifest.revision == newest:
            _begin_epoch(checked)
    if manifest.revision != newest:
        migrate(newest)
        with transaction():
            _begin_epoch(checked)
    return manifest


def _refuse_what_is_in_use(manifest: Manifest, revisions: Sequence[str]) -> None:
    with transaction(write=False):
        connection = db.session.connection()
        full = tables.first_with_rows(connection)
        if full is not None:
            raise Conflict(
                N_("The database is not empty (%(table)s has rows): restore into a new one."),
                table=full,
            )
        at = tables.revision(connection)
        if at is not None and at not in revisions[revisions.index(manifest.revision) :]:
            raise Conflict(
                N_("The database was set up by a newer release than the archive: take a new one.")
            )


def _put_rows_back(checked: Checked, connection: Connection) -> None:
    kept = checked.manifest.tables
    here = [shape for shape in tables.shapes(connection) if shape.name not in LEFT_OUT]
    _refuse_other_tables(kept, {shape.name: shape for shape in here})
    for shape in here:
        try:
            tables.put_back(connection, shape, _rows(checked, shape))
        except sa.exc.DBAPIError as error:
            raise RuleBroken(
                N_("The rows of %(table)s do not fit this database: %(why)s"),
                table=shape.name,
                why=str(error.orig).splitlines()[0],
            ) from error


def _refuse_other_tables(kept: dict[str, KeptTable], here: dict[str, Shape]) -> None:
    for name in sorted(kept.keys() | here.keys()):
        if name not in kept or name not in here or here[name].columns != dict(kept[name].columns):
            raise RuleBroken(
                N_("The archive and this release disagree about the table %(table)s."), table=name
            )


def _rows(checked: Checked, shape: Shape) -> Iterator[Sequence[Any]]:
    """Yield a table's rows, values in the order of the database's columns."""
    kept = checked.manifest.tables[shape.name]
    names, kinds = [name for name, _ in kept.columns], kept.kinds
    order = [names.index(name) for name in shape.columns]
    for number in range(len(kept.parts)):
        for line in checked.part(shape.name, number):
            values = read_row(line, kinds)
            yield [values[at] for at in order]


def _begin_epoch(checked: Checked) -> None:
    manifest = checked.manifest
    origin = {
        "archive": checked.sha256,
        "made_at": manifest.made_at,
        "revision": manifest.revision,
        "epoch": manifest.epoch,
        "database": manifest.database,
    }
    begin_epoch("restored from a backup", origin, by=SYSTEM)
