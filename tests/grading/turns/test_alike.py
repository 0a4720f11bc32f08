"""Answers that say the same are marked in one decision, a row for each, and taken back together."""

import pytest
from flask import Flask
from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.db import db, transaction
from lms.errors import Conflict
from lms.grading.actions import mark_answer
from lms.grading.models import Mark, Turn
from lms.grading.queries import answer, unsigned
from lms.grading.turns import actions, queries
from lms.grading.turns.alike import around
from lms.records.models import Event
from tests import walk
from tests.factories import actor_for, count_queries, csrf_of, signed_in
from tests.grading.asking_alike import answer_alike, other_marker, question_of

SAME = ("The batch", "  the  BATCH ", "the batch", "the drum", "the batch\u200f")


@pytest.fixture
def items(walked: Flask, hub: walk.Hub) -> list[str]:
    """Five answers; all but the fourth say the same."""
    return list(answer_alike(hub, *SAME).values())


@pytest.fixture
def marker(hub: walk.Hub) -> Actor:
    return actor_for(hub.instructor)


def _take(by: Actor, items: list[str], wanted: str) -> str:
    """Take answers until one of those is before a marker that is (or is not) the odd one."""
    with transaction():
        found = actions.take_next(question_id=question_of(items[0]), by=by)
        while found and (found == items[3]) != (wanted == "odd"):
            found = actions.skip(item_id=found, by=by)
        assert found
        return found


def _before(by: Actor) -> set[str]:
    with transaction(write=False):
        held = select(Turn.item_id).where(Turn.marker_id == by.id, Turn.until > clock.now())
        return set(db.session.scalars(held))


def _mark(item: str, by: Actor, points: int = 3, together: list[str] | None = None):
    with transaction():
        return actions.mark_and_go_on(
            item_id=item, levels={"answer": points}, comment="Which?", read_number=0, by=by,
            together=together or [],
        )  # fmt: skip


def test_an_answer_is_shown_with_those_that_say_the_same(items, marker) -> None:
    with transaction(write=False):
        for item in items:
            same, ahead = around(answer(item, marker), marker, clock.now())
            group = {items[3]} if item == items[3] else set(items) - {items[3]}
            assert {item, *same} == group
            assert set(ahead) == set(items) - group or len(ahead) == 3


def test_taking_one_lays_all_that_say_the_same_before_the_marker_and_skipping_none(
    items, marker, hub
) -> None:
    _take(marker, items, "same")
    assert _before(marker) == set(items) - {items[3]}
    other = other_marker(hub)
    with transaction(write=False):
        assert queries.free(question_of(items[0]), other, clock.now()) == [items[3]]
    _take(marker, items, "odd")
    assert _before(marker) == {items[3]}


def test_one_decision_writes_a_row_for_each_and_each_is_logged(items, marker) -> None:
    first = _take(marker, items, "same")
    gone_on = _mark(first, marker, together=[item for item in items if item != first])
    assert (gone_on.count, gone_on.next) == (4, items[3])
    with transaction(write=False):
        marks = db.session.scalars(select(Mark).where(Mark.item_id.in_(items))).all()
        assert {mark.item_id for mark in marks} == set(items) - {items[3]}
        assert {tuple(mark.levels.items()) for mark in marks} == {(("answer", 3),)}
        assert len({mark.decision for mark in marks}) == 1
        assert marks[0].decision is not None
        assert [mark.item_id for mark in marks if mark.seconds is not None] == [first]
        events = select(Event.subject_id).where(Event.kind == "answer.marked")
        assert set(db.session.scalars(events)) >= {mark.id for mark in marks}


def test_taking_a_decision_back_takes_all_of_it_back(items, marker) -> None:
    first = _take(marker, items, "same")
    _mark(first, marker, together=items)
    with transaction():
        actions.take_back(item_id=first, by=marker)
    assert _before(marker) >= set(items) - {items[3]}
    with transaction(write=False):
        assert not [one for one in unsigned(marker) if one.item.id in items]
        rows = db.session.scalars(select(Mark).where(Mark.item_id.in_(items)))
        assert sorted((row.number, bool(row.levels)) for row in rows) == sorted(
            [(1, True), (2, False)] * 4
        )


def test_what_was_marked_anew_by_itself_stays_when_the_rest_is_taken_back(items, marker) -> None:
    first = _take(marker, items, "same")
    _mark(first, marker, together=items)
    alone = next(item for item in items if item not in (first, items[3]))
    with transaction():
        actions.mark_and_go_on(
            item_id=alone, levels={"answer": 1}, comment="", read_number=1, by=marker
        )
        actions.take_back(item_id=first, by=marker)
    with transaction(write=False):
        assert [one.item.id for one in unsigned(marker) if one.item.id in items] == [alone]


def test_with_the_box_empty_one_answer_is_marked(items, marker) -> None:
    first = _take(marker, items, "same")
    assert _mark(first, marker).count == 1


def test_what_only_claims_to_say_the_same_is_left_out(items, marker) -> None:
    first = _take(marker, items, "same")
    gone_on = _mark(first, marker, together=[items[3]])
    assert (gone_on.count, gone_on.left_out) == (1, 1)


def test_what_somebody_else_marked_since_the_page_was_shown_is_left_out(items, marker, hub) -> None:
    first = _take(marker, items, "same")
    gone = next(item for item in items if item not in (first, items[3]))
    other = other_marker(hub)
    with transaction():
        mark_answer(item_id=gone, levels={"answer": 0}, comment="", read_number=0, by=other)
    gone_on = _mark(first, marker, together=items)
    assert (gone_on.count, gone_on.left_out) == (3, 2)


def test_an_answer_that_lies_before_somebody_else_is_refused_and_nothing_is_written(
    items, marker, hub
) -> None:
    first = _take(marker, items, "same")
    other = other_marker(hub)
    with pytest.raises(Conflict, match="lies before somebody else"):
        _mark(first, other, together=items)
    with transaction(write=False):
        assert not db.session.scalars(select(Mark).where(Mark.item_id.in_(items))).all()


def test_passing_one_on_passes_all_that_say_the_same_on(items, marker, hub) -> None:
    first, other = _take(marker, items, "same"), other_marker(hub)
    with transaction():
        assert actions.pass_on(item_id=first, reason="Which batch?", by=marker) == items[3]
    with transaction(write=False):
        passed = queries.passed_on(other)
        assert {one.waiting.item.id for one in passed} == set(items) - {items[3]}


def test_the_page_shows_one_decision_without_a_name(walked, items, marker) -> None:
    first = _take(marker, items, "same")
    client = signed_in(walked, "instructor@walk")
    place = f"/grading/answers/{first}/"
    page = client.get(place).text
    assert "3 other answers say the same." in page
    assert "Writer" not in page
    token = csrf_of(client, place)
    others = [item for item in items if item not in (first, items[3])]
    sent = {"csrf_token": token, "read_number": "0", "comment": "", "level-answer": "2"}
    json = client.post(
        place, data=sent | {"together": "yes", "same": others},
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert json.json["next"].startswith(f"/grading/answers/{items[3]}/")
    assert json.json["left"]


def test_the_page_asks_the_same_however_many_say_the_same(walked, items, marker) -> None:
    client = signed_in(walked, "instructor@walk")
    client.get(f"/grading/answers/{items[0]}/")
    alone, together = (
        len(count_queries(walked, lambda at=item: client.get(f"/grading/answers/{at}/")))
        for item in (items[3], items[0])
    )
    assert alone == together <= 24
