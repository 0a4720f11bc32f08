"""Who reaches what along the tree: sending and delivering sites, the hub above them, oneself."""

import re

import pytest
from flask import Flask

from lms.actor import SYSTEM, Actor, Role
from lms.assessment.actions import submit_attempt
from lms.curriculum.queries import version_by_id
from lms.db import db, transaction
from lms.errors import NotAllowed
from lms.learning.actions import enrol
from lms.people.actions import grant_role
from lms.people.models import Organisation, Person
from lms.people.queries import actor_of_person
from tests.factories import make_person
from tests.isolation.pressing import PDF
from tests.isolation.visitors import Visitor, enter
from tests.isolation.world import HERE, THERE, Records, World


@pytest.fixture
def hub(inside: Flask, world: World):
    """Give a browser to somebody who holds a role at the root, above both sites."""

    def enter_with(role: str) -> Visitor:
        one = world.people[HERE]["colleague"]
        with inside.app_context(), transaction():
            root = db.session.scalars(
                db.select(Organisation).where(Organisation.parent_id.is_(None))
            ).one()
            person = db.session.get_one(Person, one.person)
            grant_role(person=person, role=role, organisation=root, by=SYSTEM)
        return enter(inside, one)

    return enter_with


def of(inside: Flask, world: World, site: str, key: str) -> tuple[Visitor, Records]:
    one = world.people[site][key]
    return enter(inside, one), one


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ("attempt", "/attempts/{}/"),
        ("essay", "/grading/answers/{}/"),
        ("attempt", "/grading/attempts/{}/release"),
        ("number", "/certificates/{}.pdf"),
    ],
)
def test_a_record_of_another_site_looks_like_none_at_all(
    inside: Flask, world: World, record: str, path: str
) -> None:
    visitor = enter(inside, world.people[HERE]["instructor"])
    for key in ("colleague", "submitted", "graduate"):
        id = getattr(world.people[THERE][key], record)
        if not id:
            continue
        theirs = visitor.get(path.format(id))
        none = visitor.get(path.format("0" * len(id)))
        assert (theirs.status_code, none.status_code) == (404, 404)
        assert _plain(theirs.text) == _plain(none.text)
        assert set(theirs.headers.keys()) == set(none.headers.keys())


def _plain(text: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]*"', "token", text)


def test_instructor_sees_through_the_delivering_site_only(inside: Flask, world: World) -> None:
    instructor = enter(inside, world.people[HERE]["instructor"])
    came, went = world.people[THERE]["sent"], world.people[HERE]["sent"]
    assert instructor.get(f"/grading/answers/{came.essay}/").status_code == 200
    assert instructor.get(f"/grading/answers/{went.essay}/").status_code == 404
    certificate = world.people[HERE]["sent-graduate"].number
    assert instructor.get(f"/certificates/{certificate}.pdf").status_code == 404


def test_coordinator_sees_through_either_site(inside: Flask, world: World) -> None:
    coordinator = enter(inside, world.people[HERE]["coordinator"])
    for site in (HERE, THERE):
        number = world.people[site]["sent-graduate"].number
        answer = coordinator.get(f"/certificates/{number}.pdf")
        assert (answer.status_code, answer.data) == (200, PDF)
    number = world.people[THERE]["graduate"].number
    assert coordinator.get(f"/certificates/{number}.pdf").status_code == 404


def test_coordinator_of_the_hub_sees_every_site_below(inside: Flask, world: World, hub) -> None:
    page = hub("coordinator").get("/certificates/").text
    for site in (HERE, THERE):
        assert world.people[site]["graduate"].number in page


@pytest.mark.parametrize("role", ["administrator", "regulator", "reviewer", "owner"])
def test_a_role_that_runs_or_judges_sees_no_training_record(
    inside: Flask, world: World, hub, role: str
) -> None:
    page = hub(role).get("/certificates/").text
    assert world.people[HERE]["graduate"].number not in page


@pytest.mark.parametrize("role", ["administrator", "owner"])
def test_audit_trail_opens_to_a_role_held_for_the_whole_hub(
    inside: Flask, world: World, hub, role: str
) -> None:
    visitor = hub(role)
    assert 'href="/records/"' in visitor.get("/").text
    page = visitor.get("/records/")
    assert page.status_code == 200
    assert f"Nadia {THERE}" in page.text


def test_audit_trail_is_not_offered_to_the_administrator_of_a_site(
    inside: Flask, world: World
) -> None:
    visitor = enter(inside, world.people[HERE]["administrator"])
    assert 'href="/records/"' not in visitor.get("/").text


def test_nobody_marks_or_releases_their_own(inside: Flask, world: World) -> None:
    visitor, own = of(inside, world, HERE, "instructor")
    with inside.app_context(), transaction():
        submit_attempt(attempt_id=own.attempt, by=actor_of_person(own.person))
    assert visitor.get(f"/grading/answers/{own.essay}/").status_code == 404
    assert visitor.get(f"/grading/attempts/{own.attempt}/release").status_code == 404
    assert own.essay not in visitor.get("/grading/").text


def test_lists_of_one_site_name_nobody_of_the_other(inside: Flask, world: World) -> None:
    for key in ("learner", "instructor", "coordinator", "administrator"):
        visitor = enter(inside, world.people[HERE][key])
        for path in ("/", "/grading/", "/certificates/", "/modules/"):
            page = visitor.get(path).text
            assert f"Nadia {THERE} graduate" not in page
            assert world.people[THERE]["graduate"].number not in page
            assert world.people[THERE]["submitted"].essay not in page


@pytest.mark.parametrize(("role", "site"), [("coordinator", THERE), ("instructor", HERE)])
def test_only_a_coordinator_above_one_of_the_sites_enrols(
    inside: Flask, world: World, role: str, site: str
) -> None:
    with inside.app_context(), transaction():
        asker = actor_of_person(world.people[HERE][role].person)
        place = db.session.get_one(Person, world.people[site]["learner"].person).organisation
        newcomer = make_person(place)
        version = version_by_id(world.version)
        enrolling = {"programme_code": "B01", "sending": place, "delivering": place}
        with pytest.raises(NotAllowed):
            enrol(person=newcomer, version=version, by=asker, **enrolling)


def test_a_path_covers_itself_and_below_never_beside() -> None:
    actor = Actor("a", "A", (Role("coordinator", "x", "/hub/site/"),))
    assert actor.covers("/hub/site/", "coordinator")
    assert actor.covers("/hub/site/lab/", "coordinator")
    assert not actor.covers("/hub/", "coordinator")
    assert not actor.covers("/hub/site2/", "coordinator")
    assert not actor.at_root("coordinator")
    assert Actor("b", "B", (Role("owner", "x", "/hub/"),)).at_root("owner", "administrator")
