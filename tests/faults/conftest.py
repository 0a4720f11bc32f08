"""A small real hub for the fault tests, with one learner at work in it."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.hub import Hub, fresh_hub
from tests.faults.players import Sitting, Stage
from tests.faults.world import World, build, founded


@pytest.fixture
def new_hub() -> Iterator[Callable[..., tuple[Hub, World]]]:
    """Make hubs that are built and not started: new_hub(plant=…, keep=…, unsealed=…)."""
    with ExitStack() as stack:

        def make(plant: str = "", keep: Path | None = None, unsealed: int = 0) -> tuple[Hub, World]:
            hub = stack.enter_context(fresh_hub(plant, keep))
            hub.web_processes = 1
            with founded(hub.config):
                return hub, build(scribblers=1, walkers=0, waiting=0, unsealed=unsealed)

        yield make


@pytest.fixture
def sit() -> Callable[[Hub, World], Sitting]:
    """Start a hub's web and let its learner sit down at a paper."""

    def start(hub: Hub, world: World) -> Sitting:
        hub.start("web")
        hub.wait_for("web")
        sitting = Sitting(Stage(hub.port, 1), world.scribblers[0], random.Random(1))
        sitting.start()
        return sitting

    return start


@pytest.fixture
def send() -> Callable[..., tuple[int, str, str]]:
    """Send one answer once, without the patience of the players: status, Retry-After, body."""

    def once(sitting: Sitting, sequence: int, text: str = "12") -> tuple[int, str, str]:
        item = next(i for i in sitting.items if "text" in sitting.offered[i])
        message = {
            "item": item,
            "client": sitting.client,
            "sequence": sequence,
            "seen": 0,
            "given": {f"item-{item}-text": [text]},
            "claimed": f"{sitting.client} {sequence}",
        }
        path = f"/attempts/{sitting.attempt}/responses"
        answer = sitting.browser.once_json(path, message, sitting.csrf)
        return answer.status, answer.headers.get("retry-after", ""), answer.text

    return once
