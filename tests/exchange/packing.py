"""Packages of question files, made from the folders beside the tests."""

from pathlib import Path

from tests.archives import packed

FILES = Path(__file__).parent / "files"


def package(folder: str) -> bytes:
    """Return the XML files of a folder as a ZIP."""
    place = FILES / folder
    return packed({p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*.xml")})
