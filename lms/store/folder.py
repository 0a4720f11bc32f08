"""Files kept by their content's digest in a folder; a file is whole or it is not there."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from lms.errors import N_, NotFound


class Folder:
    """A folder of files named by the SHA-256 of their bytes, in 256 subfolders."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep `data` durably and return its digest; keeping it twice is keeping it once.

        A file that was damaged since is made whole again.
        """
        name = hashlib.sha256(data).hexdigest()
        place = self._place(name)
        if not _holds(place, data):
            place.parent.mkdir(parents=True, exist_ok=True)
            _write(place, data)
        _sync_folder(place.parent)  # also where another process has just renamed it into place
        return name

    def get(self, name: str) -> bytes:
        """Return the bytes kept under the digest `name`.

        Raises:
            NotFound: nothing is kept under it, or what is kept no longer has that digest.
        """
        try:
            data = self._place(name).read_bytes()
        except FileNotFoundError:
            raise NotFound(N_("The file %(name)s is not in the store."), name=name) from None
        if hashlib.sha256(data).hexdigest() != name:
            raise NotFound(N_("The file %(name)s in the store is damaged."), name=name)
        return data

    def names(self) -> Iterator[str]:
        """Yield the digest of every file that is kept."""
        for place in sorted(self.root.glob("??/*")):
            if not place.name.startswith("."):
                yield place.name

    def measure(self, most: int) -> tuple[int, int, bool]:
        """Return how many files are kept, their bytes, and whether that is all of them.

        Args:
            most: after so many files counting ends.
        """
        files = size = 0
        for place in self.root.glob("??/*"):
            if files >= most:
                return files, size, False
            files, size = files + 1, size + place.stat().st_size
        return files, size, True

    def _place(self, name: str) -> Path:
        if len(name) != 64 or not all(c in "0123456789abcdef" for c in name):
            raise NotFound(N_("The file %(name)s is not in the store."), name=name)
        return self.root / name[:2] / name


def _holds(place: Path, data: bytes) -> bool:
    try:
        return place.read_bytes() == data
    except FileNotFoundError:
        return False


def _write(place: Path, data: bytes) -> None:
    """Write beside the place, sync, then rename: a crash leaves no half file behind."""
    draft = place.with_name(f".{place.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)
    except BaseException:
        draft.unlink(missing_ok=True)  # on a full disk a heap of drafts would keep it full
        raise


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
