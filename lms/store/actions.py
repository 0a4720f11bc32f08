"""Keep and fetch bytes by digest, in the store that STORE_URL names."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from lms.settings import setting
from lms.store.folder import Folder


@lru_cache(maxsize=8)
def _folder(url: str) -> Folder:
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise ValueError(f"STORE_URL must begin with file://, not {parts.scheme}://")
    return Folder(Path(parts.path))


def put(data: bytes) -> str:
    """Keep `data` durably (synced before this returns) and return its SHA-256 in hex."""
    return _folder(setting("STORE_URL")).put(data)


def get(name: str) -> bytes:
    """Return the bytes kept under the digest `name`; raises NotFound."""
    return _folder(setting("STORE_URL")).get(name)


def names() -> Iterator[str]:
    """Yield the digests of everything kept."""
    return _folder(setting("STORE_URL")).names()


def measure(most: int) -> tuple[int, int, bool]:
    """Return how many files are kept, their bytes, and whether that is all (counts to `most`)."""
    return _folder(setting("STORE_URL")).measure(most)


def is_well() -> bool:
    """Tell whether the store takes and gives back a file."""
    return get(put(b"seedtrain")) == b"seedtrain"
