"""A package of question files as its files by name: read with limits, never written anywhere."""

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from lms.errors import N_
from lms.exchange.bounds import MOST_ITEMS, too_large
from lms.exchange.item import Unreadable

MOST_FILES = MOST_ITEMS + 500
LARGEST_WHOLE = 64 * 1024 * 1024  # bytes of all files, unpacked
LARGEST_FILE = 16 * 1024 * 1024
MOST_RATIO = 200  # how much smaller a packed file may be than itself, once it is large
_SMALL = 1024 * 1024
_ENCRYPTED = 0x1
_BESIDE = ("__MACOSX", ".DS_Store", "Thumbs.db")


def is_archive(data: bytes) -> bool:
    """Tell whether bytes begin as a ZIP does."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def unpacked(data: bytes, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files of a ZIP whose names end in one of `wanted`, in the ZIP's order.

    Sizes are counted while reading: what the archive says of itself is not believed. Other files
    (sound, film) are not unpacked.

    Raises:
        Unreadable: no ZIP, too many files or too large, names that lead out of it or stand there
            twice, links, encryption.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            entries = [one for one in opened.infolist() if not _passed_over(one)]
            _check(entries)
            return _read(opened, [e for e in entries if e.filename.lower().endswith(wanted)])
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
        RuntimeError, OverflowError, LookupError, MemoryError,
    ) as error:  # fmt: skip  # whatever a broken archive makes of the reader
        raise Unreadable(N_("This is no ZIP file that can be read.")) from error


def _passed_over(entry: zipfile.ZipInfo) -> bool:
    return entry.is_dir() or any(part in _BESIDE for part in entry.filename.split("/"))


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        said = N_("There are more than %(most)s files in this package.")
        raise Unreadable(said, most=str(MOST_FILES))
    seen: set[str] = set()
    for entry in entries:
        name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
        shown = "".join(sign if sign.isprintable() else "�" for sign in name)[:80]
        leads_out = name.startswith("/") or ".." in PurePosixPath(name).parts
        if leads_out or "\\" in name or ":" in name or not name.isprintable() or len(name) > 400:
            raise Unreadable(N_("The name “%(name)s” leads out of the package."), name=shown)
        if kind not in (0, stat.S_IFREG):
            raise Unreadable(N_("“%(name)s” is a link, not a file."), name=shown)
        if entry.flag_bits & _ENCRYPTED:
            raise Unreadable(N_("“%(name)s” is encrypted."), name=shown)
        if name.casefold() in seen:
            raise Unreadable(N_("“%(name)s” stands in the package twice."), name=shown)
        seen.add(name.casefold())


def _read(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    whole = 0
    for entry in entries:
        most = max(_SMALL, min(LARGEST_FILE, entry.compress_size * MOST_RATIO))
        with opened.open(entry) as file:
            held = file.read(most + 1)
        whole += len(held)
        if len(held) > most:
            said = N_("“%(name)s” unpacks to far more than it should.")
            raise Unreadable(said, name=entry.filename[:80])
        if whole > LARGEST_WHOLE:
            raise too_large(LARGEST_WHOLE)
        files[entry.filename] = held
    return files
