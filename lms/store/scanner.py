"""Asks clamd, where SCAN_URL names one, whether bytes hold malware. Stores and decides nothing.

Source: clamd(8), the commands `zINSTREAM` and `zPING`: chunks, each after its length in four bytes
(network order), an empty one at the end; the answer ends with a zero byte.
"""

import socket
import struct
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from lms.errors import N_
from lms.settings import setting

Found = Literal["clean", "infected", "failed"]
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096
_PORT = 3310
PATIENCE = 30.0  # seconds for a whole scan
BRIEF = 15.0  # seconds where somebody waits for the page


@dataclass(frozen=True)
class Scanned:
    """What a scanner said: `said` names what it found, or why it could not tell."""

    state: Found
    said: str = ""


class ScannerAway(Exception):
    """No scanner answers at SCAN_URL; ask again later."""


def is_set() -> bool:
    """Tell whether the hub has a scanner."""
    return bool(setting("SCAN_URL"))


def answers() -> bool:
    """Tell whether the hub has a scanner and it is there."""
    try:
        return is_set() and _asked(b"zPING\0", [], 3.0) == "PONG"
    except ScannerAway:
        return False


def scan(data: bytes, patience: float = PATIENCE) -> Scanned:
    """Return what the scanner says of some bytes.

    Args:
        patience: seconds after which a scanner that says nothing counts as away.

    Raises:
        ScannerAway: it cannot be reached, or fell silent.
    """
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    answer = _asked(b"zINSTREAM\0", [*chunks, b""], patience)
    said, _, word = answer.removeprefix("stream:").strip().rpartition(" ")
    if word == "OK":
        return Scanned("clean")
    if word == "FOUND":
        return Scanned("infected", _printable(said))
    return Scanned("failed", _printable(answer))


def fault(data: bytes) -> tuple[str, dict[str, str]] | None:
    """Return why a file that somebody brings may not be read now, None where nothing is against it.

    Without a scanner nothing is; with one that does not answer no file is read.
    """
    if not is_set():
        return None
    try:
        scanned = scan(data, BRIEF)
    except ScannerAway:
        return SILENT, {}
    if scanned.state == "infected":
        return MALWARE, {"found": scanned.said}
    return (NOT_CHECKED, {}) if scanned.state == "failed" else None


def _printable(said: str) -> str:
    return "".join(sign for sign in said if sign.isprintable())[:200]


def _asked(command: bytes, chunks: list[bytes], patience: float) -> str:
    until = time.monotonic() + patience
    try:
        with _connected(patience) as line:
            try:
                line.sendall(command)
                for chunk in chunks:
                    line.settimeout(_left(until))
                    line.sendall(struct.pack("!L", len(chunk)) + chunk)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has heard enough, and its answer may say why
            return _answer(line, until)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error


def _connected(patience: float) -> socket.socket:
    url = urlsplit(setting("SCAN_URL"))
    if url.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience)
        try:
            line.connect(url.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((url.hostname or "", url.port or _PORT), patience)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _answer(line: socket.socket, until: float) -> str:
    held = b""
    while b"\0" not in held and len(held) < _LONGEST_ANSWER:
        line.settimeout(_left(until))
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        held += piece
    if not held:
        raise ConnectionResetError
    return held.split(b"\0")[0].decode("utf-8", "replace").strip()


# What pages say of a file that is brought and not read, and of one that cannot be had.
SILENT = N_("The scanner for malware does not answer: nothing was read. Try again in some minutes.")
MALWARE = N_("The scanner found malware in this file (%(found)s): it was not read.")
NOT_CHECKED = N_("The scanner could not check this file: it was not read.")
WAITING = N_("This file is being checked for malware. Try again in a few minutes.")
INFECTED = N_("The scanner found malware in this file (%(found)s). It is not given to anybody.")
UNREADABLE = N_(
    "The scanner could not check this file. Ask for another one, such as a new photograph or PDF."
)
