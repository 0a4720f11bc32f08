"""What happens to a learner of the demonstration in one module: from enrolled to observed."""

import math
from collections.abc import Collection
from fractions import Fraction

from sqlalchemy import select

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt
from lms.curriculum import queries as curriculum
from lms.curriculum.models import ModuleVersion
from lms.db import db
from lms.demo.cast import PLACES, Member
from lms.demo.given import right_answer
from lms.demo.practicals import PLOTS as OBSERVED
from lms.demo.practicals import play_practical
from lms.demo.signing import checked, member
from lms.demo.slips import slip
from lms.grading import actions as grading
from lms.grading import queries as marking
from lms.learning import actions as learning
from lms.learning.models import Enrolment
from lms.learning.queries import own_enrolment
from lms.people.models import Organisation, Person
from lms.people.queries import actor_of_person


def place(key: str) -> Organisation:
    """Return an organisation of the demonstration."""
    name = next(place.name for place in PLACES if place.key == key)
    return db.session.scalars(select(Organisation).where(Organisation.name == name)).one()


def play_plot(plot: str, person: Person, code: str, programme: str, sending: Organisation) -> None:
    """Enrol somebody in a module and take them as far as the plot says.

    Plots: enrolled, reading, submitted, marked, failed, used-up (the first of two failures),
    passed, narrow (passed with not a point to spare); and with the paper passed and the
    practical begun: those of lms.demo.practicals.
    """
    version = curriculum.newest_version(code)
    if version is None:
        return  # a hub without this module has a smaller demonstration
    enrolment = learning.enrol(
        person=person,
        version=version,
        programme_code=programme,
        sending=sending,
        delivering=place("songdo"),
        by=SYSTEM,
    )
    if plot == "enrolled":
        return
    learner = actor_of_person(person.id)
    lessons = curriculum.lessons_of(version.id)
    for lesson in lessons[:1] if plot == "reading" else lessons:
        learning.read_lesson(enrolment=enrolment, lesson=lesson, by=learner)
    if plot != "reading":
        _assess(plot, enrolment, learner)
    if plot in OBSERVED:
        first, second = member("instructor"), member("instructor2")
        play_practical(enrolment, plot, observer=first, second=second)


def fail_again(one: Member) -> None:
    """Let somebody whose first attempt failed fail the second, so that none is left."""
    for code, plot in one.learns.items():
        learner = member(one.login)
        found = own_enrolment(code, learner)
        if plot == "used-up" and found:
            _assess(plot, found[0], learner)


def _assess(plot: str, enrolment: Enrolment, learner: Actor) -> None:
    version = curriculum.version_by_id(enrolment.module_version_id)
    attempt = assessment.start_attempt(
        enrolment=enrolment, version=version, locale="en", by=learner
    )
    right = plot not in ("failed", "used-up")
    _answer(attempt, learner, _left_blank(plot, attempt, version))
    assessment.submit_attempt(attempt_id=attempt.id, by=learner)
    if plot == "submitted":
        return
    instructor = member("instructor")
    for waiting in marking.queue(instructor):
        if waiting.attempt.id == attempt.id:
            key = marking.rubric_of(waiting.question.id).key
            grading.mark_answer(
                item_id=waiting.item.id,
                levels={criterion["id"]: 3 for criterion in key["criteria"]},
                comment="Clear and complete." if right else "Read the second lesson again.",
                read_number=0,
                by=instructor,
            )
    marked = {one.mark.id for one in marking.unsigned(instructor) if one.mark}
    grading.sign_marks(mark_ids=marked, checked=checked(instructor), by=instructor)
    if plot != "marked":
        grading.release_result(attempt_id=attempt.id, checked=checked(instructor), by=instructor)


def _left_blank(plot: str, attempt: Attempt, version: ModuleVersion) -> set[str]:
    """Return the items that a learner of this plot leaves blank."""
    items = attempts.items_of(attempt.id)
    if plot in ("failed", "used-up"):
        return {item.id for item in items[::2] if item.kind != "essay"}
    if plot != "narrow":
        return set()
    questions = {q.id: q for q, _key in curriculum.questions_of(version.id)}
    whole = sum(int(item.points) for item in items if item.kind != "essay")
    spare = whole - math.ceil(whole * Fraction(version.manifest["pass"]["knowledge"]))
    blank = set()
    for item in items:
        plain = item.kind != "essay" and not questions[item.question_id].critical
        if plain and int(item.points) <= spare:
            spare -= int(item.points)
            blank.add(item.id)
    return blank


def _answer(attempt: Attempt, learner: Actor, blank: Collection[str]) -> None:
    """Answer a paper rightly, but for every second question of a newer kind."""
    pairs = {q.id: (q, key) for q, key in curriculum.questions_of(attempt.module_version_id)}
    newer = 0
    for number, item in enumerate(attempts.items_of(attempt.id), 1):
        question, key = pairs[item.question_id]
        fields = right_answer(question, key, item.variant)
        slipped = None if question.critical else slip(question, key, item.variant)
        newer += slipped is not None
        fields = slipped if slipped and newer % 2 == 0 else fields
        if item.id in blank or fields is None:
            continue
        assessment.save_response(
            attempt_id=attempt.id,
            item_id=item.id,
            client="demonstration",
            sequence=number,
            seen=number - 1,
            fields=fields,
            claimed_at=clock.now().isoformat(),
            by=learner,
        )
