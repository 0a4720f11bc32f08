"""Claims about scripts/serve: what dies comes back, what is told to stop stops everything.

It runs beside a stand-in for the app, in a folder of its own: the claims are about processes.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

SERVE = Path(__file__).resolve().parents[2] / "scripts" / "serve"
APP = """
import os, sys, time
from pathlib import Path
from flask import Flask

app = Flask(__name__)
app.add_url_rule("/", view_func=lambda: str(os.getppid()))

@app.cli.command("worker")
def worker():
    with open("workers", "a") as log:
        print(os.getpid(), file=log)
    if Path("broken").exists():
        sys.exit(7)
    time.sleep(600)
"""


class Stage:
    """A folder with the script and the stand-in, at a free port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "scripts").mkdir()
        shutil.copy(SERVE, folder / "scripts" / "serve")
        (folder / "wsgi.py").write_text(APP)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *names: str) -> "subprocess.Popen[str]":
        environment = os.environ | {"PORT": str(self.port), "WEB_WORKERS": "1", "HOST": ""}
        process = subprocess.Popen(
            [sys.executable, self.folder / "scripts" / "serve", *names],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def web(self) -> int:
        """Return the pid of the web server's leader, 0 when nothing answers."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
                return int(answer.read())
        except (URLError, ConnectionError):
            return 0

    def workers(self) -> list[int]:
        """Return the pid of each worker that was ever started."""
        log = self.folder / "workers"
        return [int(line) for line in log.read_text().split()] if log.exists() else []

    def close(self) -> None:
        for process in self.started:
            process.terminate()
            process.communicate(timeout=30)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.close()


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; a container may never reap one that ended."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.lstrip().startswith(b"Z")


def all_up(stage: Stage) -> bool:
    return bool(stage.web() and stage.workers())


@pytest.mark.slow
def test_a_killed_part_is_started_again_and_both_stop_together(stage: Stage) -> None:
    supervisor = stage.start()
    wait_for(lambda: all_up(stage))
    web, worker = stage.web(), stage.workers()[0]
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: len(stage.workers()) == 2)
    os.kill(web, signal.SIGKILL)
    wait_for(lambda: stage.web() not in {0, web})
    supervisor.terminate()
    assert supervisor.wait(30) == 0
    assert not stage.web()
    assert not is_alive(stage.workers()[-1])


@pytest.mark.slow
def test_telling_the_worker_to_stop_stops_the_web_too(stage: Stage) -> None:
    supervisor = stage.start()
    wait_for(lambda: all_up(stage))
    os.kill(stage.workers()[0], signal.SIGTERM)
    assert supervisor.wait(30) == 0
    assert not stage.web()


@pytest.mark.slow
def test_nothing_outlives_a_killed_supervisor(stage: Stage) -> None:
    supervisor = stage.start()
    wait_for(lambda: all_up(stage))
    supervisor.kill()
    wait_for(lambda: not stage.web() and not is_alive(stage.workers()[0]))


@pytest.mark.slow
def test_a_part_that_never_starts_is_given_up_with_its_name(stage: Stage) -> None:
    (stage.folder / "broken").touch()
    supervisor = stage.start()
    _, said = supervisor.communicate(timeout=30)
    assert supervisor.returncode == 1
    assert "the worker does not start: status 7" in said
    assert not stage.web()


@pytest.mark.slow
def test_one_part_alone_takes_the_place_of_the_script(stage: Stage) -> None:
    worker = stage.start("worker")
    wait_for(stage.workers)
    assert stage.workers() == [worker.pid]
    assert not stage.web()


def test_a_taken_port_is_said_plainly(stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", stage.port)):
        _, said = stage.start().communicate(timeout=30)
    assert f"port {stage.port} is taken" in said
