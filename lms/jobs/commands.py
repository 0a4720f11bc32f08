"""The worker: does what the queue hints at, and sweeps up what no hint reached."""

import signal
import threading
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from huey.consumer import Consumer

from lms import clock
from lms.jobs import actions, faults
from lms.jobs.queue import open_queue
from lms.jobs.rules import Patience
from lms.settings import setting


@click.command("worker")
@click.option("--once", is_flag=True, help="Sweep until nothing is pending, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Do background work until told to stop."""
    if once:
        while actions.sweep():
            pass
        return
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # for other threads
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    consumer = _consumer(app)
    consumer.start()
    patience, begun_at = Patience(), clock.now()
    said = faults.beat(begun_at, None)
    try:
        while not stop.wait(setting("SWEEP_SECONDS")):
            actions.sweep(patience)
            faults.tell()
            said = faults.beat(begun_at, said)
    finally:
        consumer.stop(graceful=True)


class _Consumer(Consumer):
    """A consumer that leaves the signals to the worker: its own handlers would swallow them."""

    def _set_signal_handlers(self) -> None:
        """Keep the worker's handlers."""


def _consumer(app: Any) -> Consumer:
    def run(name: str, item: str) -> None:
        with app.app_context():
            actions.do_one(name, item)

    queue: Any = open_queue(setting("QUEUE_URL"))
    actions.hint(queue, run)
    return _Consumer(queue, workers=1, periodic=False, worker_type="thread", max_delay=1.0)
