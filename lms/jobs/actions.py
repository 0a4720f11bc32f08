"""Dispatch a hint to the queue, do one item, sweep up what no hint reached."""

import logging
from collections.abc import Callable, Collection, Iterable
from typing import Any

from lms import clock, db
from lms.jobs import faults
from lms.jobs.queue import open_queue
from lms.jobs.rules import Patience, Work
from lms.plugins import plugins
from lms.settings import setting

log = logging.getLogger(__name__)
_BATCH = 100


def kinds() -> dict[str, Work]:
    """Return every kind of work that is plugged in, by name."""
    found: Iterable[Work] = plugins().collect("background_work")
    return {work.name: work for work in found}


def dispatch(name: str, item: str) -> None:
    """Ask a worker, once this transaction has committed, to do `item` soon.

    A hint and no promise: a queue that is down or loses it costs seconds, the sweep finds it.
    """
    url = setting("QUEUE_URL")

    def send() -> None:
        try:
            queue: Any = open_queue(url)
            queue.enqueue(hint(queue).s(name, item))
        except Exception:  # noqa: BLE001 - the answer is committed; the sweep will find the work
            log.warning("the queue did not take a hint for %s; the sweep will", name)

    db.after_commit(send)


def hint(queue: Any, run: Callable[[str, str], object] | None = None) -> Any:
    """Return the queue's one task; a worker registers it with what runs an item in its app."""
    task = getattr(queue, "seedtrain_hint", None)
    if task is None:

        def hinted(name: str, item: str) -> None:
            (run or do_one)(name, item)

        task = queue.task(name="hint")(hinted)
        queue.seedtrain_hint = task
    return task


def do_one(name: str, item: str) -> bool:
    """Do one item of the work `name`; a failure is logged and leaves it pending.

    Returns:
        Whether it was done.
    """
    work = kinds().get(name)
    if work is None:
        return False
    try:
        work.do(item)
    except Exception as error:
        reference = faults.note(name, item, error)
        log.exception("%s failed on %s; it stays pending (failure %s)", name, item, reference)
        return False
    return True


def sweep(patience: Patience | None = None) -> int:
    """Do everything that is pending, one item at a time.

    Args:
        patience: what to leave alone for a while, kept from one sweep to the next.

    Returns:
        How many items were done.
    """
    patience = patience or Patience()
    done = 0
    for work in kinds().values():
        for item in _pending(work, patience.waiting(work.name, clock.now())):
            went_well = do_one(work.name, item)
            patience.note(work.name, item, went_well, clock.now())
            done += went_well
    return done


def _pending(work: Work, waiting: Collection[str] = ()) -> list[str]:
    most = _BATCH + len(waiting)
    try:
        with db.transaction(write=False):
            # As many more as are left alone: they may be the oldest, and others come after.
            items = work.pending(most)
            noted = faults.items_of(work.name)
    except Exception as error:
        reference = faults.note(work.name, "", error)
        log.exception("%s cannot say what is pending (failure %s)", work.name, reference)
        return []
    if len(items) < most and (over := noted - set(items)):
        faults.forget(work.name, over)
    return [item for item in items if item not in waiting][:_BATCH]
