"""Claims about asking a scanner: its word is taken, its silence is none, nothing waits for ever."""

import socket

import pytest
from flask import Flask

from config import Config
from lms.store import scanner
from lms.store.scanner import Scanned, ScannerAway
from tests.clamd import EICAR, MOST, Clamd, clamd


@pytest.fixture
def server(app: Flask):
    with clamd() as running:
        app.config["SCAN_URL"] = running.url
        yield running


def test_clean_bytes_are_clean_and_arrive_whole(server: Clamd) -> None:
    data = bytes(range(256)) * 600  # more than a chunk
    assert scanner.scan(data) == Scanned("clean")
    assert scanner.scan(b"") == Scanned("clean")
    assert server.streams == [data, b""]


def test_malware_is_named(server: Clamd) -> None:
    assert scanner.scan(b"%PDF-" + EICAR) == Scanned("infected", "Eicar-Test-Signature")
    message, params = scanner.fault(EICAR) or ("", {})
    assert "Eicar-Test-Signature" in message % params


def test_what_the_scanner_cannot_take_is_failed_and_says_why(server: Clamd) -> None:
    scanned = scanner.scan(bytes(MOST * 4))
    assert (scanned.state, "size limit" in scanned.said) == ("failed", True)


def test_scanner_that_is_silent_or_gone_is_away(server: Clamd, app: Flask) -> None:
    assert scanner.answers()
    server.silent = True
    assert not scanner.answers()
    with pytest.raises(ScannerAway):
        scanner.scan(b"x")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        app.config["SCAN_URL"] = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        assert not scanner.answers()
        assert "does not answer" in (scanner.fault(b"x") or ("",))[0]
    app.config["SCAN_URL"] = "unix:///nowhere/clamd.ctl"
    with pytest.raises(ScannerAway):
        scanner.scan(b"x")


def test_scanner_that_takes_its_time_is_left_after_a_while(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        app.config["SCAN_URL"] = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(ScannerAway):
            scanner.scan(b"x", patience=0.2)


def test_hub_without_scanner_reads_everything_and_asks_nobody(app: Flask) -> None:
    assert not scanner.is_set()
    assert not scanner.answers()
    assert scanner.fault(EICAR) is None


@pytest.mark.parametrize("url", ["clamd", "http://x:3310", "tcp://", "unix://"])
def test_setting_that_is_no_address_is_refused_at_start(url, monkeypatch) -> None:
    monkeypatch.setenv("SCAN_URL", url)
    with pytest.raises(ValueError, match="SCAN_URL"):
        Config.from_environment()
