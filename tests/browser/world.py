"""Who lives in the hubs of the browser tests, and what happened to them before the tests begin.

Everything is done by the platform's own acts, each person by name and script of their own.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.curriculum import queries as curriculum
from lms.db import db, transaction
from lms.errors import RuleBroken
from lms.grading.plans.actions import record_plan
from lms.jobs.actions import sweep
from lms.learning.actions import enrol, read_lesson
from lms.learning.models import Enrolment
from lms.people import actions as people
from lms.people.models import Organisation, Person
from lms.people.queries import find_login
from lms.regrade import queries as regrading
from lms.regrade.actions import propose_run
from tests import walk
from tests.factories import PASSWORD, actor_for

PLACES = {
    "hub": ("Hub for Training in Biomanufacturing", "KR", None),
    "songdo": ("Training Centre Songdo", "KR", "hub"),
    "addis": ("Vaccine Institute Addis", "ET", "hub"),
    "cairo": ("Biologicals Cairo", "EG", "hub"),
    "pune": ("Institute of Vaccines, Sera and Monoclonal Antibodies Pune", "IN", "hub"),
}
STAFF = {
    "administrator": ("Admin Istrator", None, "hub"),
    "owner": ("Content Owner", None, "hub"),
    "reviewer": ("First Reviewer", None, "hub"),
    "second": ("Second Reviewer", None, "hub"),
    "coordinator": ("Co Ordinator", None, "hub"),
    "regulator": ("Regu Lator", None, "addis"),
    "instructor": ("Kim Instructor", "김 강사", "songdo"),
    "stranger": ("Instructor Elsewhere", None, "pune"),
    "signer": ("Instructor With Unsigned Marks", None, "songdo"),
}
ROLES = {"second": "reviewer", "stranger": "instructor", "signer": "instructor"}
# Learners: passport name, own script, the site that sends them. Songdo delivers to all.
LEARNERS = {
    "abebe": ("Abebe Bikila Test", "አበበ ቢቂላ ሙከራ", "addis"),
    "mina": ("Mina Probe", "미나 시험", "songdo"),
    "nour": ("Nour Tagriba", "نور تجربة", "cairo"),
    "asha": ("Asha Pariksha", "आशा परीक्षा", "pune"),
    "long": (
        "Venkatanarasimharajuvaripeta Subrahmanyeswara Chandrasekharendra Test",
        "वेंकटनरसिंहराजुवारिपेट सुब्रह्मण्येश्वर",
        "pune",
    ),
}


@dataclass(frozen=True)
class Cast:
    """The ids of a hub's organisations and people, by key."""

    places: dict[str, str]
    people: dict[str, str]

    def hub(self, sending: str = "addis") -> walk.Hub:
        """Return it as the acts of the walk want it, for learners of one site."""
        roles = {
            role: self.people[role]
            for role in
            ("instructor", "coordinator", "reviewer", "second", "owner", "administrator")
        }  # fmt: skip
        return walk.Hub(
            hub=self.places["hub"],
            sending=self.places[sending],
            delivering=self.places["songdo"],
            learner=self.people.get("abebe", ""),
            **roles,
        )


def login(key: str) -> str:
    """Return the sign-in name of a person."""
    return f"{key}@browser.test"


def build() -> Cast:
    """Add the organisations, the staff and the learners, all with `PASSWORD`."""
    with transaction():
        places: dict[str, Organisation] = {}
        for key, (name, country, parent) in PLACES.items():
            above = places[parent] if parent else None
            places[key] = people.add_organisation(
                name=name, country=country, parent=above, by=SYSTEM
            )
        staff = {
            key: _person(key, ROLES.get(key, key), name, native, places[place])
            for key, (name, native, place) in STAFF.items()
        }
        learners = {
            key: _person(key, "learner", name, native, places[place])
            for key, (name, native, place) in LEARNERS.items()
        }
        return Cast(
            {key: place.id for key, place in places.items()},
            {key: person.id for key, person in (staff | learners).items()},
        )


def _person(key: str, role: str, name: str, native: str | None, place: Organisation) -> Person:
    person = people.add_person(
        name=name, native_name=native, login=login(key), organisation=place, by=SYSTEM
    )
    people.grant_role(person=person, role=role, organisation=place, by=SYSTEM)
    people.set_password(person=person, password=PASSWORD, by=SYSTEM)
    return person


def newcomer(cast: Cast, key: str, *, lessons: int = 99, place: str = "addis") -> Actor:
    """Add a learner who is enrolled and has read so many lessons; returns them."""
    with transaction():
        site = db.session.get_one(Organisation, cast.places[place])
        id = _person(key, "learner", f"{key.title()} Newcomer", None, site).id
    learner = actor_for(id)
    enrolled(cast, learner, lessons=lessons, place=place)
    return learner


def enrolled(cast: Cast, learner: Actor, *, lessons: int, place: str) -> str:
    """Enrol somebody and let them read so many lessons; returns the enrolment."""
    with transaction():
        enrolment = enrol(
            person=db.session.get_one(Person, learner.id),
            version=walk.current_version(),
            programme_code="B01",
            sending=db.session.get_one(Organisation, cast.places[place]),
            delivering=db.session.get_one(Organisation, cast.places["songdo"]),
            by=SYSTEM,
        )
        for lesson in curriculum.lessons_of(enrolment.module_version_id)[:lessons]:
            read_lesson(enrolment=enrolment, lesson=lesson, by=learner)
        return enrolment.id


def started(enrolment_id: str, learner: Actor) -> str:
    """Start the assessment; returns the attempt."""
    with transaction():
        return assessment.start_attempt(
            enrolment=db.session.get_one(Enrolment, enrolment_id),
            version=walk.current_version(),
            locale="en",
            by=learner,
        ).id


def passed(cast: Cast, learner: Actor, place: str, *, release: bool = True) -> None:
    """Take somebody through the assessment, marked, and released if so wanted."""
    instructor = actor_for(cast.people["instructor"])
    attempt = walk.sit(enrolled(cast, learner, lessons=99, place=place), learner)
    walk.grade(attempt, instructor)
    if release:
        walk.release(attempt, instructor)


def live(cast: Cast) -> None:
    """Let people come as far as each page has a state to show, and the content be adopted."""
    place = {key: values[2] for key, values in LEARNERS.items()}
    passed(cast, actor_for(cast.people["asha"]), place["asha"])  # practice: nobody has signed yet
    with days_ago(5):
        walk.adopt(cast.hub())
    for key in ("mina", "nour", "long"):
        passed(cast, actor_for(cast.people[key]), place[key])
    _unprintable(cast)
    newcomer(cast, "enrolled", lessons=0)
    newcomer(cast, "reading", lessons=1)
    newcomer(cast, "ready")
    for key, right in (("waiting", True), ("failed", False)):
        learner = newcomer(cast, key)
        attempt = walk.sit(enrolment_of(learner), learner, right=right)
        if not right:
            walk.grade(attempt, actor_for(cast.people["instructor"]), points=1)
            walk.release(attempt, actor_for(cast.people["instructor"]))
    _marked_only(cast)
    _regrade(cast)
    _used_up(cast)
    answering = newcomer(cast, "answering")
    started(enrolment_of(answering), answering)
    while sweep():
        pass


def _unprintable(cast: Cast) -> None:
    """Let somebody pass whose name no font here can print."""
    with transaction():
        site = db.session.get_one(Organisation, cast.places["cairo"])
        id = _person("glyph", "learner", "Rare Glyph", "\U00016a70\U00016a71 Test", site).id
    passed(cast, actor_for(id), "cairo")


def _used_up(cast: Cast) -> None:
    """Let two fail as often as they may, days ago, and record for one what to learn again."""
    instructor = actor_for(cast.people["instructor"])
    for key in ("used-up", "planned"):
        learner = newcomer(cast, key)
        for days in (4, 2):
            with days_ago(days):
                attempt = walk.sit(enrolment_of(learner), learner, right=False)
                walk.grade(attempt, instructor, points=1)
                walk.release(attempt, instructor)
    enrolment_id = enrolment_of(learner)
    with transaction():
        record_plan(
            enrolment_id=enrolment_id,
            lessons=["20-balances", "30-activity-and-concentration"],
            text="Do the balances of the second lesson again. We go through them on Monday.",
            read_number=0,
            checked=walk.checked(instructor),
            by=instructor,
        )


def _regrade(cast: Cast) -> None:
    """Let the owner propose to give full marks for a question, which nobody has decided yet."""
    owner = actor_for(cast.people["owner"])
    with transaction():
        version = walk.current_version()
        for used in regrading.used_questions(version.id):
            with suppress(RuleBroken):  # a question that everybody answered rightly
                propose_run(
                    version=version,
                    questions=[used.question.id],
                    policy="full-marks",
                    reason="Two of its options say the same.",
                    checked=walk.checked(owner),
                    by=owner,
                )
                return


def _marked_only(cast: Cast) -> None:
    learner = newcomer(cast, "marked")
    attempt = walk.sit(enrolment_of(learner), learner)
    walk.grade(attempt, actor_for(cast.people["instructor"]))
    unsigned = newcomer(cast, "unsigned")
    attempt = walk.sit(enrolment_of(unsigned), unsigned)
    walk.mark(attempt, actor_for(cast.people["signer"]), points=3)


def enrolment_of(learner: Actor) -> str:
    """Return the one enrolment of a learner."""
    with transaction(write=False):
        statement = db.select(Enrolment.id).where(Enrolment.person_id == learner.id)
        return db.session.scalars(statement).one()


def person_id(key: str) -> str:
    """Return the id behind a sign-in name."""
    with transaction(write=False):
        found = find_login(login(key))
        assert found is not None, key
        return found[0].id


def paper_seconds() -> int:
    """Return how long the module's paper lasts."""
    with transaction(write=False):
        return 60 * int(walk.current_version().manifest["paper"]["minutes"])


def lesson_paths() -> list[str]:
    """Return the addresses of the module's lessons, in order."""
    with transaction(write=False):
        lessons = curriculum.lessons_of(walk.current_version().id)
        return [f"/modules/FND103/lessons/{lesson.code}/" for lesson in lessons]


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Let something have happened so many days ago."""
    then = wall_clock() - timedelta(days=days)
    clock.set_clock(lambda: then)
    try:
        yield
    finally:
        clock.set_clock(None)


def wall_clock() -> datetime:
    """Return the time of day, whatever the tests told the platform's clock."""
    return datetime.now(UTC)
