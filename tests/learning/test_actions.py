"""Claims about enrolling and reading: by whom, once, and never in somebody else's name."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.curriculum import queries as curriculum
from lms.db import db, transaction
from lms.errors import NotAllowed, NotFound, RuleBroken
from lms.learning import queries
from lms.learning.actions import end_enrolment, enrol, read_lesson
from lms.learning.models import Enrolment, LessonRead
from lms.people.models import Organisation, Person
from lms.records.actions import record
from lms.records.models import Event
from tests import walk
from tests.factories import actor_for, make_organisation, make_person


@pytest.fixture
def people(taught: Flask) -> walk.Hub:
    return walk.people_of_a_hub()


def _enrol(people: walk.Hub, by: Actor, programme: str | None = "B01") -> str:
    with transaction():
        return enrol(
            person=db.session.get_one(Person, people.learner),
            version=walk.current_version(),
            programme_code=programme,
            sending=db.session.get_one(Organisation, people.sending),
            delivering=db.session.get_one(Organisation, people.delivering),
            by=by,
        ).id


def _count(model: type) -> int:
    with transaction(write=False):
        return db.session.scalar(sa.select(sa.func.count(model.id))) or 0


def _coordinator(place_id: str) -> Actor:
    with transaction():
        place = db.session.get_one(Organisation, place_id)
        id = make_person(place, "coordinator").id
    return actor_for(id)


@pytest.mark.parametrize("place", ["sending", "delivering", "hub"])
def test_a_coordinator_of_either_site_or_above_enrols(people: walk.Hub, place: str) -> None:
    by = _coordinator(getattr(people, place))
    id = _enrol(people, by)
    with transaction(write=False):
        row = db.session.get_one(Enrolment, id)
        assert (row.sending_id, row.delivering_id) == (people.sending, people.delivering)
        event = db.session.scalars(sa.select(Event).where(Event.subject_id == id)).one()
        assert (event.kind, event.actor_id) == ("enrolment.created", by.id)


@pytest.mark.parametrize("who", ["learner", "instructor", "administrator", "owner", "elsewhere"])
def test_nobody_else_enrols_anybody(people: walk.Hub, who: str) -> None:
    if who == "elsewhere":
        with transaction():
            place = make_organisation("Elsewhere").id
        by = _coordinator(place)
    else:
        by = actor_for(getattr(people, who))
    with pytest.raises(NotAllowed):
        _enrol(people, by)
    assert _count(Enrolment) == 0


def test_enrolling_twice_gives_the_first_enrolment_back(people: walk.Hub) -> None:
    first = _enrol(people, SYSTEM)
    assert _enrol(people, actor_for(people.coordinator)) == first
    assert _count(Enrolment) == 1
    with transaction(write=False):
        told = sa.select(sa.func.count(Event.id)).where(Event.kind == "enrolment.created")
        assert db.session.scalar(told) == 1


def _read(enrolment_id: str, by: Actor, position: int = 0) -> None:
    with transaction():
        enrolment = db.session.get_one(Enrolment, enrolment_id)
        lesson = curriculum.lessons_of(enrolment.module_version_id)[position]
        read_lesson(enrolment=enrolment, lesson=lesson, by=by)


def test_reading_twice_is_reading_once(people: walk.Hub) -> None:
    id, learner = _enrol(people, SYSTEM), actor_for(people.learner)
    for position in (0, 1, 0):
        _read(id, learner, position)
    assert _count(LessonRead) == 2
    with transaction(write=False):
        ((_enrolment, _version, lessons),) = queries.progress_of(learner)
        assert [read for _lesson, read in lessons][:3] == [True, True, False]


def test_nobody_reads_in_another_s_name(people: walk.Hub) -> None:
    id = _enrol(people, SYSTEM)
    for who in (people.instructor, people.coordinator, people.administrator):
        with pytest.raises(NotFound):
            _read(id, actor_for(who))
    assert _count(LessonRead) == 0


def test_an_enrolment_that_ended_is_no_longer_one_s_own(people: walk.Hub) -> None:
    id, learner = _enrol(people, SYSTEM), actor_for(people.learner)
    with transaction(write=False):
        assert queries.own_enrolment_by_id(id, learner).id == id
    with transaction():
        row = db.session.get_one(Enrolment, id)
        row.ended_at = clock.now()
        record("enrolment.ended", row, by=SYSTEM, old={"ended_at": None}, reason="a test")
    with transaction(write=False):
        assert queries.progress_of(learner) == []
        assert queries.own_enrolment("FND103", learner) is None
        with pytest.raises(NotFound):
            queries.own_enrolment_by_id(id, learner)


# --- ended and begun again ------------------------------------------------------------------


def _end(people: walk.Hub, id: str, by: Actor, reason: str = "Left the company") -> None:
    with transaction():
        end_enrolment(
            enrolment=db.session.get_one(Enrolment, id),
            sending=db.session.get_one(Organisation, people.sending),
            delivering=db.session.get_one(Organisation, people.delivering),
            reason=reason,
            by=by,
        )


def _events(id: str) -> list[str]:
    with transaction(write=False):
        statement = sa.select(Event.kind).where(Event.subject_id == id).order_by(Event.ordinal)
        return list(db.session.scalars(statement))


def test_an_ended_enrolment_runs_again_as_the_same_row_and_says_so(people: walk.Hub) -> None:
    by = actor_for(people.coordinator)
    id = _enrol(people, by)
    _end(people, id, by)
    assert _enrol(people, by) == id
    with transaction(write=False):
        assert db.session.get_one(Enrolment, id).ended_at is None
    assert _events(id) == ["enrolment.created", "enrolment.ended", "enrolment.reopened"]


def test_an_enrolment_ends_once_and_with_a_reason(people: walk.Hub) -> None:
    by = actor_for(people.coordinator)
    id = _enrol(people, by)
    with pytest.raises(RuleBroken):
        _end(people, id, by, reason=" ")
    _end(people, id, by)
    with pytest.raises(RuleBroken):
        _end(people, id, by)
    assert _events(id) == ["enrolment.created", "enrolment.ended"]


@pytest.mark.parametrize("who", ["learner", "instructor", "administrator"])
def test_nobody_but_a_coordinator_ends_an_enrolment(people: walk.Hub, who: str) -> None:
    id = _enrol(people, SYSTEM)
    with pytest.raises(NotAllowed):
        _end(people, id, actor_for(getattr(people, who)))


def test_an_enrolment_for_no_programme_joins_one_later(people: walk.Hub) -> None:
    id = _enrol(people, SYSTEM, programme=None)
    assert _enrol(people, SYSTEM) == id
    with transaction(write=False):
        assert db.session.get_one(Enrolment, id).programme_code == "B01"
    assert _events(id) == ["enrolment.created", "enrolment.changed"]
