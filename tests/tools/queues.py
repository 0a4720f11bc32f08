"""Databases of the run's Redis, so that nothing that runs beside another drains its queue."""

import os

EACH = 16  # for each process of tests; scripts/services sets up enough of them
# Who needs one: tests of the queue itself, hubs that are killed, towns with a past and new
# ones, one whose key is corrected.
OWN, KILLED, TOWN, NEW_TOWN, REGRADED = 0, 7, 8, 9, 10


def queue_url(purpose: int) -> str:
    """Return the URL of this process's database for a purpose; "" where no Redis runs."""
    server, _, _ = os.environ.get("TEST_QUEUE_URL", "").rpartition("/")
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"{server}/{EACH * process + purpose}" if server else ""
