"""Claims about the store: a file is whole or it is not there, and a name is never a path."""

import errno
import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lms.errors import NotFound
from lms.store import actions as store
from lms.store.folder import Folder

DATA = b"%PDF-1.7 \x00\xff"
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "store")


def _files(folder: Folder) -> list[str]:
    return sorted(path.name for path in folder.root.rglob("*") if path.is_file())


def test_what_is_kept_comes_back_under_its_digest(folder: Folder) -> None:
    for data in (DATA, b"", b"x" * 1_000_000):
        assert folder.get(folder.put(data)) == data
    assert folder.put(DATA) == NAME
    assert len(list(folder.names())) == 3


def test_keeping_twice_is_keeping_once(folder: Folder) -> None:
    folder.put(DATA)
    place = folder.root / NAME[:2] / NAME
    before = place.stat().st_ino
    folder.put(DATA)
    assert place.stat().st_ino == before
    assert list(folder.names()) == [NAME]


CRASH = """
import os, sys
from pathlib import Path
from lms.store.folder import Folder
os.replace = lambda *places: os._exit(9)  # the power goes between writing and renaming
Folder(Path(sys.argv[1])).put(bytes.fromhex(sys.argv[2]))
"""


def test_a_crash_between_writing_and_renaming_leaves_no_half_file(folder: Folder) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(folder.root), DATA.hex()],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 9
    assert list(folder.names()) == []
    with pytest.raises(NotFound):
        folder.get(NAME)
    assert folder.put(DATA) == NAME
    assert folder.get(NAME) == DATA


def test_a_full_disk_leaves_nothing_behind(folder: Folder, monkeypatch) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        folder.put(DATA)
    assert _files(folder) == []


def test_a_file_is_synced_before_it_gets_its_name_and_the_name_before_put_returns(
    folder: Folder, monkeypatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_sync(file: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{file}") else "file")
        fsync(file)

    def note_rename(*places: Path) -> None:
        steps.append("rename")
        replace(*places)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    folder.put(DATA)
    assert steps == ["file", "rename", "folder"]


def test_a_damaged_file_is_refused_and_keeping_it_again_mends_it(folder: Folder) -> None:
    folder.put(DATA)
    place = folder.root / NAME[:2] / NAME
    for damaged in (DATA[:-1], DATA + b"\0", b""):
        place.write_bytes(damaged)
        with pytest.raises(NotFound, match="damaged"):
            folder.get(NAME)
    folder.put(DATA)
    assert folder.get(NAME) == DATA


TRICKS = [
    "../../etc/passwd",
    "..",
    "",
    "/etc/passwd",
    NAME.upper(),
    NAME[:-1],
    NAME + "0",
    "../" + NAME[3:],
    NAME[:31] + "/" + NAME[32:],
    NAME[:-1] + "\0",
    NAME[:-1] + "\n",
    "." + NAME[1:],
    "０" * 64,
]


@pytest.mark.parametrize("name", TRICKS)
def test_what_is_no_digest_names_nothing(folder: Folder, name: str) -> None:
    folder.put(DATA)
    with pytest.raises(NotFound):
        folder.get(name)


def test_many_at_once_keep_one_whole_file(folder: Folder) -> None:
    data = os.urandom(200_000)
    together = threading.Barrier(8)

    def put() -> None:
        together.wait(20)
        assert folder.get(folder.put(data)) == data

    threads = [threading.Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert _files(folder) == [hashlib.sha256(data).hexdigest()]


def test_the_store_of_an_app_lies_where_its_setting_says(app, tmp_path: Path) -> None:
    name = store.put(DATA)
    assert (tmp_path / "store" / name[:2] / name).read_bytes() == DATA
    assert store.get(name) == DATA
    assert list(store.names()) == [name]
    assert store.is_well()


def test_a_store_that_no_code_is_for_is_refused_by_name(app) -> None:
    app.config["STORE_URL"] = "ftp://somewhere/else"
    with pytest.raises(ValueError, match="ftp"):
        store.put(DATA)
