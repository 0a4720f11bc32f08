"""The pages of extra time and voids: who sees what, on the desk, on the paper, on the result."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from lms import clock
from lms.actor import Actor
from lms.assessment.models import Attempt
from lms.assessment.timing.queries import deadline_of
from lms.db import db, transaction
from lms.people.models import Organisation
from tests import walk
from tests.accommodation import acts
from tests.accommodation.conftest import begin
from tests.factories import (
    PASSWORD,
    actor_for,
    count_queries,
    csrf_of,
    make_person,
    signed_in,
)


@pytest.fixture
def instructor(hub: walk.Hub) -> Actor:
    return actor_for(hub.instructor)


def _send(client, page: str, **fields: str):
    token = csrf_of(client, page)
    once = re.search(r'name="once" value="([0-9a-z]{26})"', client.get(page).text)
    values = {"csrf_token": token} | ({"once": once[1]} if once else {}) | fields
    return client.post(page, data=values)


def _words(client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


def test_extra_time_goes_from_the_desk_to_the_learners_paper(
    inside: Flask, hub: walk.Hub, learner: Actor, enrolment: str
):
    staff, own = signed_in(inside, "coordinator@walk"), signed_in(inside, "timed@walk.test")
    assert "Nobody has extra time" in _words(staff, "/time/")
    assert "You have no extra time" in _words(own, "/time/own/")
    page = f"/time/learners/{learner.id}/"
    assert page in staff.get("/time/?q=timed").text
    refused = _send(staff, page, percent="2", category="access", password=PASSWORD)
    assert refused.status_code == 422
    today = clock.today().isoformat()
    sent = {"percent": "50", "category": "access", "valid_from": today, "note": "A secret remark"}
    assert _send(staff, page, password="wrong", **sent).status_code == 422
    assert _send(staff, page, password=PASSWORD, **sent).status_code == 303
    assert "50 % more time" in _words(staff, "/time/")
    assert "A secret remark" in _words(staff, page)
    told = _words(own, "/time/own/")
    assert "50 % more time" in told
    assert "A secret remark" not in told
    assert re.search(r"Your time: \d+ \+ \d+ minutes", _words(own, "/modules/FND103/"))
    assert re.search(
        r"Your time: \d+ \+ \d+ minutes", _words(own, f"/attempts/{_begun(enrolment, learner)}/")
    )
    file = staff.get("/time/extra-time.csv").get_data(as_text=True)
    assert "Timed Learner" in file
    assert "secret" not in file
    assert _send(staff, f"{page}end", password=PASSWORD).status_code == 303
    assert "Ended" in _words(own, "/time/own/")


def _begun(enrolment: str, learner: Actor) -> str:
    return begin(enrolment, learner)


@pytest.mark.parametrize("typed", ["Élodie", "eba Él", "ኤሎዲ"])
def test_a_learner_is_found_by_every_name_as_it_is_written(
    inside: Flask, hub: walk.Hub, typed: str
):
    with transaction():
        place = db.session.get_one(Organisation, hub.sending)
        id = make_person(place, "learner", name="Élodie Abeba", native_name="ኤሎዲ አበባ").id
    walk.take_part(hub, actor_for(id))
    found = signed_in(inside, "instructor@walk").get(f"/time/?q={typed}").text
    assert f"/time/learners/{id}/" in found


def test_minutes_given_reach_the_open_page(
    inside: Flask, hub: walk.Hub, learner: Actor, enrolment: str
):
    attempt_id = begin(enrolment, learner)
    staff, own = signed_in(inside, "instructor@walk"), signed_in(inside, "timed@walk.test")
    until = f"/attempts/{attempt_id}/until".replace("/attempts", "/time/attempts")
    before = own.get(until).json["until"]
    page = f"/time/attempts/{attempt_id}/"
    assert "Timed Learner" in _words(staff, "/time/")
    assert _send(staff, page, minutes="0", category="power").status_code == 422
    assert _send(staff, page, minutes="15", category="power").status_code == 303
    after = own.get(until).json["until"]
    with transaction(write=False):
        assert deadline_of(db.session.get_one(Attempt, attempt_id)).isoformat() == after > before
    assert "15 given while it runs" in _words(own, f"/attempts/{attempt_id}/")
    assert "15 minutes more" in _words(staff, page)
    assert signed_in(inside, "coordinator@walk").get(until).status_code == 404


def test_a_paper_whose_time_was_over_opens_again_with_the_minutes_given(
    inside: Flask, hub: walk.Hub, learner: Actor, enrolment: str, instructor: Actor
):
    attempt_id = begin(enrolment, learner)
    own = signed_in(inside, "timed@walk.test")
    with transaction(write=False):
        end = db.session.get_one(Attempt, attempt_id).deadline
    clock.set_clock(lambda: end + timedelta(seconds=30))
    try:
        assert "The time is over" in _words(own, f"/attempts/{attempt_id}/")
        acts.extend(attempt_id, instructor, 10)
        assert "Before you hand in" in _words(own, f"/attempts/{attempt_id}/")
    finally:
        clock.set_clock(None)


def test_a_void_goes_from_one_hand_to_another_and_to_the_learner(
    inside: Flask, hub: walk.Hub, learner: Actor, enrolment: str, second: Actor
):
    attempt_id = walk.sit(enrolment, learner)
    first, other = signed_in(inside, "instructor@walk"), signed_in(inside, "second@walk.test")
    page = f"/time/attempts/{attempt_id}/void"
    sent = {"category": "outage", "reason": "Only staff read this.", "gives_back": "yes"}
    answer = _send(first, page, password=PASSWORD, **sent)
    assert answer.status_code == 303
    void = answer.location
    assert "waits for your signature" in _words(other, "/")
    assert "waits for your signature" not in _words(first, "/")
    own = signed_in(inside, "timed@walk.test")
    assert "does not count" not in _words(own, f"/attempts/{attempt_id}/")
    decision = {"decision": "voided", "password": PASSWORD}
    assert _send(first, void, **decision).status_code == 422
    assert _send(other, void, **decision).status_code == 303
    told = _words(own, f"/attempts/{attempt_id}/")
    assert "This attempt does not count" in told
    assert "Power cut or network down" in told
    assert "given back" in told
    assert "Only staff" not in told
    assert "Attempt is void" in _words(own, "/")
    record = _words(other, f"/progress/{enrolment}/")
    assert "Void" in record
    assert f"/time/attempts/{attempt_id}/" in other.get(f"/progress/{enrolment}/").text


def test_the_desk_asks_as_much_for_many_as_for_few(
    inside: Flask, hub: walk.Hub, learner: Actor, enrolment: str, instructor: Actor
):
    client = signed_in(inside, "instructor@walk")
    acts.grant(learner.id, instructor)
    acts.propose(begin(enrolment, learner), instructor)
    few = len(count_queries(inside, lambda: client.get("/time/")))
    for number in range(3):
        one = walk.newcomer(hub, f"Further Learner {number}")
        attempt_id = begin(walk.take_part(hub, one), one)
        acts.grant(one.id, instructor)
        acts.extend(attempt_id, instructor)
        acts.propose(attempt_id, instructor)
    many = count_queries(inside, lambda: client.get("/time/"))
    assert len(many) == few
