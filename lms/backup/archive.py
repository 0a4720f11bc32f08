"""The archive as a file: plain tar that any tar can list, written in one way and read strictly.

Each header is wholly determined by name and size; the reader takes nothing else, so that links,
folders, sparse files, long-name extensions and flipped bits are refused before they mean anything.
Nothing is compressed: no entry can be larger than the file it comes in.
"""

import hashlib
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lms.backup.rules import MOST_BYTES, Bytes, Damaged, area_of
from lms.errors import N_, RuleBroken

_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One file within the archive and where its bytes begin."""

    name: str
    offset: int
    size: int


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.USTAR_FORMAT)


class Writer:
    """Writes entries one after the other into an open file."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink

    def add(self, name: str, data: bytes) -> Bytes:
        """Append an entry and return its size and digest.

        Raises:
            RuleBroken: it is larger than a restore would take.
        """
        if len(data) > MOST_BYTES[area_of(name)]:
            raise RuleBroken(N_("%(name)s is too large for a backup."), name=name)
        self._sink.write(_header(name, len(data)))
        self._sink.write(data)
        self._sink.write(bytes(-len(data) % _BLOCK))
        return Bytes(size=len(data), sha256=hashlib.sha256(data).hexdigest())

    def close(self) -> None:
        """Write the end mark and wait until everything is on the disk."""
        self._sink.write(_END)
        self._sink.flush()
        os.fsync(self._sink.fileno())


def entries(file: BinaryIO) -> Iterator[Entry]:
    """Yield each entry in order; between two steps the file may be read elsewhere.

    Raises:
        Damaged: the file is no archive, ends too early, or holds what no backup writes.
    """
    end = os.fstat(file.fileno()).st_size
    offset = 0
    while True:
        block = _at(file, offset, _BLOCK)
        if not any(block):
            break
        entry = _entry(block, offset + _BLOCK)
        padding = -entry.size % _BLOCK
        offset = entry.offset + entry.size + padding
        if offset > end:
            raise Damaged(N_("The archive ends in the midst of %(name)s."), name=entry.name)
        if any(_at(file, offset - padding, padding)):
            raise Damaged(N_("The archive is damaged at %(name)s."), name=entry.name)
        yield entry
    if _at(file, offset, len(_END)) != _END or end != offset + len(_END):
        raise Damaged(N_("The archive does not end where it should."))


def _at(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    block = file.read(size)
    if len(block) != size:
        raise Damaged(N_("The archive ends too early."))
    return block


def _entry(block: bytes, offset: int) -> Entry:
    try:
        info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    except (tarfile.HeaderError, ValueError):
        raise Damaged(N_("This is no backup of Seedtrain, or a damaged one.")) from None
    area = area_of(info.name)
    if info.type != tarfile.REGTYPE or info.size < 0 or block != _header(info.name, info.size):
        raise Damaged(N_("The archive's entry %(name)s is not a plain file."), name=info.name)
    if info.size > MOST_BYTES[area]:
        raise Damaged(N_("The archive's entry %(name)s is too large."), name=info.name)
    return Entry(info.name, offset, info.size)


def digest_of(file: BinaryIO, entry: Entry) -> Bytes:
    """Return the size and digest of an entry's bytes, read in small steps."""
    file.seek(entry.offset)
    hashed, left = hashlib.sha256(), entry.size
    while left and (chunk := file.read(min(left, _CHUNK))):
        hashed.update(chunk)
        left -= len(chunk)
    return Bytes(size=entry.size - left, sha256=hashed.hexdigest())


def read(file: BinaryIO, entry: Entry, expected: str) -> bytes:
    """Return an entry's bytes, which must still have the expected digest.

    Raises:
        Damaged: they have another.
    """
    data = _at(file, entry.offset, entry.size)
    if hashlib.sha256(data).hexdigest() != expected:
        raise Damaged(N_("The archive is damaged at %(name)s."), name=entry.name)
    return data
