"""Suspending, revoking and reinstating: signed, by two people, told to whoever verifies."""

import pytest
from flask import Flask
from sqlalchemy import select

from certificates.models import Certificate
from certificates.queries import by_number
from certificates.status import actions
from certificates.status.queries import withheld
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.records.verify import verify
from tests import walk
from tests.factories import PASSWORD, actor_for, csrf_of, make_organisation, make_person, signed_in


@pytest.fixture
def number(walked: Flask) -> str:
    with transaction(write=False):
        return db.session.scalars(select(Certificate.number)).one()


def _act(number: str, kind: str, by, *, read: int | None = None) -> None:
    with transaction():
        seen = len(by_number(number).acts) if read is None else read
        actions.change_standing(
            number=number, kind=kind, why="Seen.", read_number=seen, checked=walk.checked(by), by=by
        )


def _verdict(app: Flask, number: str) -> str:
    answer = app.test_client().get(f"/verify/{number}", headers={"Accept": "application/json"})
    return answer.get_json()["verdict"]


def test_a_suspended_certificate_is_told_as_suspended_at_once(walked, hub, number):
    assert _verdict(walked, number) == "valid"
    _act(number, "suspended", actor_for(hub.owner))
    assert _verdict(walked, number) == "suspended"


def test_two_people_revoke_and_the_trail_holds(walked, hub, number):
    owner, coordinator = actor_for(hub.owner), actor_for(hub.coordinator)
    _act(number, "suspended", owner)
    _act(number, "revocation-proposed", owner)
    with pytest.raises(RuleBroken, match="second person"):
        _act(number, "revoked", owner)
    _act(number, "revoked", coordinator)
    assert _verdict(walked, number) == "revoked"
    with transaction(write=False):
        assert not verify().mismatches


def test_a_reinstated_certificate_is_valid_again(walked, hub, number):
    owner, coordinator = actor_for(hub.owner), actor_for(hub.coordinator)
    _act(number, "suspended", coordinator)
    _act(number, "reinstatement-proposed", coordinator)
    _act(number, "reinstated", owner)
    assert _verdict(walked, number) == "valid"


def test_two_coordinators_alone_decide_nothing(walked, hub, number):
    with transaction():
        place = db.session.get_one(walk.Organisation, hub.hub)
        other = make_person(place, "coordinator", password=PASSWORD).id
    _act(number, "suspended", actor_for(hub.coordinator))
    _act(number, "revocation-proposed", actor_for(hub.coordinator))
    with pytest.raises(RuleBroken, match="content owner"):
        _act(number, "revoked", actor_for(other))
    _act(number, "proposal-declined", actor_for(other))
    with transaction(write=False):
        assert by_number(number).state == "suspended"


def test_an_act_on_what_somebody_changed_meanwhile_is_refused(walked, hub, number):
    owner = actor_for(hub.owner)
    with pytest.raises(Conflict):
        _act(number, "suspended", owner, read=1)


def test_a_coordinator_elsewhere_finds_nothing(walked, number):
    with transaction():
        elsewhere = make_person(make_organisation("Elsewhere"), "coordinator", password=PASSWORD).id
    with pytest.raises(NotFound):
        _act(number, "suspended", actor_for(elsewhere))
    with transaction(write=False):
        assert not withheld(actor_for(elsewhere))


def test_the_page_suspends_with_a_password_and_a_reason(walked, hub, number):
    client = signed_in(walked, "owner@walk")
    sent = {
        "csrf_token": csrf_of(client, f"/certificates/{number}/standing"),
        "act": "suspended",
        "why": "The identity was never checked.",
        "read_number": "2",
        "password": "wrong wrong wrong",
    }
    again = client.post(f"/certificates/{number}/standing", data=sent)
    assert again.status_code == 422
    assert "The identity was never checked." in again.text
    done = client.post(f"/certificates/{number}/standing", data=sent | {"password": PASSWORD})
    assert done.status_code == 303
    assert number in client.get("/certificates/suspended/").text
    holder = signed_in(walked, "learner@walk").get("/").text
    assert "Your certificate is suspended" in holder
