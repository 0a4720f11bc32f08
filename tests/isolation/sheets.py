"""Sheets of practicals in the world of two sites: one open, one that waits for its learner."""

from lms.actor import Actor
from lms.curriculum.queries import practicals_of
from lms.db import db, transaction
from lms.people.models import Organisation
from lms.people.queries import actor_of_person
from tests.factories import make_person
from tests.isolation.world import HERE, THERE, Records, World
from tests.practicals import acts


def add_sheets(world: World) -> None:
    """Let each site's instructor observe the colleague, and two others the learner, to the end."""
    with transaction(write=False):
        practical = practicals_of(world.version)[0].id
    for site in (HERE, THERE):
        people = world.people[site]
        for one in people.values():
            one.practical = practical
        with transaction(write=False):
            instructor = actor_of_person(people["instructor"].person)
        _observe(people["colleague"], instructor, f"Only colleague of {site} wrote this sentence")
        first, second = (
            _assessor(people["instructor"].place, site, name) for name in ("First", "Second")
        )
        own = people["learner"]
        _observe(own, first, f"Only learner of {site} wrote this sentence")
        for assessor in (first, second):
            acts.sign(own.sheet, assessor)


def _assessor(place: str, site: str, name: str) -> Actor:
    with transaction():
        organisation = db.session.get_one(Organisation, place)
        person = make_person(organisation, "instructor", name=f"{name} Assessor {site}")
        return actor_of_person(person.id)


def _observe(learner: Records, observer: Actor, secret: str) -> None:
    learner.sheet = acts.observe(learner.enrolment, observer, note=secret)
