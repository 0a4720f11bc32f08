"""Claims about what is installed: nothing below the version that mended a known fault.

Read the list again every month; a scanner without its data finds nothing and says so to nobody.
"""

import re
import sqlite3
from importlib.metadata import PackageNotFoundError, version

import pytest
from flask import Flask

from lms.db import db, transaction
from tests.architecture.source import ROOT

FLOORS = {
    "weasyprint": (70, 0),  # CVE-2025-68616, CVE-2026-49452, CVE-2026-55073, CVE-2024-28184
    "flask": (3, 1, 3),  # CVE-2026-27205: `Vary: Cookie`
    "werkzeug": (3, 1, 6),
    "jinja2": (3, 1, 6),
}
FLOORS_IF_USED = {
    "authlib": (1, 7, 1),  # CVE-2026-27962, CVE-2026-44681
    "pypdf": (6, 13),  # a stream of denials of service
}
SQLITE_WITH_WAL = (3, 51, 3)  # below it, WAL may corrupt the file


def numbers(text: str) -> tuple[int, ...]:
    """Return the release of a version, without what follows it (rc1, .post2, +local)."""
    found = re.match(r"\d+(\.\d+)*", text)
    assert found, text
    return tuple(int(part) for part in found[0].split("."))


@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_what_is_installed_has_its_known_faults_mended(
    package: str, floor: tuple[int, ...]
) -> None:
    assert numbers(version(package)) >= floor


@pytest.mark.parametrize(("package", "floor"), FLOORS_IF_USED.items())
def test_what_may_be_installed_has_its_known_faults_mended(
    package: str, floor: tuple[int, ...]
) -> None:
    try:
        installed = version(package)
    except PackageNotFoundError:
        return
    assert numbers(installed) >= floor


@pytest.mark.parametrize(("package", "floor"), {**FLOORS, **FLOORS_IF_USED}.items())
def test_what_is_pinned_has_its_known_faults_mended(package: str, floor: tuple[int, ...]) -> None:
    pins = "".join(path.read_text() for path in (ROOT / "requirements").glob("*.txt"))
    pinned = re.findall(rf"^{package}==([\w.]+)", pins, re.MULTILINE | re.IGNORECASE)
    assert pinned or package in FLOORS_IF_USED
    assert all(numbers(one) >= floor for one in pinned)


def test_sqlite_keeps_a_write_ahead_log_only_on_a_library_that_is_mended(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("a claim about SQLite")
    with transaction(write=False):
        mode = db.session.connection().exec_driver_sql("PRAGMA journal_mode").scalar()
    assert mode != "wal" or sqlite3.sqlite_version_info >= SQLITE_WITH_WAL
