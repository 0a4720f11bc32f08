"""A class of the demonstration hands in: alike short answers wait for one decision."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt, AttemptItem
from lms.curriculum import queries as curriculum
from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from lms.demo.given import right_answer
from lms.demo.plots import place
from lms.demo.signing import address, checked, member
from lms.grading import queries as marking
from lms.grading.markers.actions import approve_marker
from lms.grading.turns import actions as turns
from lms.learning import actions as learning
from lms.learning.models import Enrolment
from lms.people import actions as people
from lms.people.models import Person
from lms.people.queries import actor_of_person, find_login

MODULE, QUESTION = "FND104", "what-kills-spores"
# The question asks for the word for the kind, and the key knows no chemical.
CLASS = (
    ("class-one", "Bethlehem Demo", "chlorine"),
    ("class-two", "Dawit Demo", "Chlorine"),
    ("class-three", "Eden Demo", " chlorine "),
    ("class-four", "Girma Demo", "CHLORINE"),
    ("class-five", "Kidist Demo", "a stronger one"),
    ("class-six", "Lulit Demo", "A  stronger one"),
    ("class-seven", "Yonas Demo", "one that also kills what the bacteria leave behind"),
)
_TRIES = 60  # papers drawn until one has the question; about every second has it
# How many seconds ago an essay was taken, and two were marked one after the other.
_TAKEN, _MARKED = 300, (205, 65)


def play_alike() -> None:
    """Let a class hand in, approve its two markers, let one of them mark two essays; once."""
    with transaction():
        version = curriculum.newest_version(MODULE)
        asked = version and {one.code: one.id for one, _key in curriculum.questions_of(version.id)}
        if not version or not asked or QUESTION not in asked or _is_played():
            return
        for login, name, text in CLASS:
            _hand_in(_newcomer(login, name), version, asked[QUESTION], text)
    with transaction():
        lead = member("coordinator")
        for login in ("instructor", "instructor2"):
            approve_marker(
                person_id=member(login).id,
                module_code=MODULE,
                reason="Teaches cleanroom conduct since 2019; was observed marking by the owner.",
                checked=checked(lead),
                by=lead,
            )
    _mark_essays()


def _is_played() -> bool:
    return find_login(address(CLASS[0][0])) is not None


def _newcomer(login: str, name: str) -> Actor:
    person = people.add_person(
        name=name, native_name=None, login=address(login), organisation=place("addis"), by=SYSTEM
    )
    people.grant_role(person=person, role="learner", organisation=place("addis"), by=SYSTEM)
    return actor_of_person(person.id)


def _hand_in(learner: Actor, version: ModuleVersion, question_id: str, text: str) -> None:
    """Let a learner of the class answer rightly but for the one question, and hand in."""
    enrolment = learning.enrol(
        person=db.session.get_one(Person, learner.id),
        version=version,
        programme_code="B02",
        sending=place("addis"),
        delivering=place("songdo"),
        by=SYSTEM,
    )
    for lesson in curriculum.lessons_of(version.id):
        learning.read_lesson(enrolment=enrolment, lesson=lesson, by=learner)
    attempt = _paper_with(question_id, enrolment, version, learner)
    pairs = {one.id: (one, key) for one, key in curriculum.questions_of(version.id)}
    for number, item in enumerate(attempts.items_of(attempt.id), 1):
        fields = right_answer(*pairs[item.question_id], item.variant)
        if item.question_id == question_id:
            fields = {"text": [text]}
        if fields is not None:
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
    assessment.submit_attempt(attempt_id=attempt.id, by=learner)


class _Undone(Exception):
    """Ends a try whose paper is not kept."""


def _paper_with(
    question_id: str, enrolment: Enrolment, version: ModuleVersion, learner: Actor
) -> Attempt:
    """Start an attempt whose paper has the question: who drew another one, never sat it."""
    for _ in range(_TRIES):
        try:
            with db.session.begin_nested():
                attempt = assessment.start_attempt(
                    enrolment=enrolment, version=version, locale="en", by=learner
                )
                if any(item.question_id == question_id for item in attempts.items_of(attempt.id)):
                    return attempt
                raise _Undone
        except _Undone:
            continue
    raise AssertionError("no paper draws the question")


def _mark_essays() -> None:
    """Let the instructor take an essay of the module and mark two; the next lies before them."""
    with _ago(_TAKEN), transaction():
        instructor = member("instructor")
        waits = [one for one in marking.queue(instructor) if one.item.kind == "essay"]
        ours = [one.question.id for one in waits if one.version.code == MODULE]
        essays = {one.item.id for one in waits}
        item = turns.take_next(question_id=ours[0], by=instructor) if ours else None
    for seconds in _MARKED:
        if item is None or item not in essays:
            return
        with _ago(seconds), transaction():
            question = db.session.get_one(AttemptItem, item).question_id
            item = turns.mark_and_go_on(
                item_id=item,
                levels={one["id"]: 3 for one in marking.rubric_of(question).key["criteria"]},
                comment="Clear. Say also who is told first.",
                read_number=0,
                by=instructor,
            ).next


@contextmanager
def _ago(seconds: int) -> Iterator[None]:
    clock.set_clock(lambda: datetime.now(UTC) - timedelta(seconds=seconds))
    try:
        yield
    finally:
        clock.set_clock(None)
