"""A site of its own for each journey, with staff and learners; content of the hub in effect."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.curriculum import actions as approvals
from lms.curriculum import queries as curriculum
from lms.curriculum import subjects
from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from lms.learning.actions import enrol, read_lesson
from lms.learning.models import Enrolment
from lms.people.actions import add_organisation
from lms.people.models import Organisation, Person
from tests import walk
from tests.browser import world
from tests.factories import actor_for, proof_of
from tests.practicals import acts

MODULES = ("FND101", "FND103", "FND104")
PROGRAMME = "B02"
STAFF = ("instructor", "assessor", "coordinator", "administrator")
SAME = {"assessor": "instructor"}
SCRIPTS = {"en": None, "ar": "ليلى تجربة"}


@dataclass(frozen=True)
class School:
    """A site below the hub: its name, its language, its people by key."""

    place: str
    name: str
    mark: str
    tag: str

    def key(self, who: str) -> str:
        """Return the key of one of its people, from which the sign-in name follows."""
        return f"{who}-{self.mark}"

    def login(self, who: str) -> str:
        """Return what one of its people signs in with."""
        return world.login(self.key(who))

    def actor(self, who: str) -> Actor:
        """Return one of its people as somebody who acts."""
        return actor_for(world.person_id(self.key(who)))

    def learner(self, who: str, name: str) -> Actor:
        """Add a learner."""
        with transaction():
            place = db.session.get_one(Organisation, self.place)
            id = world._person(self.key(who), "learner", name, SCRIPTS[self.tag], place).id
        return actor_for(id)

    def enrolled(self, learner: Actor, code: str, *, lessons: int = 99, of: str = PROGRAMME) -> str:
        """Enrol a learner, sent and taught by the school, some lessons read; returns it."""
        with transaction():
            place = db.session.get_one(Organisation, self.place)
            enrolment = enrol(
                person=db.session.get_one(Person, learner.id),
                version=_version(code),
                programme_code=of,
                sending=place,
                delivering=place,
                by=SYSTEM,
            )
            for lesson in curriculum.lessons_of(enrolment.module_version_id)[:lessons]:
                read_lesson(enrolment=enrolment, lesson=lesson, by=learner)
            return enrolment.id

    def pass_paper(self, attempt: str) -> None:
        """Mark a paper that was handed in, and release it."""
        walk.grade(attempt, self.actor("instructor"))
        walk.release(attempt, self.actor("instructor"))

    def observe(self, enrolment: str) -> str:
        """Observe a practical, signed by two assessors; returns the sheet."""
        sheet = acts.observe(enrolment, self.actor("instructor"))
        acts.sign(sheet, self.actor("instructor"))
        acts.sign(sheet, self.actor("assessor"))
        return sheet

    def complete(self, learner: Actor, code: str) -> None:
        """Take a learner through a whole module."""
        enrolment = self.enrolled(learner, code)
        self.pass_paper(walk.sit(enrolment, learner))
        acts.sign(self.observe(enrolment), learner)


def found(cast: world.Cast, mark: str, tag: str) -> School:
    """Found a school below the hub, with a person for each role of its staff."""
    name = f"School {mark}"
    with transaction():
        hub = db.session.get_one(Organisation, cast.places["hub"])
        place = add_organisation(name=name, country="EG", parent=hub, by=SYSTEM)
        for who in STAFF:
            world._person(f"{who}-{mark}", SAME.get(who, who), f"{who} of {mark}", None, place)
        return School(place.id, name, mark, tag)


def adopt(cast: world.Cast) -> None:
    """Make every bundled module effective, as reviewers and the owner would."""
    hub = cast.hub()
    first, second, owner = (actor_for(id) for id in (hub.reviewer, hub.second, hub.owner))
    for code in MODULES:
        _sign(code, approvals.check_values, first)
        _sign(code, approvals.review, first)
        _sign(code, approvals.review, second)
        _sign(code, approvals.approve, owner)
        _sign(code, approvals.make_effective, owner, on=clock.today())


def _sign(code: str, act: Callable[..., object], by: Actor, **values: Any) -> None:
    with transaction():
        version = _version(code)
        seen = subjects.subject_of(version, clock.today()).digest
        act(version=version, seen=seen, by=by, proof=proof_of(by), **values)


def _version(code: str) -> ModuleVersion:
    version = curriculum.newest_version(code)
    assert version is not None, code
    return version


def enrolments_of(person_id: str) -> dict[str, Enrolment]:
    """Return the enrolments of a person by module, in the open transaction."""
    rows = db.session.execute(
        db.select(ModuleVersion.code, Enrolment)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.module_version_id)
        .where(Enrolment.person_id == person_id)
    )
    return {row[0]: row[1] for row in rows}
