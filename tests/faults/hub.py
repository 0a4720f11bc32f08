"""A real hub on a fresh database: web and worker as processes that may be killed at any moment."""

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from config import Config
from tests.tools.queues import KILLED, queue_url

ROOT = Path(__file__).resolve().parents[2]
START = 90.0  # seconds a part gets to answer after its start
PARTS = ("web", "worker")
STOP = 30.0  # seconds a part gets to end when told to


class NotWell(Exception):
    """A part did not come up, or did not end."""


@dataclass
class Hub:
    """Where a hub lives and which processes run it.

    Attributes:
        plant: the planted fault its processes load ("" for the product as it is).
        web_processes: how many processes answer requests.
        started: every process group ever begun, so that none is left behind.
    """

    folder: Path
    config: Config
    port: int
    plant: str = ""
    web_processes: int = 2
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    started: list[int] = field(default_factory=list)
    renderers: set[int] = field(default_factory=set)

    def start(self, part: str) -> None:
        """Start "web" or "worker" as the leader of its own process group."""
        launcher = ROOT / ("tests/faults/planted.py" if self.plant else "scripts/serve")
        with (self.folder / f"{part}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(launcher), part],
                cwd=ROOT,
                env=os.environ | self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        self.running[part] = process
        self.started.append(process.pid)

    def _environment(self) -> dict[str, str]:
        config = self.config
        return {
            "DATA_DIR": str(config.data_dir),
            "DATABASE_URL": config.database_url,
            "QUEUE_URL": config.queue_url,
            "BASE_URL": config.base_url,
            "SECRET_KEY": config.secret_key,
            "SWEEP_SECONDS": str(config.sweep_seconds),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_WORKERS": str(self.web_processes),
            "WEB_THREADS": "4",
            "FAULT_PLANT": self.plant,
            "PYTHONUNBUFFERED": "1",
        }

    def kill(self, part: str) -> None:
        """SIGKILL a part with its whole group; its renderer, in a session of its own, lives on."""
        self.renderers.update(self.renderer())
        process = self.running.pop(part)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        deadline = time.monotonic() + STOP
        while part == "web" and self._listens() and time.monotonic() < deadline:
            time.sleep(0.02)  # its children take a moment longer to be gone

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def answering(self) -> list[int]:
        """Return the processes that answer requests."""
        found = _children(self.running["web"].pid)
        return [pid for pid in found if "granian" in _command(pid)]

    def kill_one_web_process(self) -> bool:
        """SIGKILL one of the processes that answer requests; their parent starts another."""
        return _kill(self.answering()[-1:])

    def kill_renderer(self, patience: float = 0.0) -> bool:
        """SIGKILL the child that prints, if there is one within `patience` seconds."""
        deadline = time.monotonic() + patience
        while not (found := self.renderer()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return _kill(found)

    def renderer(self) -> list[int]:
        """Return the processes that print for the worker, none before its first certificate."""
        if "worker" not in self.running:
            return []
        found = _children(self.running["worker"].pid)
        return [pid for pid in found if "certificates.child" in _command(pid)]

    def wait_for(self, part: str) -> None:
        """Wait until the web answers or the worker works; raises NotWell with its log's end."""
        if part not in PARTS:
            return  # a child, which its parent starts again when there is need
        deadline = time.monotonic() + START
        while not (self.is_well() if part == "web" else self._works()):
            if self.running[part].poll() is not None or time.monotonic() > deadline:
                raise NotWell(f"the {part} does not come up:\n{self.log(part)}")
            time.sleep(0.1)

    def _works(self) -> bool:
        """Tell whether the worker has begun: it listens to SIGTERM from then on."""
        status = Path(f"/proc/{self.running['worker'].pid}/status").read_text()
        caught = int(status.split("SigCgt:")[1].split()[0], 16)
        return bool(caught >> (signal.SIGTERM - 1) & 1)

    def is_well(self) -> bool:
        """Tell whether /healthz answers 200."""
        try:
            with urllib.request.urlopen(f"{self.config.base_url}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError, ValueError):
            return False

    def stop(self) -> list[str]:
        """Tell each part to end; return what did not end by itself, or was left behind."""
        self.renderers.update(self.renderer())
        for process in self.running.values():
            process.terminate()
        wrong = []
        for part, process in self.running.items():
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                wrong.append(f"the {part} did not end when told to")
        return wrong + self.destroy()

    def destroy(self) -> list[str]:
        """Kill whatever of this hub still runs; return what it was, renderers included."""
        deadline = time.monotonic() + 5
        while any(map(_is_renderer, self.renderers)) and time.monotonic() < deadline:
            time.sleep(0.1)  # one whose worker was killed ends at the end of its input
        left = [
            f"renderer {pid} outlived its worker" for pid in self.renderers if _is_renderer(pid)
        ]
        _kill([pid for pid in self.renderers if _is_renderer(pid)])
        for process in self.running.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()
        return [f"the renderer {pid} outlived its worker" for pid in left]

    def log(self, part: str, last: int = 3000) -> str:
        """Return the end of a part's log."""
        file = self.folder / f"{part}.log"
        return file.read_text(errors="replace")[-last:] if file.exists() else ""


def _end_with_parent() -> None:
    """Ask Linux to tell this part to end if the harness itself is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 = PR_SET_PDEATHSIG


def _kill(pids: list[int]) -> bool:
    killed = False
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
            killed = True
        except ProcessLookupError:
            pass
    return killed


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in file.read_text().split()]
        except OSError:
            continue  # that thread has just ended
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _is_renderer(pid: int) -> bool:
    return "certificates.child" in _command(pid)


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def fresh_hub(plant: str = "", keep: Path | None = None) -> Iterator[Hub]:
    """Make a hub on an empty folder and database (of TEST_DATABASE_URL, TEST_QUEUE_URL if set).

    It is not started; whatever runs of it at the end is killed, and the database removed.
    """
    server = os.environ.get("TEST_DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="seedtrain-faults-") as name:
        folder = keep or Path(name)
        url = _create(server) if server else f"sqlite:///{folder}/seedtrain.db"
        port = free_port()
        config = Config(
            data_dir=folder,
            database_url=url,
            queue_url=queue_url(KILLED) or f"sqlite:///{folder}/queue.db",
            base_url=f"http://127.0.0.1:{port}",
            secret_key=secrets.token_hex(32),
            sweep_seconds=1.0,
        )
        hub = Hub(folder, config, port, plant)
        try:
            yield hub
        finally:
            hub.destroy()
            if server:
                _drop(server, url)


def _create(server: str) -> str:
    url = make_url(server).set(database=f"faults_{secrets.token_hex(4)}")
    _on_server(server, f'CREATE DATABASE "{url.database}"')
    return url.render_as_string(hide_password=False)


def _drop(server: str, url: str) -> None:
    _on_server(server, f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


def _on_server(server: str, statement: str) -> None:
    plain = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]  # built from our own names
