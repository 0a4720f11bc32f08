"""Play the demonstration: invented people go through the platform's own acts, nothing is faked."""

from collections.abc import Callable
from decimal import Context
from typing import Any

from sqlalchemy import select

from lms import clock
from lms.actor import SYSTEM, Actor, Proof
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt
from lms.curriculum import actions as approvals
from lms.curriculum import queries as curriculum
from lms.curriculum import subjects
from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from lms.demo.cast import CAST, PLACES, Member
from lms.grading import actions as grading
from lms.grading import queries as marking
from lms.learning import actions as learning
from lms.learning.models import Enrolment
from lms.people import actions as people
from lms.people.actions import Checked
from lms.people.models import Organisation, Person
from lms.people.queries import actor_of_person, find_login

MODULE, PROGRAMME = "FND103", "B01"
_ESSAY = (
    "A balance of 112 % means that more product was counted than went in: somewhere a number is"
    " wrong, and no product came from nothing. I stop the batch, tell the shift lead and QA, and"
    " record the deviation at once. I check the volumes, the dilutions written and done, the"
    " absorbance range and blank, the rounding, and the sampling. Until the cause is proved the"
    " batch stays blocked, so that no patient gets a wrong dose."
)


def address(login: str) -> str:
    """Return a member's sign-in name."""
    return f"{login}@demo.example"


def build_places() -> None:
    """Add the organisations that are not there yet."""
    with transaction():
        made: dict[str, Organisation] = {}
        for place in PLACES:
            found = db.session.scalars(
                select(Organisation).where(Organisation.name == place.name)
            ).first()
            made[place.key] = found or people.add_organisation(
                name=place.name,
                country=place.country,
                parent=made[place.parent] if place.parent else None,
                by=SYSTEM,
            )


def play(password: str) -> None:
    """Let every member come in and do their part; who is there already is left alone."""
    practice = [m for m in CAST if m.plot == "practice"]
    for member in [*(m for m in CAST if not m.plot), *practice]:
        _enter(member, password)
    _adopt_content()
    for member in CAST:
        if member.plot and member not in practice:
            _enter(member, password)


def _enter(member: Member, password: str) -> None:
    """Add a member with role and password and play their plot, in one transaction."""
    with transaction():
        if find_login(address(member.login)):
            return
        place = _place(member.place)
        person = people.add_person(
            name=member.name,
            native_name=member.native_name,
            login=address(member.login),
            organisation=place,
            by=SYSTEM,
        )
        for role in member.roles:
            people.grant_role(person=person, role=role, organisation=place, by=SYSTEM)
        people.set_password(person=person, password=password, by=SYSTEM)
        if member.plot:
            _play_plot(member, person, place)


def _place(key: str) -> Organisation:
    name = next(place.name for place in PLACES if place.key == key)
    return db.session.scalars(select(Organisation).where(Organisation.name == name)).one()


def _version() -> ModuleVersion:
    version = curriculum.newest_version(MODULE)
    assert version is not None, "the bundled curriculum is stored before the demonstration plays"
    return version


def _play_plot(member: Member, person: Person, place: Organisation) -> None:
    enrolment = learning.enrol(
        person=person,
        version=_version(),
        programme_code=PROGRAMME,
        sending=place,
        delivering=_place("songdo"),
        by=SYSTEM,
    )
    learner = actor_of_person(person.id)
    lessons = curriculum.lessons_of(enrolment.module_version_id)
    if member.plot == "enrolled":
        return
    for lesson in lessons[:1] if member.plot == "reading" else lessons:
        learning.read_lesson(enrolment=enrolment, lesson=lesson, by=learner)
    if member.plot != "reading":
        _assess(member.plot, enrolment, learner)


def _assess(plot: str, enrolment: Enrolment, learner: Actor) -> None:
    attempt = assessment.start_attempt(
        enrolment=enrolment, version=_version(), locale="en", by=learner
    )
    _answer(attempt, learner, right=plot != "failed")
    assessment.submit_attempt(attempt_id=attempt.id, by=learner)
    if plot == "submitted":
        return
    instructor = _member("instructor")
    for waiting in marking.queue(instructor):
        if waiting.attempt.id == attempt.id:
            key = marking.rubric_of(waiting.question.id).key
            grading.mark_answer(
                item_id=waiting.item.id,
                levels={criterion["id"]: 3 for criterion in key["criteria"]},
                comment="Clear and complete." if plot != "failed" else "Read lesson 2 again.",
                read_number=0,
                by=instructor,
            )
    marked = {one.mark.id for one in marking.unsigned(instructor) if one.mark}
    grading.sign_marks(mark_ids=marked, checked=_checked(instructor), by=instructor)
    if plot != "marked":
        grading.release_result(attempt_id=attempt.id, checked=_checked(instructor), by=instructor)


def _answer(attempt: Attempt, learner: Actor, *, right: bool) -> None:
    keys = {q.id: key.key for q, key in curriculum.questions_of(attempt.module_version_id)}
    for number, item in enumerate(attempts.items_of(attempt.id), 1):
        if not right and number % 2:
            continue  # leaves every other question blank
        assessment.save_response(
            attempt_id=attempt.id,
            item_id=item.id,
            client="demonstration",
            sequence=number,
            seen=number - 1,
            fields=_GIVEN[item.kind](keys[item.question_id], item.variant),
            claimed_at=clock.now().isoformat(),
            by=learner,
        )


Given = Callable[[dict[str, Any], dict[str, Any]], dict[str, list[str]]]
_GIVEN: dict[str, Given] = {
    "single": lambda key, _variant: {"choice": list(key["correct"])},
    "multiple": lambda key, _variant: {"choices": list(key["correct"])},
    "matching": lambda key, _variant: {
        f"stem-{stem}": [target] for stem, target in key["pairs"].items()
    },
    "ordering": lambda key, _variant: {
        f"place-{step}": [str(place)] for place, step in enumerate(key["order"], 1)
    },
    "numeric": lambda key, variant: {
        "number": [str(Context(prec=4).create_decimal(variant["answer"]))],
        "unit": [key["unit"]],
    },
    "essay": lambda _key, _variant: {"text": [_ESSAY]},
}


def _adopt_content() -> None:
    """Let two reviewers, then the owner, sign the module, so that it certifies from today."""
    with transaction():
        version = _version()
        if curriculum.is_effective(version.id, clock.today()):
            return
        owner = _member("owner")
        first = _member("reviewer")
        approvals.check_values(version=version, seen=_seen(version), by=first, proof=_proof(first))
        for reviewer in (first, _member("reviewer2")):
            approvals.review(
                version=version, seen=_seen(version), by=reviewer, proof=_proof(reviewer)
            )
        approvals.approve(version=version, seen=_seen(version), by=owner, proof=_proof(owner))
        approvals.make_effective(
            version=version,
            seen=_seen(version),
            on=clock.today(),
            by=owner,
            proof=_proof(owner),
        )


def _seen(version: ModuleVersion) -> str:
    return subjects.subject_of(version, clock.today()).digest


def _member(login: str) -> Actor:
    found = find_login(address(login))
    assert found is not None, f"{login} enters before this"
    return actor_of_person(found[0].id)


def _proof(actor: Actor) -> Proof:
    """Nobody typed a password here, and the signature says so."""
    return Proof(actor.id, "demonstration", clock.now())


def _checked(actor: Actor) -> Checked:
    return Checked("", "", actor.id, _proof(actor), 0)
