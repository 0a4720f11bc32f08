"""Claims about archives that are damaged or made to harm: refused before anything is written."""

import gzip
import io
import random
import tarfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.backup import actions, tables
from lms.backup.archive import Writer
from lms.backup.check import check
from lms.backup.rules import Bytes, Damaged, Manifest, read_manifest
from lms.columns import canonical
from lms.db import db, transaction
from lms.settings import setting
from lms.store import actions as store
from tests.factories import make_organisation

Elsewhere = Callable[..., Flask]
HEADER = 512


@pytest.fixture
def archive(app: Flask, tmp_path: Path) -> bytes:
    """A small archive, whole."""
    with transaction():
        make_organisation("Root")
    store.put(b"a file")
    actions.back_up(tmp_path / "whole.tar")
    return (tmp_path / "whole.tar").read_bytes()


def judge(data: bytes, folder: Path) -> None:
    """Check an archive with these bytes."""
    path = folder / "judged.tar"
    path.write_bytes(data)
    with path.open("rb") as file:
        check(file)


def test_a_whole_archive_passes(archive: bytes, tmp_path: Path) -> None:
    judge(archive, tmp_path)


def test_every_flipped_bit_is_found(archive: bytes, tmp_path: Path) -> None:
    chance = random.Random(23)
    places = {*range(0, len(archive), len(archive) // 60), len(archive) - 1, len(archive) - 1500}
    for place in sorted(places | {chance.randrange(len(archive)) for _ in range(60)}):
        bent = bytearray(archive)
        bent[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Damaged):
            judge(bytes(bent), tmp_path)


def test_an_archive_that_ends_early_is_found(archive: bytes, tmp_path: Path) -> None:
    for size in [0, 1, 511, 512, 513, *range(1024, len(archive), 4096), len(archive) - 1]:
        with pytest.raises(Damaged):
            judge(archive[:size], tmp_path)


@pytest.mark.parametrize("more", [b"x", bytes(512), bytes(10240)])
def test_an_archive_that_goes_on_after_its_end_is_found(
    archive: bytes, tmp_path: Path, more: bytes
) -> None:
    with pytest.raises(Damaged):
        judge(archive + more, tmp_path)


def test_a_missing_doubled_or_moved_entry_is_found(archive: bytes, tmp_path: Path) -> None:
    blocks = _entries(archive)
    end = bytes(1024)
    for at in range(len(blocks)):
        with pytest.raises(Damaged):
            judge(b"".join(blocks[:at] + blocks[at + 1 :]) + end, tmp_path)
        with pytest.raises(Damaged):
            judge(b"".join(blocks[: at + 1] + blocks[at:]) + end, tmp_path)


def _entries(data: bytes) -> list[bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as found:
        starts = [member.offset for member in found] + [len(data) - 1024]
    return [data[a:b] for a, b in pairwise(starts)]


# --- made to harm -----------------------------------------------------------------------------


def _with(member: tarfile.TarInfo, data: bytes = b"", form: int = tarfile.PAX_FORMAT) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=form) as made:
        member.size = len(data)
        made.addfile(member, io.BytesIO(data))
    return sink.getvalue()


def _member(name: str, type_: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname, member.mode = type_, link, 0o600
    return member


def _swollen() -> bytes:
    """Say that a file is far larger than the archive it comes in."""
    member = _member("store/" + "0" * 64)
    member.size = 8**11 - 1
    return member.tobuf(tarfile.USTAR_FORMAT) + bytes(2048)


HARMFUL = {
    "step upward": _with(_member("../evil"), b"x"),
    "step upward further in": _with(_member("keys/../../evil"), b"x"),
    "absolute name": _with(_member("/tmp/evil"), b"x"),
    "symbolic link": _with(_member("keys/log.key", tarfile.SYMTYPE, "/etc/passwd")),
    "hard link": _with(_member("keys/log.key", tarfile.LNKTYPE, "keys/other")),
    "folder": _with(_member("keys/log.key", tarfile.DIRTYPE)),
    "device": _with(_member("keys/log.key", tarfile.CHRTYPE)),
    "pipe": _with(_member("keys/log.key", tarfile.FIFOTYPE)),
    "sparse file": _with(_member("keys/log.key", tarfile.GNUTYPE_SPARSE)),
    "long name": _with(_member("keys/" + "a" * 300), b"x"),
    "long name of GNU": _with(_member("keys/" + "a" * 300), b"x", tarfile.GNU_FORMAT),
    "name beyond ASCII": _with(_member("keys/é"), b"x", tarfile.USTAR_FORMAT),
    "greater than it is": _swollen(),
    "hidden key": _with(_member("keys/.bashrc"), b"x"),
    "compressed": gzip.compress(_with(_member("keys/log.key"), b"x")),
    "bomb": gzip.compress(bytes(50_000_000)),
    "no archive": b"PK\x03\x04" + bytes(2000),
    "nothing but an end": bytes(1024),
    "empty": b"",
}


@pytest.mark.parametrize("data", HARMFUL.values(), ids=HARMFUL)
def test_an_archive_made_to_harm_is_refused_and_nothing_is_written(
    data: bytes, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    other = elsewhere()
    (tmp_path / "harmful.tar").write_bytes(data)
    with other.app_context():
        before = sorted(tmp_path.rglob("*"))
        done = other.test_cli_runner().invoke(args=["restore", str(tmp_path / "harmful.tar")])
        assert done.exit_code == 1, done.output
        assert done.output.startswith("Error: ")
        assert len(done.output.splitlines()) == 1
        with transaction(write=False):
            assert sa.inspect(db.session.connection()).get_table_names() == []
    assert not (tmp_path / "evil").exists()
    assert [
        p for p in sorted(tmp_path.rglob("*")) if p not in before and "new.db" not in p.name
    ] == []


def _forge(path: Path, archive: bytes, change: Callable[[Manifest], Manifest], part: bytes) -> None:
    """Write an archive whose digests are all right, with another manifest and another part."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as found, path.open("wb") as sink:
        writer = Writer(sink)
        for member in found:
            opened = found.extractfile(member)
            assert opened is not None
            data = opened.read()
            if member.name == "tables/organisation/000000.jsonl":
                changed = writer.add(member.name, part or data)
            elif member.name == "manifest.json":
                manifest = change(_with_part(read_manifest(data), changed))
                seal = writer.add(member.name, canonical(manifest.model_dump(mode="json")))
            else:
                writer.add(
                    member.name, seal.sha256.encode() if member.name.endswith("sha256") else data
                )
        writer.close()


def _with_part(manifest: Manifest, part: Bytes) -> Manifest:
    table = manifest.tables["organisation"].model_copy(update={"parts": (part,)})
    return manifest.model_copy(update={"tables": manifest.tables | {"organisation": table}})


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


@pytest.mark.parametrize(
    "part", [b"[" * 200_000 + b"\n", b'["short"]\n', b"\xff\xfe\n", b"[1,2,3,4,5,6]\n", b"\n" * 9]
)
def test_rows_that_cannot_be_read_are_refused_though_every_digest_fits(
    archive: bytes, tmp_path: Path, part: bytes
) -> None:
    _forge(tmp_path / "forged.tar", archive, lambda manifest: manifest, part)
    with _open(tmp_path / "forged.tar") as file, pytest.raises(Damaged):
        check(file)


def test_an_archive_of_a_newer_release_is_refused_by_name(
    archive: bytes, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    later = {"revision": "29991231_later"}
    _forge(tmp_path / "forged.tar", archive, lambda m: m.model_copy(update=later), b"")
    other = elsewhere()
    with other.app_context():
        done = other.test_cli_runner().invoke(args=["restore", str(tmp_path / "forged.tar")])
    assert done.exit_code == 1
    assert "29991231_later" in done.output


def test_tables_that_this_release_does_not_know_are_refused(
    archive: bytes, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    def add(manifest: Manifest) -> Manifest:
        empty = manifest.tables["organisation"].model_copy(update={"parts": (), "rows": 0})
        return manifest.model_copy(update={"tables": manifest.tables | {"unheard_of": empty}})

    _forge(tmp_path / "forged.tar", archive, add, b"")
    other = elsewhere()
    with other.app_context():
        done = other.test_cli_runner().invoke(args=["restore", str(tmp_path / "forged.tar")])
        assert done.exit_code == 1
        assert "unheard_of" in done.output
        with transaction(write=False):
            assert tables.first_with_rows(db.session.connection()) is None


# --- the wrong place --------------------------------------------------------------------------


def test_a_database_with_rows_is_left_alone(archive: bytes, app: Flask, tmp_path: Path) -> None:
    done = app.test_cli_runner().invoke(args=["restore", str(tmp_path / "whole.tar")])
    assert done.exit_code == 2
    assert "not empty" in done.output


def test_a_key_is_never_written_over(archive: bytes, elsewhere: Elsewhere, tmp_path: Path) -> None:
    other = elsewhere()
    with other.app_context():
        keys = Path(setting("DATA_DIR")) / "keys"
        keys.mkdir(mode=0o700)
        (keys / "log.key").write_bytes(b"mine")
        done = other.test_cli_runner().invoke(args=["restore", str(tmp_path / "whole.tar")])
        assert done.exit_code == 2
        assert "log.key" in done.output
        assert (keys / "log.key").read_bytes() == b"mine"


def test_a_file_that_is_there_is_not_written_over(
    archive: bytes, app: Flask, tmp_path: Path
) -> None:
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "whole.tar")])
    assert done.exit_code == 2
    assert (tmp_path / "whole.tar").read_bytes() == archive


def test_a_folder_that_is_not_there_is_said_so(app: Flask, tmp_path: Path) -> None:
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "nowhere" / "a.tar")])
    assert done.exit_code == 2
    assert "nowhere" in done.output


def test_a_database_that_was_never_set_up_is_not_backed_up(
    elsewhere: Elsewhere, tmp_path: Path
) -> None:
    other = elsewhere()
    with other.app_context():
        done = other.test_cli_runner().invoke(args=["backup", str(tmp_path / "a.tar")])
    assert done.exit_code == 1
    assert list(tmp_path.glob("*a.tar*")) == []


def test_a_restore_that_broke_off_leaves_no_row_and_can_be_done_again(
    archive: bytes, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = elsewhere()
    real, left = tables.put_back, [7]

    def break_off(*arguments: object) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError("the power went")
        real(*arguments)  # type: ignore[arg-type]

    with other.app_context():
        monkeypatch.setattr(tables, "put_back", break_off)
        words = ["restore", str(tmp_path / "whole.tar")]
        assert other.test_cli_runner().invoke(args=words).exit_code == 1
        with transaction(write=False):
            assert tables.first_with_rows(db.session.connection()) is None
        done = other.test_cli_runner().invoke(args=words)
        assert done.exit_code == 0, done.output
