"""The key files of DATA_DIR: read for a backup, written again with no more rights than before."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from lms.errors import N_, Conflict
from lms.settings import setting


def _folder() -> Path:
    return Path(setting("DATA_DIR")) / "keys"


def files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every key file; hidden ones are drafts."""
    folder = _folder()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield name.as_posix(), path.read_bytes()


def refuse_others(digests: Mapping[str, str]) -> None:
    """Refuse to go on where other keys are kept: a key is never written over.

    Raises:
        Conflict: there is a key that the archive has not, or has differently.
    """
    for name, data in files():
        if digests.get(name) != hashlib.sha256(data).hexdigest():
            raise Conflict(
                N_("DATA_DIR already holds the key %(name)s: restore into a fresh folder."),
                name=name,
            )


def put(name: str, data: bytes) -> None:
    """Write a key file, readable by its owner alone; one that is there is the same."""
    path = _folder() / name
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until what was renamed in a folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
