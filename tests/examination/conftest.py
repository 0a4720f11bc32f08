"""A learner of a programme with an exam over the three modules of the taught database."""

import pytest
from flask import Flask

from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.learning.actions import enrol
from lms.people.models import Organisation, Person
from tests import walk
from tests.examination.acts import Room, store_programme
from tests.factories import actor_for, make_person


@pytest.fixture
def room(taught: Flask) -> Room:
    """A learner enrolled for X02, and the instructor who teaches them."""
    with transaction():
        store_programme()
    hub = walk.people_of_a_hub()
    with transaction():
        stranger = make_person(db.session.get_one(Organisation, hub.sending), "instructor").id
        enrolment = enrol(
            person=db.session.get_one(Person, hub.learner),
            version=walk.current_version(),
            programme_code="X02",
            sending=db.session.get_one(Organisation, hub.sending),
            delivering=db.session.get_one(Organisation, hub.delivering),
            by=SYSTEM,
        ).id
    return Room(
        hub,
        enrolment,
        learner=actor_for(hub.learner),
        invigilator=actor_for(hub.instructor),
        stranger=actor_for(stranger),
    )
