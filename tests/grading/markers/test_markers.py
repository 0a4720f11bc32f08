"""Markers are approved, turned away with a reason, timed, and relieved of what lies before them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.grading.actions import mark_answer
from lms.grading.markers import actions, desk
from lms.grading.models import Mark, Turn, TurnRelease
from lms.grading.turns import actions as turns
from lms.people.models import Organisation
from lms.records.models import Event
from tests import walk
from tests.factories import (
    PASSWORD,
    actor_for,
    count_queries,
    csrf_of,
    make_organisation,
    make_person,
    signed_in,
)
from tests.grading.asking_alike import answer_alike, other_marker, question_of


@pytest.fixture
def items(walked: Flask, hub: walk.Hub) -> list[str]:
    return list(answer_alike(hub, "the drum", "the can").values())


@pytest.fixture
def marker(hub: walk.Hub) -> Actor:
    return actor_for(hub.instructor)


@pytest.fixture
def lead(hub: walk.Hub) -> Actor:
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        id = make_person(
            place, "coordinator", name="The Lead", login="lead@test", password=PASSWORD
        ).id
    return actor_for(id)


def _approve(who: Actor, by: Actor) -> str:
    with transaction():
        code = walk.current_version().code
        return actions.approve_marker(
            person_id=who.id, module_code=code, reason="Ten years at it.",
            checked=walk.checked(by), by=by,
        ).id  # fmt: skip


def _mark(item: str, by: Actor) -> str | None:
    with transaction():
        return mark_answer(
            item_id=item, levels={"answer": 2}, comment="", read_number=0, by=by
        ).ground


def test_a_founding_hub_marks_and_each_mark_says_on_what_ground(items, marker) -> None:
    assert _mark(items[0], marker) == "founding"
    with transaction(write=False):
        mark = db.session.scalars(select(Mark).where(Mark.item_id == items[0])).one()
        event = db.session.scalars(select(Event).where(Event.subject_id == mark.id)).one()
        assert b"founding marker" in event.content


def test_an_approval_qualifies_and_ends_the_founding_of_others_there(
    walked, hub, items, marker, lead
) -> None:
    other = other_marker(hub, login="other@test", password=PASSWORD)
    approval = _approve(marker, lead)
    assert _mark(items[0], marker) == "approved"
    with pytest.raises(RuleBroken, match="not yet"):
        _mark(items[1], other)
    with transaction():
        assert turns.take_any(by=other, first=question_of(items[1])) is None
    client = signed_in(walked, "other@test")
    assert "For qualified markers" in client.get("/grading/").text
    assert "approve you in writing" in client.get(f"/grading/answers/{items[1]}/").text
    with transaction():
        actions.end_approval(approval_id=approval, reason="Left the site.", by=lead)
    assert _mark(items[1], other) == "founding"


def test_nobody_is_approved_twice_by_themselves_or_from_elsewhere(hub, items, marker, lead) -> None:
    _approve(marker, lead)
    with pytest.raises(Conflict):
        _approve(marker, lead)
    with pytest.raises(NotFound):
        _approve(lead, lead)
    with transaction():
        id = make_person(make_organisation("Elsewhere"), "coordinator").id
    with pytest.raises(NotFound):
        _approve(other_marker(hub), actor_for(id))


def test_a_lead_gives_back_what_lies_before_a_marker_and_its_page_learns_it(
    walked, items, marker, lead, hub
) -> None:
    with transaction():
        taken = turns.take_next(question_id=question_of(items[0]), by=marker)
    with transaction(write=False):
        (held,) = desk.held(lead, clock.now())
        assert (held.marker.id, held.count) == (marker.id, 1)
        assert not desk.held(marker, clock.now())
    client = signed_in(walked, "lead@test")
    place = f"/grading/markers/{marker.id}/questions/{question_of(items[0])}/release"
    assert client.get("/grading/markers/").status_code == 200
    token = csrf_of(client, place)
    assert client.post(place, data={"csrf_token": token, "reason": ""}).status_code == 422
    assert client.post(place, data={"csrf_token": token, "reason": "Ill."}).status_code == 303
    with transaction(write=False):
        row = db.session.scalars(select(TurnRelease)).one()
        assert (row.item_id, row.marker_id, row.reason) == (taken, marker.id, "Ill.")
    with pytest.raises(Conflict), transaction():
        turns.renew(item_id=taken, by=marker)
    other = other_marker(hub)
    with transaction():
        assert turns.take_next(question_id=question_of(items[0]), by=other) in items
    with pytest.raises(NotFound), transaction():
        actions.release_turns(
            marker_id=marker.id, question_id=question_of(items[0]), reason="Again.", by=lead
        )


def test_an_instructor_gives_back_nothing_of_another_and_neither_does_a_lead_elsewhere(
    items, marker
) -> None:
    with transaction():
        turns.take_next(question_id=question_of(items[0]), by=marker)
        id = make_person(make_organisation("Elsewhere"), "coordinator").id
    for by in (marker, actor_for(id)):
        with pytest.raises(NotFound), transaction():
            actions.release_turns(
                marker_id=marker.id, question_id=question_of(items[0]), reason="Mine.", by=by
            )


def test_the_median_time_of_a_mark_is_shown_by_question_and_marker(items, marker, lead) -> None:
    with transaction():
        item = turns.take_next(question_id=question_of(items[0]), by=marker)
    for seconds in (30, 90):
        later = clock.now() - timedelta(seconds=seconds)
        with transaction():
            db.session.scalars(select(Turn).where(Turn.item_id == item)).one().since = later
            item = turns.mark_and_go_on(
                item_id=item, levels={"answer": 1}, comment="", read_number=0, by=marker
            ).next
            assert item
    with transaction(write=False):
        (pace,) = [one for one in desk.paces(lead) if one.question.code == "which-entry"]
        assert (pace.marker.id, pace.decisions) == (marker.id, 2)
        assert 60 <= pace.seconds < 65
        assert [one.marker.id for one in desk.paces(marker)] == [marker.id]


def test_the_page_of_markers_asks_the_same_however_many_there_are(
    walked, hub, items, marker, lead
) -> None:
    client = signed_in(walked, "lead@test")
    client.get("/grading/markers/")
    with transaction():
        turns.take_next(question_id=question_of(items[0]), by=marker)
    _approve(marker, lead)
    few = len(count_queries(walked, lambda: client.get("/grading/markers/")))
    for number in range(3):
        _approve(other_marker(hub, f"Marker {number}"), lead)
    assert len(count_queries(walked, lambda: client.get("/grading/markers/"))) == few


def test_an_approval_is_given_on_the_page_with_a_password(walked, hub, marker, lead) -> None:
    client = signed_in(walked, "lead@test")
    token = csrf_of(client, "/grading/markers/approve")
    with transaction(write=False):
        code = walk.current_version().code
    sent = {"csrf_token": token, "person": marker.id, "module": code, "reason": "Taught it."}
    assert client.post("/grading/markers/approve", data=sent).status_code == 422
    sent["password"] = PASSWORD
    assert client.post("/grading/markers/approve", data=sent).status_code == 303
    assert "Taught it." in client.get("/grading/markers/").text
