"""The plan after the last attempt: who records it, what it opens, who reads it."""

from datetime import timedelta

import pytest

from lms import clock
from lms.actor import SYSTEM
from lms.assessment import actions as assessment
from lms.assessment.models import RemediationPlan
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.grading.plans import queries
from lms.grading.plans.actions import record_plan
from lms.learning.models import Enrolment
from lms.people.actions import grant_role
from lms.people.models import Organisation, Person
from lms.records.models import Signature
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

PLAN = "Do the three balances of lesson 20 again; we go through them on Monday."


@pytest.fixture
def hub(taught):
    people = walk.people_of_a_hub()
    walk.adopt(people)
    return people


@pytest.fixture(autouse=True)
def real_clock():
    yield
    clock.set_clock(None)


def later(**ahead):
    when = clock.now() + timedelta(**ahead)
    clock.set_clock(lambda: when)


def fail(hub, enrolment, learner):
    instructor = actor_for(hub.instructor)
    attempt = walk.sit(enrolment, learner, right=False)
    walk.grade(attempt, instructor, 2)
    walk.release(attempt, instructor)


def use_up(hub, *learners):
    """Let learners fail as often as they may; returns their enrolments."""
    enrolments = [walk.take_part(hub, learner) for learner in learners]
    for _attempt in range(2):
        for enrolment, learner in zip(enrolments, learners, strict=True):
            fail(hub, enrolment, learner)
        later(hours=25)
    return enrolments


@pytest.fixture
def learner(hub):
    return walk.newcomer(hub, "Nadia Again", login="learner@plans", password=PASSWORD)


@pytest.fixture
def enrolment(hub, learner):
    return use_up(hub, learner)[0]


def planned(enrolment, by, **values):
    with transaction():
        return record_plan(
            **{
                "enrolment_id": enrolment,
                "lessons": ["20-balances"],
                "text": PLAN,
                "read_number": 0,
                "checked": walk.checked(by),
                "by": by,
            }
            | values
        ).id


def start(enrolment, learner):
    with transaction():
        row = db.session.get_one(Enrolment, enrolment)
        version = walk.current_version()
        return assessment.start_attempt(
            enrolment=row, version=version, locale="en", by=learner
        ).number


def count(model):
    with transaction(write=False):
        return db.session.scalar(db.select(db.func.count()).select_from(model))


def test_plan_opens_one_more_attempt_and_is_signed(hub, learner, enrolment):
    with pytest.raises(RuleBroken, match="used up"):
        start(enrolment, learner)
    by = actor_for(hub.instructor)
    plan = planned(enrolment, by)
    with transaction(write=False):
        signature = db.session.scalars(
            db.select(Signature).where(Signature.subject_id == plan)
        ).one()
        assert (signature.meaning, signature.person_id) == ("planned", by.id)
        lessons = db.session.get_one(RemediationPlan, plan).lessons
        assert [lesson["code"] for lesson in lessons] == ["20-balances"]
        assert lessons[0]["title"]
    assert start(enrolment, learner) == 3


def test_after_a_planned_attempt_fails_the_next_needs_another_plan(hub, learner, enrolment):
    by = actor_for(hub.instructor)
    planned(enrolment, by)
    fail(hub, enrolment, learner)
    later(hours=25)
    with pytest.raises(RuleBroken, match="used up"):
        start(enrolment, learner)
    planned(enrolment, by, read_number=1, text="Once more, with the simulator.")
    assert start(enrolment, learner) == 4


def test_plan_sent_twice_is_one_plan(hub, enrolment):
    by = actor_for(hub.instructor)
    assert planned(enrolment, by) == planned(enrolment, by)
    assert count(RemediationPlan) == 1


def test_plan_beside_another_instructors_is_refused(hub, enrolment):
    planned(enrolment, actor_for(hub.instructor))
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        other = make_person(place, "instructor").id
    with pytest.raises(Conflict):
        planned(enrolment, actor_for(other))


def test_no_plan_without_a_right_password_or_for_a_lesson_that_is_not_there(hub, enrolment):
    by = actor_for(hub.instructor)
    with pytest.raises(RuleBroken):
        planned(enrolment, by, checked=None)
    with pytest.raises(RuleBroken) as refused:
        planned(enrolment, by, lessons=["99-nothing"])
    assert refused.value.field == "lessons"
    assert count(RemediationPlan) == 0


def test_no_plan_while_an_attempt_is_left(hub, learner):
    enrolment = walk.take_part(hub, learner)
    fail(hub, enrolment, learner)
    later(hours=25)
    with pytest.raises(RuleBroken, match="no plan"):
        planned(enrolment, actor_for(hub.instructor))


def test_only_an_instructor_of_the_delivering_organisation_plans_and_nobody_for_themselves(
    hub, learner, enrolment
):
    with transaction():
        elsewhere = make_person(make_organisation("Elsewhere"), "instructor").id
    with pytest.raises(NotFound):
        planned(enrolment, actor_for(elsewhere))
    with pytest.raises(NotFound):
        planned(enrolment, actor_for(hub.coordinator))
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        person = db.session.get_one(Person, learner.id)
        grant_role(person=person, role="instructor", organisation=place, by=SYSTEM)
    with pytest.raises(NotFound):
        planned(enrolment, actor_for(learner.id))
    by = actor_for(learner.id)
    with transaction(write=False):
        assert queries.used_up(by) == []


def test_list_shows_who_needs_a_plan_and_nobody_else(taught, hub, learner, enrolment):
    once = walk.newcomer(hub, "Failed Once")
    fail(hub, walk.take_part(hub, once), once)
    client = signed_in(taught, "instructor@walk")
    assert "1 learner needs a plan" in client.get("/").text
    page = client.get("/grading/plans/").text
    assert "Nadia Again" in page
    assert "Failed Once" not in page
    planned(enrolment, actor_for(hub.instructor))
    assert "Nobody needs a plan" in client.get("/grading/plans/").text
    assert "needs a plan" not in client.get("/").text


def test_list_costs_the_same_for_one_and_for_many(taught, hub, learner, enrolment):
    client = signed_in(taught, "instructor@walk")
    client.get("/grading/plans/")
    few = count_queries(taught, lambda: client.get("/grading/plans/"))
    use_up(hub, *(walk.newcomer(hub, f"Learner {n}") for n in range(3)))
    many = count_queries(taught, lambda: client.get("/grading/plans/"))
    assert client.get("/grading/plans/").text.count("Plan needed") == 4
    assert len(many) == len(few)


def test_instructor_records_a_plan_on_its_page_and_the_learner_reads_it(taught, hub, enrolment):
    client = signed_in(taught, "instructor@walk")
    here = f"/grading/plans/{enrolment}/"
    page = client.get(here).text
    assert page.count('name="lessons"') == page.count(" checked") > 1, "all went wrong"
    sent = {"csrf_token": csrf_of(client, here), "read_number": "0", "lessons": ["20-balances"]}
    refused = client.post(here, data=sent | {"text": "", "password": PASSWORD})
    assert refused.status_code == 422
    assert "Write what to learn again." in refused.text
    wrong = client.post(here, data=sent | {"text": PLAN, "password": "not mine"})
    assert wrong.status_code == 422
    assert PLAN in wrong.text
    done = client.post(here, data=sent | {"text": PLAN, "password": PASSWORD})
    assert (done.status_code, done.location) == (303, "/grading/plans/")
    learner = signed_in(taught, "learner@plans")
    for path in ("/modules/FND103/", "/"):
        text = learner.get(path).text
        assert PLAN in text, path
        assert "/modules/FND103/lessons/20-balances/" in text
        assert "Instructor Walk" in text
        assert "You can try again now. 1 attempt is left." in text, path
    assert PLAN in client.get(here).text
    assert "This learner needs no plan now." in client.get(here).text


def test_plan_is_no_longer_shown_once_its_attempt_was_made(taught, hub, enrolment):
    learner = signed_in(taught, "learner@plans")
    planned(enrolment, actor_for(hub.instructor))
    assert PLAN in learner.get("/").text
    with transaction(write=False):
        by = db.session.get_one(Enrolment, enrolment).person_id
    fail(hub, enrolment, actor_for(by))
    assert PLAN not in learner.get("/").text
