"""Claims about acts: each leaves its event, a change has a reason, a signature binds one state."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.actor import SYSTEM, Proof
from lms.db import db, transaction
from lms.errors import NotAllowed, RuleBroken
from lms.grading.models import Mark
from lms.people.models import Organisation, Person
from lms.records.actions import begin_epoch, record, sequence_events, sign
from lms.records.models import Event, Refusal, Signature
from lms.records.queries import state
from lms.records.rules import plain, state_digest
from lms.records.verify import verify
from tests.factories import (
    PASSWORD,
    actor_for,
    csrf_of,
    make_organisation,
    make_person,
    proof_of,
    signed_in,
)
from tests.walk import Hub

# Each act of the walk: what the trail calls it, and who did it (a field of Hub; "" the system).
ACTS = [
    ("organisation.added", ""),
    ("person.added", ""),
    ("role.granted", ""),
    ("password.set", ""),
    ("content.reviewed", "reviewer"),
    ("content.reviewed", "second"),
    ("content.approved", "owner"),
    ("content.effective", "owner"),
    ("signed.reviewed", "reviewer"),
    ("signed.approved", "owner"),
    ("signed.effective", "owner"),
    ("enrolment.created", ""),
    ("lesson.read", "learner"),
    ("attempt.started", "learner"),
    ("paper.item-set", "learner"),
    ("response.saved", "learner"),
    ("attempt.submitted", "learner"),
    ("response.scored", "learner"),
    ("answer.marked", "instructor"),
    ("signed.graded", "instructor"),
    ("result.released", "instructor"),
    ("signed.released", "instructor"),
    ("evidence.recorded", "instructor"),
    ("competency.changed", "instructor"),
    ("programme.completed", ""),
    ("certificate.reserved", ""),
    ("certificate.approved", ""),
    ("certificate.file-stored", ""),
    ("certificate.sealed", ""),
]


@pytest.mark.parametrize(("kind", "who"), ACTS)
def test_each_act_of_the_walk_leaves_its_event(
    untouched: Flask, hub: Hub, kind: str, who: str
) -> None:
    with transaction(write=False):
        actor = getattr(hub, who) if who else SYSTEM.id
        statement = sa.select(Event).where(Event.kind == kind, Event.actor_id == actor)
        event = db.session.scalars(statement.limit(1)).one()
        said, subject = json.loads(event.content), event.subject_id
    assert said["kind"] == kind
    assert said["actor"]["name"] == (f"{who.title()} Walk" if who else SYSTEM.name)
    assert said["subject"]["row"] == subject


def _person() -> Person:
    return db.session.scalars(sa.select(Person)).one()


@pytest.fixture
def person_id(app: Flask) -> str:
    with transaction():
        return make_person(make_organisation()).id


# --- changes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [None, "", "  \n "])
def test_a_change_without_a_reason_is_refused_and_undone(person_id, reason) -> None:
    def change() -> None:
        with transaction():
            _person().name = "Somebody Else"
            record("person.renamed", _person(), by=SYSTEM, old={"name": "x"}, reason=reason)

    with pytest.raises(RuleBroken) as refusal:
        change()
    assert refusal.value.field == "reason"
    with transaction(write=False):
        assert _person().name == "Amina Okafor"


def test_a_change_says_what_was_what_is_who_when_and_why(person_id) -> None:
    moment = datetime(2026, 11, 22, 10, 0, 0, 5, UTC)
    clock.set_clock(lambda: moment)
    with transaction():
        person = _person()
        old, person.name = person.name, "Amina Okafor-Bello"
        record("person.renamed", person, by=SYSTEM, old={"name": old}, reason=" A wedding. ")
    with transaction(write=False):
        event = db.session.scalars(sa.select(Event).where(Event.kind == "person.renamed")).one()
        said = json.loads(event.content)
        assert said["changes"] == {"name": ["Amina Okafor", "Amina Okafor-Bello"]}
        assert (said["reason"], said["at"]) == ("A wedding.", moment.isoformat())
        assert said["actor"] == {"id": "system", "name": "Seedtrain"}
        assert event.ordinal == 2
        assert event.subject_digest == state_digest("person", state(_person()))
        assert verify().mismatches == ()


def test_a_moment_given_in_another_zone_still_verifies(person_id) -> None:
    seoul = timezone(timedelta(hours=9))
    assert plain(datetime(2026, 1, 1, 9, tzinfo=seoul)) == plain(datetime(2026, 1, 1, tzinfo=UTC))
    with transaction():
        db.session.add(place := _organisation(datetime(2026, 1, 1, 9, tzinfo=seoul)))
        record("organisation.added", place, by=SYSTEM)
        begin_epoch("a test", {"begun": "2026"}, by=SYSTEM)
    with transaction(write=False):
        assert verify().mismatches == ()


def _organisation(created_at: datetime) -> Organisation:
    return Organisation(name="Other", country="ET", path="/other/", created_at=created_at)


def test_the_event_goes_with_the_act_when_it_is_undone(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        _add_and_fail()
    with transaction(write=False):
        assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 0


def _add_and_fail() -> None:
    make_organisation()
    raise ZeroDivisionError


def test_two_acts_on_one_row_at_once_are_numbered_one_after_the_other(app, person_id) -> None:
    together = threading.Barrier(2)

    def act(change: Callable[[Person], None]) -> None:
        with app.app_context():
            together.wait(20)
            with transaction():
                person = _person()
                change(person)
                record("person.noted", person, by=SYSTEM)
                db.session.flush()

    changes: list[Callable[[Person], Any]] = [
        lambda person: setattr(person, "locale", "ar"),
        lambda person: None,
    ]
    threads = [threading.Thread(target=act, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with transaction(write=False):
        statement = sa.select(Event.ordinal).where(Event.subject_id == person_id)
        assert sorted(db.session.scalars(statement)) == [1, 2, 3]
        assert verify().mismatches == ()


# --- signatures ------------------------------------------------------------------------------


def test_a_signature_names_who_when_what_for_and_exactly_what(untouched: Flask, hub: Hub) -> None:
    with transaction(write=False):
        mark = db.session.scalars(sa.select(Mark)).one()
        signed = db.session.scalars(sa.select(Signature).where(Signature.meaning == "graded")).one()
        assert (signed.person_id, signed.printed_name) == (hub.instructor, "Instructor Walk")
        assert (signed.subject_table, signed.subject_id) == ("mark", mark.id)
        assert signed.subject_digest == state_digest("mark", state(mark))
        assert signed.method == "password"
        assert signed.at.tzinfo is UTC
        assert signed.proved_at <= signed.at
        changed = state(mark) | {"comment": mark.comment + " "}
        assert signed.subject_digest != state_digest("mark", changed)


def test_nobody_signs_with_another_s_proof_or_an_old_one(app: Flask, person_id: str) -> None:
    actor = actor_for(person_id)
    late = Proof(actor.id, "password", clock.now() - timedelta(minutes=5, seconds=1))
    other = Proof("somebody else", "password", clock.now())
    for proof in (late, other):
        with pytest.raises(NotAllowed), transaction():
            sign(_person(), meaning="seen", by=actor, proof=proof)
    with transaction():
        sign(_person(), meaning="seen", by=actor, proof=proof_of(actor))
    with transaction(write=False):
        assert db.session.scalar(sa.select(sa.func.count(Signature.id))) == 1
        assert verify().mismatches == ()


# --- refused access --------------------------------------------------------------------------


def test_refused_access_is_recorded_though_the_request_was_undone(app: Flask) -> None:
    with transaction():
        make_person(make_organisation(), "learner", login="learner@x.example", password=PASSWORD)
    client = signed_in(app, "learner@x.example")
    token = csrf_of(client, "/verify/") if "csrf" in client.get("/verify/").text else ""
    for method in ("get", "post"):
        answer = getattr(client, method)("/grading/", data={"csrf_token": token})
        assert answer.status_code in (403, 405)
    assert client.get("/records/").status_code == 403
    with transaction(write=False):
        rows = db.session.scalars(sa.select(Refusal).order_by(Refusal.refused_at)).all()
        assert [(row.method, row.endpoint) for row in rows] == [
            ("GET", "grading.desk"),
            ("GET", "records.trail"),
        ]
        events = sa.select(sa.func.count(Event.id)).where(Event.kind == "access.refused")
        assert db.session.scalar(events) == 2
        assert verify().mismatches == ()


def test_what_a_writing_request_did_before_it_was_refused_is_not_kept(walked, hub) -> None:
    """A learner of the same hub posts a release: the refusal stays, the release does not."""
    client = signed_in(walked, "learner@walk")
    token = csrf_of(client, "/")
    answer = client.post("/grading/attempts/x/release", data={"csrf_token": token, "password": "x"})
    assert answer.status_code == 403
    with transaction(write=False):
        (row,) = db.session.scalars(sa.select(Refusal)).all()
        assert (row.person_id, row.method) == (hub.learner, "POST")


# --- the sequencer ---------------------------------------------------------------------------


def test_the_sequencer_places_what_is_committed_in_batches_and_then_nothing(app: Flask) -> None:
    with transaction():
        for _ in range(5):
            make_organisation()
    placed = []
    for _ in range(4):
        with transaction():
            placed.append(sequence_events(batch=2))
    assert placed == [2, 2, 1, 0]
    with transaction(write=False):
        assert verify().waiting == 0
