"""The log's key: made once, whole or not at all, and refused where others can read it."""

import os
import threading

import pytest

from lms.errors import RuleBroken
from lms.ledger import keys


def test_the_key_is_made_at_first_need_and_stays(tmp_path):
    path = tmp_path / "keys" / "log.key"
    first = keys.open_key(path, "hub.example")
    assert keys.open_key(path, "moved.example") == first
    assert first.name == "hub.example"


def test_the_key_is_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "keys" / "log.key"
    before = os.umask(0)
    try:
        keys.open_key(path, "hub.example")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["log.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    path = tmp_path / "log.key"
    keys.open_key(path, "hub.example")
    path.chmod(mode)
    with pytest.raises(RuleBroken, match=r"log\.key can be read by others"):
        keys.open_key(path, "hub.example")


def test_a_stricter_mode_is_welcome(tmp_path):
    path = tmp_path / "log.key"
    first = keys.open_key(path, "hub.example")
    path.chmod(0o400)
    assert keys.open_key(path, "hub.example") == first


@pytest.mark.parametrize("content", [b"", b"PRIVATE+KEY+a+00000000+AAAA\n", b"\xff\xfe"])
def test_a_file_without_a_key_is_refused_and_its_content_not_told(tmp_path, content):
    path = tmp_path / "log.key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(RuleBroken, match="holds no key") as refused:
        keys.open_key(path, "hub.example")
    assert refused.value.__cause__ is None
    assert path.read_bytes() == content


def test_racing_callers_get_the_same_key(tmp_path):
    path, found = tmp_path / "keys" / "log.key", []
    start = threading.Barrier(8)

    def open_it():
        start.wait()
        found.append(keys.open_key(path, "hub.example"))

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_each_log_has_its_own_origin_under_the_hubs_address(app):
    audit, certificates = keys.log_signer("audit"), keys.log_signer("certificates")
    assert audit.name == "hub.example/training/audit"
    assert certificates.name == "hub.example/training/certificates"
    assert audit.verifier.key_id != certificates.verifier.key_id


def test_a_demonstrations_key_says_specimen_even_when_it_is_one_no_more(app):
    app.config["DEMO"] = True
    keys.log_signer("audit")
    app.config["DEMO"] = False
    assert keys.log_signer("audit").name == "hub.example/training/SPECIMEN/audit"
