"""A turn is kept by work on it, measured, and never kept against somebody who has it now."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from lms import clock
from lms.actor import Actor
from lms.db import db, transaction
from lms.errors import Conflict
from lms.grading.models import Turn
from lms.grading.turns import actions, queries
from lms.grading.turns.rules import KEPT, LONGEST, seconds_spent
from tests import walk
from tests.factories import actor_for, csrf_of, signed_in
from tests.grading.asking_alike import answer_alike, other_marker, question_of
from tests.grading.test_races import while_open

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "seconds"),
    [
        (NOON - timedelta(seconds=41), NOON + KEPT, 41),
        (NOON, NOON + KEPT, 0),
        (NOON - timedelta(hours=5), NOON + KEPT, LONGEST),
        (NOON - KEPT, NOON - timedelta(seconds=1), None),  # it was not theirs any more
        (None, NOON + KEPT, None),
        (NOON + timedelta(seconds=1), NOON + KEPT, None),
    ],
)
def test_time_is_what_the_server_saw_within_the_turn(since, until, seconds) -> None:
    assert seconds_spent(since, until, NOON) == seconds


@pytest.fixture
def items(walked: Flask, hub: walk.Hub) -> list[str]:
    """Two answers that say the same, and a third."""
    return list(answer_alike(hub, "the drum", "The drum", "the can").values())


@pytest.fixture
def marker(hub: walk.Hub) -> Actor:
    return actor_for(hub.instructor)


def _age(item: str, minutes: int) -> None:
    """Let a turn have begun some minutes earlier."""
    with transaction():
        turn = queries.turn_of(item)
        assert turn is not None
        earlier = timedelta(minutes=minutes)
        turn.until -= earlier
        turn.since = turn.since - earlier if turn.since else None


def _turn(item: str) -> Turn:
    with transaction(write=False):
        turn = queries.turn_of(item)
        assert turn is not None
        db.session.expunge(turn)
        return turn


def _take_alike(by: Actor, items: list[str]) -> str:
    with transaction():
        found = actions.take_next(question_id=question_of(items[0]), by=by)
        while found and found not in items[:2]:
            found = actions.skip(item_id=found, by=by)
        assert found
        return found


def test_work_keeps_the_answer_and_all_that_say_the_same_for_as_long_again(items, marker) -> None:
    item = _take_alike(marker, items)
    for one in items[:2]:
        _age(one, 15)
    before = _turn(item)
    with transaction():
        actions.renew(item_id=item, by=marker)
    for one in items[:2]:
        assert _turn(one).until > clock.now() + KEPT - timedelta(minutes=1)
    assert _turn(item).since == before.since  # the time goes on


def test_an_answer_that_lapsed_and_that_nobody_took_is_theirs_again_without_a_time(
    items, marker
) -> None:
    item = _take_alike(marker, items)
    _age(item, 25)
    with transaction():
        actions.renew(item_id=item, by=marker)
        mark = actions.mark_and_go_on(
            item_id=item, levels={"answer": 1}, comment="", read_number=0, by=marker
        ).mark
        assert mark.seconds is None


def test_who_lost_an_answer_learns_it_and_what_they_send_is_not_taken(
    walked, items, marker, hub
) -> None:
    item = _take_alike(marker, items)
    _age(item, 25)
    other = other_marker(hub)
    with transaction():
        found = actions.take_next(question_id=question_of(item), by=other)
        while found != item:
            found = actions.skip(item_id=found, by=other)
    client = signed_in(walked, "instructor@walk")
    token = csrf_of(client, f"/grading/answers/{item}/")
    keep = client.post(f"/grading/answers/{item}/keep", data={"csrf_token": token})
    assert keep.status_code == 409
    sent = {"csrf_token": token, "read_number": "0", "level-answer": "2", "comment": "My words"}
    page = client.post(f"/grading/answers/{item}/", data=sent)
    assert page.status_code == 422
    assert "My words" in page.text
    assert "lies before somebody else now" in page.text


def test_looking_lays_nothing_and_keeping_is_a_small_answer(walked, items, marker) -> None:
    client = signed_in(walked, "instructor@walk")
    page = client.get(f"/grading/answers/{items[0]}/")
    assert page.status_code == 200
    with transaction(write=False):
        assert queries.turn_of(items[0]) is None
    token = csrf_of(client, f"/grading/answers/{items[0]}/")
    kept = client.post(f"/grading/answers/{items[0]}/keep", data={"csrf_token": token})
    assert (kept.status_code, kept.data) == (204, b"")
    assert _turn(items[0]).marker_id == marker.id


def test_of_a_renewal_and_a_taking_at_the_same_moment_one_has_the_answer(
    walked, items, marker, hub
) -> None:
    item, other = _take_alike(marker, items), other_marker(hub)
    _age(item, 25)
    said: list[str] = []

    def renew() -> None:
        try:
            with transaction():
                actions.renew(item_id=item, by=marker)
            said.append("kept")
        except Conflict:
            said.append("lost")

    def take() -> None:
        found = actions.take_next(question_id=question_of(item), by=other)
        while found != item:
            found = actions.skip(item_id=found, by=other)

    while_open(walked, take, renew)
    assert said == ["lost"]
    assert _turn(item).marker_id == other.id
