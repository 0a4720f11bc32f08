"""What cannot be done neither keeps the worker busy nor stands before what can."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from flask import Flask

from lms import clock
from lms.hookspecs import impl
from lms.jobs import actions
from lms.jobs.rules import LONGEST_WAIT, Patience, Work

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)


def seconds(count: float) -> datetime:
    return NOON + timedelta(seconds=count)


def test_one_failure_waits_for_nothing_further_ones_ever_longer_up_to_an_hour() -> None:
    patience = Patience()
    patience.note("work", "a", False, NOON)
    assert not patience.waiting("work", NOON)
    patience.note("work", "a", False, NOON)
    assert patience.waiting("work", seconds(29)) == {"a"}
    assert not patience.waiting("work", seconds(30))
    assert not patience.waiting("other", NOON)
    patience.note("work", "a", False, NOON)
    assert patience.waiting("work", seconds(59)) == {"a"}
    for _ in range(40):
        patience.note("work", "a", False, NOON)
    assert not patience.waiting("work", seconds(LONGEST_WAIT))
    patience.note("work", "a", True, NOON)
    assert not patience.waiting("work", NOON)


class Poisoned:
    """Work whose oldest items, more than a batch of them, can never be done."""

    name = "poisoned"

    def __init__(self) -> None:
        self.left = [f"bad {number}" for number in range(100)] + ["good"]
        self.tried: list[str] = []

    def do(self, item: str) -> None:
        self.tried.append(item)
        if item != "good":
            raise ZeroDivisionError(item)
        self.left.remove(item)

    @impl
    def background_work(self) -> Iterable[Work]:
        return [Work("poisoned", lambda limit: self.left[:limit], self.do)]


def test_what_always_fails_is_left_alone_for_a_while_and_others_get_their_turn(
    new_app: Callable[..., Flask],
) -> None:
    plugin, patience = Poisoned(), Patience()
    with new_app(plugins=[plugin]).app_context():
        clock.set_clock(lambda: NOON)
        assert [actions.sweep(patience) for _ in range(3)] == [0, 0, 1]
        assert plugin.tried[-1] == "good"
        assert len(plugin.tried) == 201
        clock.set_clock(lambda: seconds(30))
        actions.sweep(patience)
        assert len(plugin.tried) == 301
