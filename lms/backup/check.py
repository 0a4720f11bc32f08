"""Reads a whole archive before anything of it is used, and compares all of it with its manifest."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from lms.backup import archive
from lms.backup.archive import Entry
from lms.backup.rules import (
    MANIFEST,
    SEAL,
    Bytes,
    Damaged,
    KeptStore,
    Manifest,
    area_of,
    part_name,
    read_manifest,
    read_row,
)
from lms.errors import N_


@dataclass
class _Seen:
    """What is in the file, as met from its beginning to its end."""

    named: dict[str, tuple[Entry, Bytes]] = field(default_factory=dict)  # all but the store's
    files: int = 0
    size: int = 0
    names: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    last: str = ""


@dataclass(frozen=True)
class Checked:
    """An archive that is whole: its manifest, and where its entries are."""

    file: BinaryIO
    manifest: Manifest
    sha256: str
    named: dict[str, tuple[Entry, Bytes]]

    def part(self, table: str, number: int) -> Iterator[bytes]:
        """Yield the lines of a table's part."""
        yield from BytesIO(self.data(part_name(table, number)))

    def data(self, name: str) -> bytes:
        """Return the bytes of an entry that is no file of the store."""
        entry, found = self.named[name]
        return archive.read(self.file, entry, found.sha256)

    def stored(self) -> Iterator[bytes]:
        """Yield the bytes of each file of the store."""
        for entry in archive.entries(self.file):
            if area_of(entry.name) == "store":
                yield archive.read(self.file, entry, entry.name.removeprefix("store/"))


def check(file: BinaryIO) -> Checked:
    """Read an archive to its end and hold every byte against its manifest.

    Raises:
        Damaged: something is missing, altered, doubled, or more than a backup writes.
    """
    seen = _Seen()
    for entry in archive.entries(file):
        if SEAL in seen.named or (MANIFEST in seen.named and entry.name != SEAL):
            raise Damaged(N_("The archive goes on after its manifest."))
        _note(seen, entry, archive.digest_of(file, entry))
    if SEAL not in seen.named:
        raise Damaged(N_("The archive has no manifest: it is not whole."))
    sha256 = seen.named[MANIFEST][1].sha256
    if archive.read(file, seen.named[SEAL][0], seen.named[SEAL][1].sha256) != sha256.encode():
        raise Damaged(N_("The archive is damaged at %(name)s."), name=MANIFEST)
    manifest = read_manifest(archive.read(file, seen.named[MANIFEST][0], sha256))
    _compare(seen, manifest)
    checked = Checked(file, manifest, sha256, seen.named)
    _count_rows(checked)
    return checked


def _note(seen: _Seen, entry: Entry, found: Bytes) -> None:
    if area_of(entry.name) != "store":
        if entry.name in seen.named or (entry.name == SEAL and MANIFEST not in seen.named):
            raise Damaged(N_("The archive is damaged at %(name)s."), name=entry.name)
        seen.named[entry.name] = (entry, found)
        return
    # In order, so that none can come twice without all names being kept in memory.
    if entry.name <= seen.last or entry.name != f"store/{found.sha256}":
        raise Damaged(N_("The archive is damaged at %(name)s."), name=entry.name)
    seen.last = entry.name
    seen.files += 1
    seen.size += entry.size
    seen.names.update(f"{found.sha256}\n".encode())


def _compare(seen: _Seen, manifest: Manifest) -> None:
    expected = {f"keys/{name}": kept for name, kept in manifest.keys.items()}
    for table, kept in manifest.tables.items():
        expected |= {part_name(table, n): part for n, part in enumerate(kept.parts)}
    found = {name: digest for name, (_, digest) in seen.named.items()}
    for name in sorted((found.keys() | expected.keys()) - {MANIFEST, SEAL}):
        if found.get(name) != expected.get(name):
            raise Damaged(N_("The archive is damaged at %(name)s."), name=name)
    store = KeptStore(files=seen.files, size=seen.size, sha256=seen.names.hexdigest())
    if store != manifest.store:
        raise Damaged(N_("The archive does not hold the files that its manifest lists."))


def _count_rows(checked: Checked) -> None:
    """Read every row once, so that nothing is written before all of them are known to be good."""
    for name, kept in checked.manifest.tables.items():
        kinds = kept.kinds
        rows = 0
        for number in range(len(kept.parts)):
            for line in checked.part(name, number):
                read_row(line, kinds)
                rows += 1
        if rows != kept.rows:
            raise Damaged(N_("The archive holds other rows of %(name)s than it says."), name=name)
