"""A hub that really runs: web and worker as processes on a free port; ended by their pids."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket

from flask import Flask

from config import Config
from lms.app import create_app
from lms.db import db
from tests.tools.queues import queue_url

ROOT = Path(__file__).resolve().parents[2]
START = 60.0  # seconds a part gets to come up
STOP = 30.0  # seconds a part gets to end when told to


@dataclass
class Hub:
    """Where a hub is, how it is set, and its parts by name while they run."""

    config: Config
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the address of its first page, without the last slash."""
        return self.config.base_url

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """Open the product's app on this hub's database in the test's own process."""
        app = create_app(self.config)
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def environment(self) -> dict[str, str]:
        """Return the environment that its processes and commands get."""
        config = self.config
        return os.environ | {
            "DATA_DIR": str(config.data_dir),
            "DATABASE_URL": config.database_url,
            "QUEUE_URL": config.queue_url,
            "BASE_URL": config.base_url,
            "SECRET_KEY": config.secret_key,
            "SWEEP_SECONDS": str(config.sweep_seconds),
            "HOST": "127.0.0.1",
            "PORT": config.base_url.rpartition(":")[2],
            "WEB_WORKERS": "1",
            "WEB_THREADS": "8",
        }

    def start(self, part: str) -> None:
        """Start "web" or "worker" at the head of a process group of its own."""
        with (self.config.data_dir / f"{part}.log").open("ab") as log:
            self.parts[part] = subprocess.Popen(
                [sys.executable, str(ROOT / "scripts" / "serve"), part],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_for_web(self) -> None:
        """Wait until /healthz answers 200.

        Raises:
            AssertionError: the web does not come up; with the end of its log.
        """
        deadline = time.monotonic() + START
        while not self._is_well():
            alive = self.parts["web"].poll() is None and time.monotonic() < deadline
            assert alive, f"the web does not come up:\n{self.log('web')}"
            time.sleep(0.1)

    def _is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def stop(self, part: str) -> None:
        """Tell a part to end, wait, and kill what is left of its group."""
        process = self.parts.pop(part)
        process.terminate()
        try:
            process.wait(STOP)
        except subprocess.TimeoutExpired:
            print(f"the {part} did not end by itself:\n{self.log(part)}", file=sys.stderr)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    @contextmanager
    def without_worker(self) -> Iterator[None]:
        """Let nothing be done in the background for a while."""
        self.stop("worker")
        try:
            yield
        finally:
            self.start("worker")

    def log(self, part: str) -> str:
        """Return the end of a part's log."""
        return (self.config.data_dir / f"{part}.log").read_text(errors="replace")[-3000:]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the product's commands on this hub."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False
        )


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    """Run web and worker of a hub until the block ends."""
    try:
        for part in ("web", "worker"):
            hub.start(part)
        hub.wait_for_web()
        yield hub
    finally:
        for part in list(hub.parts):
            hub.stop(part)


def new_config(folder: Path, database_url: str, purpose: int) -> Config:
    """Return the settings of a hub on a free port; on the run's Redis where there is one."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return Config(
        data_dir=folder,
        database_url=database_url,
        queue_url=queue_url(purpose),
        base_url=f"http://127.0.0.1:{port}",
        secret_key="only for the browser tests",
        sweep_seconds=1.0,
    )
