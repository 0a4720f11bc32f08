"""A hub with a second instructor, and a learner who may begin or has begun."""

import pytest
from flask import Flask

from lms.actor import Actor
from lms.assessment import actions as assessment
from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from lms.learning.models import Enrolment
from lms.people.models import Organisation
from tests import walk
from tests.factories import PASSWORD, actor_for, make_organisation, make_person


@pytest.fixture
def inside(walked: Flask) -> Flask:
    """The app whose hub the people below live in."""
    return walked


@pytest.fixture
def second(inside: Flask, hub: walk.Hub) -> Actor:
    """Another instructor of the site that teaches."""
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        id = make_person(
            place, "instructor", name="Second Instructor", login="second@walk.test",
            password=PASSWORD,
        ).id  # fmt: skip
    return actor_for(id)


@pytest.fixture
def stranger(inside: Flask, hub: walk.Hub) -> Actor:
    """An instructor of a site that has nothing to do with the learner."""
    with transaction():
        place = make_organisation("Elsewhere", db.session.get_one(Organisation, hub.hub))
        id = make_person(place, "instructor", login="stranger@walk.test", password=PASSWORD).id
    return actor_for(id)


@pytest.fixture
def learner(inside: Flask, hub: walk.Hub) -> Actor:
    """A learner who signs in."""
    return walk.newcomer(hub, "Timed Learner", login="timed@walk.test", password=PASSWORD)


@pytest.fixture
def enrolment(hub: walk.Hub, learner: Actor) -> str:
    """The learner's enrolment, every lesson read."""
    return walk.take_part(hub, learner)


def begin(enrolment_id: str, learner: Actor) -> str:
    """Begin an attempt; returns its id."""
    with transaction():
        enrolment = db.session.get_one(Enrolment, enrolment_id)
        version = db.session.get_one(ModuleVersion, enrolment.module_version_id)
        return assessment.start_attempt(
            enrolment=enrolment, version=version, locale="en", by=learner
        ).id
