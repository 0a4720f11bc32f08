"""Claims about background work: the rows say what is pending, the queue only makes it sooner."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask

from lms import clock
from lms.db import db, insert_once, transaction
from lms.hookspecs import impl
from lms.jobs import actions
from lms.jobs.queue import open_queue
from lms.jobs.rules import Work
from lms.records.models import Epoch
from tests.factories import make_organisation
from tests.tools.queues import OWN, queue_url

NOWHERE = "redis://127.0.0.1:1/0"


class Chores:
    """A plugin with two kinds of work over sets of items; a test says which item fails."""

    name = "chores"

    def __init__(self) -> None:
        self.left = {"first": ["a", "b", "c"], "second": ["x"]}
        self.done: list[str] = []
        self.fails: set[str] = set()
        self.asks_badly = False

    def _pending(self, kind: str) -> list[str]:
        if self.asks_badly and kind == "first":
            raise ZeroDivisionError
        return [item for item in self.left[kind] if item not in self.done]

    def _do(self, item: str) -> None:
        if item in self.fails:
            raise ZeroDivisionError(item)
        if item not in self.done:
            self.done.append(item)

    @impl
    def background_work(self) -> Iterable[Work]:
        return [
            Work("first", lambda limit: self._pending("first")[:limit], self._do),
            Work("second", lambda limit: self._pending("second")[:limit], self._do),
        ]


@pytest.fixture
def chores() -> Chores:
    return Chores()


@pytest.fixture
def app(new_app: Callable[..., Flask], chores: Chores) -> Iterator[Flask]:
    made = new_app(plugins=[chores], **_queue_settings())
    with made.app_context():
        _drain()
        yield made
        _drain()


def _queue_settings() -> dict[str, Any]:
    """Use the Redis of the run where there is one, else a file."""
    url = queue_url(OWN)
    return {"queue_url": url} if url else {}


def _queue() -> Any:
    return open_queue(actions.setting("QUEUE_URL"))


def _drain() -> None:
    _queue().flush()


# --- the sweep -------------------------------------------------------------------------------


def test_the_sweep_does_everything_that_is_pending_and_then_nothing(app, chores) -> None:
    assert actions.sweep() == 4
    assert chores.done == ["a", "b", "c", "x"]
    assert actions.sweep() == 0


def test_an_item_that_raises_stays_pending_and_the_others_go_on(app, chores, caplog) -> None:
    chores.fails = {"b"}
    with caplog.at_level(logging.ERROR):
        assert actions.sweep() == 3
    assert chores.done == ["a", "c", "x"]
    assert "first failed on b; it stays pending" in caplog.text
    chores.fails = set()
    assert actions.sweep() == 1
    assert chores.done == ["a", "c", "x", "b"]


def test_a_kind_that_cannot_say_what_is_pending_does_not_stop_the_others(app, chores) -> None:
    chores.asks_badly = True
    assert actions.sweep() == 1
    assert chores.done == ["x"]


def test_the_command_sweeps_until_nothing_is_left_and_ends_though_an_item_fails(
    app, chores
) -> None:
    chores.fails = {"a"}
    assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0
    assert chores.done == ["b", "c", "x"]


def test_asking_what_is_pending_cannot_write(app, chores, caplog) -> None:
    def write(_limit: int) -> list[str]:
        make_organisation()
        db.session.flush()
        return ["never"]

    greedy = Work("greedy", write, chores._do)
    assert actions._pending(greedy) == []
    assert "greedy cannot say what is pending" in caplog.text


# --- hints -----------------------------------------------------------------------------------


def test_a_hint_goes_out_when_its_transaction_has_committed_and_not_before(app) -> None:
    with transaction():
        actions.dispatch("first", "a")
        assert _queue().pending_count() == 0
    assert _queue().pending_count() == 1


def test_a_hint_of_an_act_that_was_undone_is_never_sent(app) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        _dispatch_and_fail()
    assert _queue().pending_count() == 0


def _dispatch_and_fail() -> None:
    actions.dispatch("first", "a")
    raise ZeroDivisionError


def test_a_worker_that_takes_the_hint_does_exactly_that_item(app, chores) -> None:
    with transaction():
        actions.dispatch("first", "b")
    _work_off()
    assert chores.done == ["b"]


def _work_off() -> None:
    """Do what a consumer does, in this thread."""
    queue = _queue()
    actions.hint(queue, actions.do_one)
    while (task := queue.dequeue()) is not None:
        queue.execute(task)


def test_a_lost_hint_changes_nothing(app, chores) -> None:
    with transaction():
        actions.dispatch("first", "a")
    _drain()
    actions.sweep()
    assert chores.done == ["a", "b", "c", "x"]


def test_hints_twice_and_a_sweep_do_the_item_once(app, chores) -> None:
    for _ in range(2):
        with transaction():
            actions.dispatch("first", "a")
    actions.sweep()
    _work_off()
    assert sorted(chores.done) == ["a", "b", "c", "x"]


def test_a_hint_for_work_that_nobody_does_any_more_is_dropped(app, chores) -> None:
    with transaction():
        actions.dispatch("unplugged", "a")
    _work_off()
    assert chores.done == []


def test_a_queue_that_is_down_costs_no_act(app, chores, caplog, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "QUEUE_URL", NOWHERE)
    with caplog.at_level(logging.WARNING), transaction():
        insert_once(Epoch, ("number",), **_epoch())
        actions.dispatch("first", "a")
    assert "the queue did not take a hint for first" in caplog.text
    with transaction(write=False):
        assert db.session.query(Epoch).count() == 1
    actions.sweep()
    assert "a" in chores.done


def _epoch() -> dict[str, Any]:
    return {"number": 1, "begun_at": clock.now(), "reason": "a test", "origin": {}}
