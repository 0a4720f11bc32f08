"""What an archive of one module may be: read with limits, never written anywhere. Pure."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.source import LARGEST_FILE
from lms.errors import N_

MOST_FILES = 500
LARGEST_WHOLE = 24 * 1024 * 1024  # bytes of all files, unpacked
_PASSED_OVER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_ENCRYPTED = 0x1


class Unpackable(Exception):
    """An archive that is not read; `problems` says why, with the names as they stand in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.text() for problem in problems))
        self.problems = problems


def unpack(archive: str, data: bytes) -> dict[str, bytes]:
    """Return the files of the one module in a ZIP, by their paths from module.toml's folder.

    Sizes are counted while reading: what the archive says of itself is not believed.

    Args:
        archive: the name that problems give it.

    Raises:
        Unpackable: not a ZIP, too large or with too many files, names that lead out of it, links,
            encryption, files that differ only in case, or not exactly one module.toml.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            entries = [one for one in opened.infolist() if not _passed_over(one)]
            problems = list(_check_entries(archive, entries))
            if problems:
                raise Unpackable(problems)
            files = _read(archive, opened, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        message = N_("this is no ZIP file that can be read")
        raise Unpackable([Problem(archive, "", message, N_("pack the folder anew"))]) from error
    return _module(archive, files)


def _passed_over(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.split("/")
    return entry.is_dir() or any(part in _PASSED_OVER for part in parts)


def _check_entries(archive: str, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    if len(entries) > MOST_FILES:
        message = N_("there are more than %(most)s files in it")
        mend = N_("pack one module's folder only")
        yield Problem(archive, "", message, mend, {"most": str(MOST_FILES)})
        return
    seen: dict[str, str] = {}
    for entry in entries:
        name = entry.filename
        if found := _wrong_with(entry):
            yield Problem(f"{archive}/{_shown(name)}", "", *found)
        elif name.casefold() in seen:
            message = N_("“%(other)s” is the same name to some machines")
            params = {"other": seen[name.casefold()]}
            yield Problem(f"{archive}/{name}", "", message, N_("rename one"), params)
        seen.setdefault(name.casefold(), name)


def _wrong_with(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
    if not name.isprintable() or "\\" in name or ":" in name or len(name) > 200:
        return N_("a name with signs that no file of a module has"), N_("rename it")
    if name.startswith("/") or ".." in PurePosixPath(name).parts:
        return N_("this name leads out of the archive"), N_("pack the folder anew")
    if kind not in (0, stat.S_IFREG):
        return N_("this is a link"), N_("put the file itself in its place")
    if entry.flag_bits & _ENCRYPTED:
        return N_("this file is encrypted"), N_("pack the folder without a password")
    return None


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in name)[:80]


def _read(
    archive: str, opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    whole = 0
    for entry in entries:
        with opened.open(entry) as file:
            data = file.read(LARGEST_FILE + 1)
        whole += len(data)
        if len(data) > LARGEST_FILE:
            message = N_("this file is larger than 1 MiB")
            place = f"{archive}/{entry.filename}"
            raise Unpackable([Problem(place, "", message, N_("make it smaller"))])
        if whole > LARGEST_WHOLE:
            message = N_("unpacked, the files are larger than %(most)s MiB")
            params = {"most": str(LARGEST_WHOLE // 1024**2)}
            raise Unpackable([Problem(archive, "", message, N_("make them smaller"), params)])
        files[entry.filename] = data
    return files


def _module(archive: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files under the folder that has the module.toml, which stands there once."""
    homes = [name for name in files if PurePosixPath(name).name == "module.toml"]
    if len(homes) != 1:
        message = (
            N_("there is no module.toml in it") if not homes else N_("it holds several modules")
        )
        mend = N_("pack the folder of one module, with its module.toml")
        raise Unpackable([Problem(archive, "", message, mend)])
    prefix = homes[0].removesuffix("module.toml")
    outside = [name for name in files if not name.startswith(prefix)]
    if outside:
        message = N_("this file lies outside the module's folder")
        mend = N_("take it out, or move it into the folder")
        raise Unpackable([Problem(f"{archive}/{name}", "", message, mend) for name in outside])
    return {name.removeprefix(prefix): data for name, data in files.items()}
