"""Extra time is copied at the start and stays; minutes given count at once; all is on record."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms import clock
from lms.accommodation import queries
from lms.actor import Actor
from lms.assessment.actions import close_overdue
from lms.assessment.models import Attempt, Response, Submission
from lms.assessment.queries import overdue, saving
from lms.assessment.standing import COUNTS, GRACE, LATE
from lms.assessment.timing.models import Accommodation, Extension
from lms.assessment.timing.queries import deadline_of, deadlines_of, extensions_of, time_of
from lms.columns import new_id
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.records.queries import is_signed
from lms.records.verify import verify
from tests import walk
from tests.accommodation import acts
from tests.accommodation.conftest import begin
from tests.factories import actor_for


@pytest.fixture
def instructor(hub: walk.Hub) -> Actor:
    return actor_for(hub.instructor)


@pytest.fixture
def coordinator(hub: walk.Hub) -> Actor:
    return actor_for(hub.coordinator)


def _time(attempt_id: str):
    with transaction(write=False):
        return time_of(db.session.get_one(Attempt, attempt_id))


def _at(moment) -> None:
    clock.set_clock(lambda: moment)


@pytest.fixture(autouse=True)
def _clock_goes_on():
    yield
    clock.set_clock(None)


def test_extra_time_is_copied_into_the_attempt_at_its_start(
    learner: Actor, enrolment: str, coordinator: Actor
):
    act = acts.grant(learner.id, coordinator, percent=50)
    attempt_id = begin(enrolment, learner)
    time = _time(attempt_id)
    assert (time.percent, time.extra) == (50, -(-time.minutes // 2))
    with transaction(write=False):
        attempt = db.session.get_one(Attempt, attempt_id)
        whole = timedelta(minutes=time.minutes + time.extra)
        assert attempt.deadline - attempt.started_at == whole == time.ends_at - attempt.started_at
        assert is_signed(db.session.get_one(Accommodation, act), "granted")
        assert verify().mismatches == ()


def test_acts_after_the_start_never_alter_an_attempt(
    learner: Actor, enrolment: str, instructor: Actor
):
    attempt_id = begin(enrolment, learner)
    before = _time(attempt_id)
    acts.grant(learner.id, instructor, percent=100)
    acts.end(learner.id, instructor)
    acts.grant(learner.id, instructor, percent=25)
    assert _time(attempt_id) == before


def test_an_end_leaves_the_next_attempt_without_extra_time(
    learner: Actor, enrolment: str, instructor: Actor
):
    acts.grant(learner.id, instructor)
    acts.grant(learner.id, instructor, percent=50, valid_from=acts.later(30))
    acts.end(learner.id, instructor)
    assert _time(begin(enrolment, learner)).extra == 0
    with transaction(write=False):
        assert [one.stands for one in queries.granted_to(learner.id, acts.later(40))][:2] == [
            False,
            False,
        ]
    with pytest.raises(RuleBroken, match="no extra time to end"):
        acts.end(learner.id, instructor)


def test_sending_the_form_twice_grants_once(learner: Actor, enrolment: str, instructor: Actor):
    once = new_id()
    assert acts.grant(learner.id, instructor, once=once) == acts.grant(
        learner.id, instructor, once=once
    )
    attempt_id, again = begin(enrolment, learner), new_id()
    assert acts.extend(attempt_id, instructor, once=again) == acts.extend(
        attempt_id, instructor, once=again
    )


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("percent", {"percent": 4}),
        ("percent", {"percent": 301}),
        ("valid_from", {"valid_from": "yesterday"}),
        ("valid_until", {"valid_until": "today", "valid_from": "tomorrow"}),
    ],
)
def test_extra_time_that_cannot_be_meant_is_refused(
    learner: Actor, enrolment: str, instructor: Actor, field, values
):
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    values = {k: acts.later(days[v]) if v in days else v for k, v in values.items()}
    with pytest.raises(RuleBroken) as refused:
        acts.grant(learner.id, instructor, **values)
    assert refused.value.field == field


def test_nobody_gives_time_to_strangers_or_to_oneself(
    hub: walk.Hub, learner: Actor, enrolment: str, stranger: Actor
):
    attempt_id = begin(enrolment, learner)
    for by in (stranger, learner, actor_for(hub.administrator), actor_for(hub.reviewer)):
        with pytest.raises(NotFound):
            acts.grant(learner.id, by)
        with pytest.raises(NotFound):
            acts.extend(attempt_id, by)
        with pytest.raises(NotFound):
            acts.propose(attempt_id, by)


def test_minutes_given_count_at_once_and_only_add(
    inside: Flask, learner: Actor, enrolment: str, instructor: Actor, coordinator: Actor
):
    attempt_id = begin(enrolment, learner)
    first = _time(attempt_id).ends_at
    acts.extend(attempt_id, instructor, 10)
    acts.extend(attempt_id, coordinator, 5)
    time = _time(attempt_id)
    assert time.ends_at == first + timedelta(minutes=15)
    with transaction(write=False):
        attempt = db.session.get_one(Attempt, attempt_id)
        assert deadline_of(attempt) == deadlines_of([attempt])[attempt_id] == time.ends_at
        assert [one.minutes for one in extensions_of([attempt_id])[attempt_id]] == [10, 5]
        item = walk.attempts.items_of(attempt_id)[0].id
        assert saving(attempt_id, item, learner)[1].deadline == time.ends_at
        assert verify().mismatches == ()


def test_an_answer_in_the_minutes_given_counts_and_the_clock_waits(
    learner: Actor, enrolment: str, instructor: Actor
):
    attempt_id = begin(enrolment, learner)
    end = _time(attempt_id).ends_at
    _at(end + timedelta(minutes=3))  # the power came back, and no sweep has run yet
    assert _answer(attempt_id, learner) == LATE
    acts.extend(attempt_id, instructor, 10)
    assert _time(attempt_id).ends_at == end + timedelta(minutes=13)
    assert _answer(attempt_id, learner) == COUNTS
    with transaction(write=False):
        assert attempt_id not in overdue(clock.now(), 10)
    with transaction():
        close_overdue(attempt_id)
    with transaction(write=False):
        assert _closed(attempt_id) is None
    _at(end + timedelta(minutes=13) + GRACE + timedelta(seconds=1))
    with transaction(write=False):
        assert attempt_id in overdue(clock.now(), 10)
    with transaction():
        close_overdue(attempt_id)
    assert _answer(attempt_id, learner) == LATE
    with pytest.raises(Conflict, match="closed and scored"):
        acts.extend(attempt_id, instructor, 10)


def _closed(attempt_id: str) -> Submission | None:
    return db.session.scalars(select(Submission).where(Submission.attempt_id == attempt_id)).first()


def _answer(attempt_id: str, learner: Actor) -> str:
    with transaction():
        attempt = db.session.get_one(Attempt, attempt_id)
        item, fields = next(iter(walk.right_fields(attempt).items()))
        walk.save(attempt_id, item, fields, learner)
    with transaction(write=False):
        newest = select(Response).where(Response.item_id == item).order_by(Response.number.desc())
        return db.session.scalars(newest.limit(1)).one().standing


def test_minutes_have_limits(learner: Actor, enrolment: str, instructor: Actor):
    attempt_id = begin(enrolment, learner)
    for minutes in (0, -5, 241):
        with pytest.raises(RuleBroken) as refused:
            acts.extend(attempt_id, instructor, minutes)
        assert refused.value.field == "minutes"
    with transaction(write=False):
        assert db.session.scalars(select(Extension)).first() is None
