"""Watches the system calls of a web process: what was synced to disk before what was answered."""

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CALLS = "fsync,fdatasync,write,writev,sendto,sendmsg"
_SYNC = re.compile(r"f(?:data)?sync\(\d+<([^>]+)>")
# The body says it; it may leave in a write of its own, behind the head.
_ACKNOWLEDGED = re.compile(r'TCP:.*"saved\\":(\d+)')


def why_not() -> str:
    """Return why nothing can be traced here, "" when it can."""
    if not shutil.which("strace"):
        return "strace is missing: sudo apt-get install strace"
    own = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if own.returncode == 0 else "this machine does not let strace trace"


@contextmanager
def traced(pid: int, to: Path) -> Iterator[None]:
    """Write the calls of a process and all its threads to a file while the block runs."""
    words = ["strace", "-f", "-p", str(pid), "-yy", "-s", "400", "-e", f"trace={CALLS}"]
    with subprocess.Popen([*words, "-o", str(to)], stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        assert "attached" in strace.stderr.readline()
        try:
            yield
        finally:
            strace.send_signal(signal.SIGINT)


def syncs_before_answers(trace: Path) -> list[list[str]]:
    """Return for each acknowledged answer the names of the files synced since the one before.

    An answer that is given once more (it was sent twice) needs no second sync, and counts once.
    A call that another thread's interrupts counts when it is done; an answer, when it begins.
    """
    answers: list[list[str]] = []
    synced: list[str] = []
    begun: dict[str, str] = {}
    numbers: set[str] = set()
    for line in trace.read_text(errors="replace").splitlines():
        thread, _, call = line.partition(" ")
        if "<unfinished ...>" in call and _SYNC.search(call):
            begun[thread] = call
        elif " resumed>" in call and thread in begun:
            call = begun.pop(thread) + call
        if told := _ACKNOWLEDGED.search(call):
            if told[1] not in numbers:
                answers.append(synced)
            numbers.add(told[1])
            synced = []
        elif (found := _SYNC.search(call)) and call.endswith("= 0"):
            synced.append(Path(found[1]).name)
    return answers
