"""A learner who is enrolled, two assessors at the delivering site, one elsewhere."""

from dataclasses import dataclass

import pytest
from flask import Flask

from lms.actor import Actor
from lms.db import db, transaction
from lms.people.models import Organisation
from tests import walk
from tests.factories import PASSWORD, actor_for, make_organisation, make_person


@dataclass(frozen=True)
class Site:
    """Who is there, and the learner's enrolment."""

    hub: walk.Hub
    learner: Actor
    first: Actor
    second: Actor
    stranger: Actor
    enrolment: str


@pytest.fixture
def site(taught: Flask) -> Site:
    """Everybody whom a practical concerns; all sign in with PASSWORD."""
    hub = walk.people_of_a_hub()
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        second = make_person(
            place, "instructor", name="Second Assessor", login="assessor@walk", password=PASSWORD
        ).id
        stranger = make_person(
            make_organisation("Elsewhere"), "instructor", login="stranger@walk", password=PASSWORD
        ).id
    learner = actor_for(hub.learner)
    return Site(
        hub=hub,
        learner=learner,
        first=actor_for(hub.instructor),
        second=actor_for(second),
        stranger=actor_for(stranger),
        enrolment=walk.enrol_learner(hub, learner),
    )
