"""The log's Ed25519 key file, made and read by the log keeper; the web process never opens it."""

import os
import secrets
import stat
from pathlib import Path
from urllib.parse import urlsplit

from lms.errors import N_, RuleBroken
from lms.ledger.rules import Signer
from lms.settings import setting

__all__ = ["Signer", "log_signer", "open_key"]


def log_signer(log: str) -> Signer:
    """Return the signer of a named log with this machine's key, made at first need.

    The signer's name is the log's origin (`hub.example/audit`). The hub's part of it was taken from
    BASE_URL when the key was made and stays when BASE_URL changes; a demonstration's says SPECIMEN.

    Raises:
        RuleBroken: others may read the key file, or it holds no key.
    """
    base = urlsplit(setting("BASE_URL"))
    hub = f"{base.netloc}{base.path}".strip("/") + ("/SPECIMEN" if setting("DEMO") else "")
    key = open_key(Path(setting("DATA_DIR")) / "keys" / "log.key", hub)
    return Signer(f"{key.name}/{log}", key.seed)


def open_key(path: Path, name: str) -> Signer:
    """Read a key file, or make it with a new key of that name.

    Of any number of racing callers one makes it, all read the same.

    Raises:
        RuleBroken: others may read the file, or it holds no key.
    """
    if not path.exists():
        _make(path, Signer(name, secrets.token_bytes(32)))
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    with open(file, encoding="utf-8") as opened:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_mode & 0o077:
            raise RuleBroken(
                N_("The key file %(path)s can be read by others: set its mode to 600."),
                path=str(path),
            )
        try:
            return Signer.parse(opened.read().removesuffix("\n"))
        except ValueError:  # from None: the error's frames hold the file's content
            raise RuleBroken(N_("The file %(path)s holds no key."), path=str(path)) from None


def _make(path: Path, key: Signer) -> None:
    """Write the whole key under another name first, so that nobody ever reads half of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(file, "w", encoding="utf-8") as opened:
            opened.write(f"{key}\n")
            opened.flush()
            os.fsync(file)
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # somebody else's is the key
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
