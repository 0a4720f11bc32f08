"""Claims about completions: once for one achievement, practice apart from earnest."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.actor import SYSTEM
from lms.columns import digest
from lms.competency.models import LevelHeld
from lms.competency.queries import levels_of
from lms.db import db, transaction
from lms.learning.actions import enrol
from lms.learning.models import Enrolment
from lms.people.models import Organisation, Person
from lms.programme import queries
from lms.programme.actions import note_completions
from lms.programme.models import Completion
from lms.programme.queries import achievement, completions_of
from lms.programme.work import COMPLETE
from lms.records.actions import record
from lms.records.models import Event
from tests import walk
from tests.factories import actor_for


def _completions() -> list[tuple[str, bool]]:
    """Return id and practice of each, oldest first."""
    statement = sa.select(Completion.id, Completion.practice).order_by(Completion.recorded_at)
    with transaction(write=False):
        return [(row[0], row[1]) for row in db.session.execute(statement)]


def _note_again() -> None:
    with transaction():
        for level in db.session.scalars(sa.select(LevelHeld)):
            note_completions(level)


def test_completing_twice_is_completing_once(walked: Flask) -> None:
    before = _completions()
    assert len(before) == 1
    _note_again()
    assert _completions() == before
    with transaction(write=False):
        told = sa.select(sa.func.count(Event.id)).where(Event.kind == "programme.completed")
        assert db.session.scalar(told) == 1


def test_a_completion_names_what_it_rests_on_and_where(walked: Flask, hub: walk.Hub) -> None:
    with transaction(write=False):
        (row,) = completions_of(hub.learner)
        levels = levels_of(hub.learner, practice=False)
        assert (row.sending_id, row.delivering_id) == (hub.sending, hub.delivering)
        assert row.basis["competencies"]
        for named in row.basis["competencies"]:
            held = levels[named["competency"]]
            assert held.expires_on is not None
            assert (named["level"], named["since"]) == (held.level, held.since.isoformat())
            assert named["expires_on"] == held.expires_on.isoformat()
            assert row.expires_on is not None
            assert row.expires_on <= held.expires_on
        assert row.basis_digest == digest(row.basis)
        shown = achievement(row.id)
        assert (shown.name, shown.site) == ("Learner Walk", "Delivering site")
        assert all(c.title for c in shown.competencies)


def test_who_is_enrolled_for_no_programme_completes_none(new_taught: Callable[..., Flask]) -> None:
    with new_taught().app_context():
        hub = walk.people_of_a_hub()
        learner = actor_for(hub.learner)
        enrolment_id = walk.take_part(hub, learner)
        with transaction():
            enrolment = db.session.get_one(Enrolment, enrolment_id)
            enrolment.programme_code = None
            record("enrolment.changed", enrolment, by=learner, old={"programme_code": "B01"},
                   reason="a test")  # fmt: skip
        attempt_id = walk.sit(enrolment_id, learner)
        walk.grade(attempt_id, actor_for(hub.instructor))
        walk.release(attempt_id, actor_for(hub.instructor))
        assert _completions() == []


def test_who_fails_shows_nothing_and_completes_nothing(taught: Flask) -> None:
    hub = walk.people_of_a_hub()
    learner, instructor = actor_for(hub.learner), actor_for(hub.instructor)
    attempt_id = walk.sit(walk.take_part(hub, learner), learner, right=False)
    walk.grade(attempt_id, instructor)
    walk.release(attempt_id, instructor)
    assert _completions() == []
    with transaction(write=False):
        assert db.session.scalars(sa.select(LevelHeld)).all() == []


def test_practice_completes_apart_from_what_is_done_in_earnest_later(taught: Flask) -> None:
    hub = walk.people_of_a_hub()
    learner, instructor = actor_for(hub.learner), actor_for(hub.instructor)
    walk.pass_module(hub, learner)
    walk.adopt(hub)
    assert [practice for _id, practice in _completions()] == [True]
    attempt_id = walk.sit(walk.take_part(hub, learner), learner)
    walk.grade(attempt_id, instructor)
    walk.release(attempt_id, instructor)
    assert [practice for _id, practice in _completions()] == [True, False]
    _note_again()
    assert len(_completions()) == 2


# --- levels held before enrolling -----------------------------------------------------------


def _enrol_for(person_id: str, hub: walk.Hub, code: str | None) -> None:
    with transaction():
        enrol(
            person=db.session.get_one(Person, person_id),
            version=walk.current_version(),
            programme_code=code,
            sending=db.session.get_one(Organisation, hub.sending),
            delivering=db.session.get_one(Organisation, hub.delivering),
            by=SYSTEM,
        )


def _competent(hub: walk.Hub, code: str | None) -> str:
    """Add somebody who passed the module enrolled for `code`; returns them."""
    learner, instructor = walk.newcomer(hub), actor_for(hub.instructor)
    _enrol_for(learner.id, hub, code)
    with transaction(write=False):
        enrolment = db.session.scalars(
            sa.select(Enrolment.id).where(Enrolment.person_id == learner.id)
        ).one()
    attempt = walk.sit(enrolment, learner)
    walk.grade(attempt, instructor)
    walk.release(attempt, instructor)
    return learner.id


def test_enrolling_who_is_competent_already_completes_at_once(taught: Flask) -> None:
    hub = walk.people_of_a_hub()
    walk.adopt(hub)
    person = _competent(hub, None)
    assert _completions() == []
    _enrol_for(person, hub, "B01")
    assert [practice for _id, practice in _completions()] == [False]


def test_the_sweep_completes_what_no_announcement_noted_and_then_rests(
    taught: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = walk.people_of_a_hub()
    walk.adopt(hub)
    monkeypatch.setattr("lms.programme.plugin.note_completions", lambda _record: [])
    person, _failing = _competent(hub, "B01"), walk.newcomer(hub)
    assert _completions() == []
    with transaction(write=False):
        assert queries.unnoted(clock.today(), 10) == [person]
        assert queries.unnoted(clock.today() + timedelta(days=4000), 10) == []
    COMPLETE.do(person)
    assert [practice for _id, practice in _completions()] == [False]
    with transaction(write=False):
        assert COMPLETE.pending(10) == []
