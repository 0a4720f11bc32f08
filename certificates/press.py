"""Hands certificates, one at a time, to a child process that can be killed and replaced.

WeasyPrint is loaded in the child only (`certificates.child`). A message on the pipe is a four-byte
length and that many bytes; a job is JSON, an answer is one byte saying what follows (a PDF, or
JSON naming the refusal) and the rest.
"""

import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

SECONDS = 20.0  # wall clock for one certificate, the child's start included
MEMORY = 1024**3  # bytes of address space; a render needs a third of it
RENDERS = 500  # then the child is replaced, so that memory stays flat
PDF, REFUSED = b"P", b"R"
_LENGTH = struct.Struct(">I")
_LONGEST = 64 * 1024 * 1024
# What a child needs to find fonts and Python; no setting, key or address of the platform.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "FONTCONFIG_PATH", "FONTCONFIG_FILE",
                "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "TMPDIR")  # fmt: skip


class RenderRefused(Exception):
    """The facts cannot be printed. kind: glyph-missing, does-not-fit or failed; detail: what."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


class RenderStopped(Exception):
    """The child died or was killed at its limit; the same job may be tried again."""


class Renderer:
    """Keeps one child and hands it one certificate at a time. Safe to share between threads."""

    def __init__(
        self, *, seconds: float = SECONDS, memory: int = MEMORY, renders: int = RENDERS
    ) -> None:
        """seconds: wall clock for one render; memory: address space in bytes, 0 for no limit;
        renders: certificates before the child is replaced."""
        self._seconds, self._memory, self._renders = seconds, memory, renders
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = self._done = 0

    def render(self, facts: Mapping[str, Any], *, verify_url: str, specimen: bool = False) -> bytes:
        """Return the certificate as a PDF, as certificates.render does.

        Raises RenderRefused when these facts cannot be printed, RenderStopped when the child was
        killed at its limit or died.
        """
        job = json.dumps({"facts": facts, "verify_url": verify_url, "specimen": specimen})
        with self._lock:
            answer = self._ask(job.encode())
        kind, content = answer[:1], answer[1:]
        if kind == PDF:
            return content
        refusal = json.loads(content)
        raise RenderRefused(refusal["kind"], refusal["detail"])

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """Return the child's process id, None before the first render."""
        return self._process.pid if self._process else None

    def _ask(self, job: bytes) -> bytes:
        deadline = time.monotonic() + self._seconds
        process = self._running()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            send(process.stdin, job)
            answer = receive(process.stdout, deadline)
        except (OSError, EOFError, TimeoutError) as stopped:
            self._end()
            raise RenderStopped(str(stopped) or type(stopped).__name__) from stopped
        self._done += 1
        if self._done >= self._renders:
            self._end()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """Return a living child of this process: one inherited by a fork belongs to the parent."""
        if self._process and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        if self._owner == os.getpid():
            self._end()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "certificates.child", str(self._memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            cwd=Path(__file__).resolve().parent.parent,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C at the terminal is the parent's to answer
        )  # fmt: skip
        self._owner, self._done = os.getpid(), 0
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:  # what was left unwritten went with the child
                pass


def receive(pipe: IO[bytes], deadline: float | None = None) -> bytes:
    """Read one message. deadline: on time.monotonic's scale. Raises EOFError, TimeoutError."""
    size = _LENGTH.unpack(_exactly(pipe, _LENGTH.size, deadline))[0]
    if size > _LONGEST:
        raise EOFError("not a message")
    return _exactly(pipe, size, deadline)


def _exactly(pipe: IO[bytes], size: int, deadline: float | None) -> bytes:
    """Read so many bytes. Raises EOFError at the end of the pipe, TimeoutError at the deadline."""
    parts: list[bytes] = []
    while size:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise TimeoutError("no answer within the time allowed")
        part = os.read(pipe.fileno(), min(size, 1 << 20))
        if not part:
            raise EOFError("the renderer ended")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write one message to an unbuffered pipe."""
    left = memoryview(_LENGTH.pack(len(message)) + message)
    while left:
        left = left[pipe.write(left) :]
