"""The acts of the walk, each by the person who does it, in transactions of their own."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt
from lms.curriculum import actions as approvals
from lms.curriculum import queries as curriculum
from lms.curriculum import subjects
from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from lms.grading import actions as grading
from lms.grading import queries as marking
from lms.learning.actions import enrol, read_lesson
from lms.learning.models import Enrolment
from lms.people.actions import Checked
from lms.people.models import Organisation, Person
from tests.factories import PASSWORD, actor_for, make_organisation, make_person, proof_of

ESSAY = (
    "The balance does not close: I stop, tell the shift lead and QA, record the deviation at once,"
    " check volumes, dilutions, blank and rounding, and block the batch until the cause is proved."
)


@dataclass(frozen=True)
class Hub:
    """Two organisations below one hub and a person of each role, by id; logins are role@walk."""

    hub: str
    sending: str
    delivering: str
    learner: str
    instructor: str
    coordinator: str
    reviewer: str
    second: str
    owner: str
    administrator: str

    def to_json(self) -> str:
        """Return it as text, to be kept beside its database."""
        return json.dumps(asdict(self))


def read_hub(text: str) -> Hub:
    """Return a hub as `to_json` wrote it."""
    return Hub(**json.loads(text))


def people_of_a_hub() -> Hub:
    """Add the organisations and people; each signs in with `PASSWORD`."""
    with transaction():
        hub = make_organisation("Hub")
        sending = make_organisation("Sending site", parent=hub)
        delivering = make_organisation("Delivering site", parent=hub)
        places = {
            "learner": sending,
            "instructor": delivering,
            "coordinator": sending,
            "reviewer": hub,
            "second": hub,
            "owner": hub,
            "administrator": hub,
        }
        made = {}
        for name, place in places.items():
            role = "reviewer" if name == "second" else name
            made[name] = make_person(
                place, role, name=f"{name.title()} Walk", login=f"{name}@walk", password=PASSWORD
            ).id
        return Hub(hub=hub.id, sending=sending.id, delivering=delivering.id, **made)


def newcomer(hub: Hub, name: str = "Amina Okafor", **kwargs: Any) -> Actor:
    """Add one more learner at the sending site."""
    with transaction():
        place = db.session.get_one(Organisation, hub.sending)
        id = make_person(place, "learner", name=name, **kwargs).id
    return actor_for(id)


def adopt(hub: Hub) -> None:
    """Make the module effective from today by the real acts: values, two reviews, owner, day."""
    first, second, owner = (actor_for(id) for id in (hub.reviewer, hub.second, hub.owner))
    _sign(approvals.check_values, first)
    _sign(approvals.review, first)
    _sign(approvals.review, second)
    _sign(approvals.approve, owner)
    _sign(approvals.make_effective, owner, on=clock.today())


def _sign(act: Callable[..., object], by: Actor, **values: Any) -> None:
    with transaction():
        version = current_version()
        seen = subjects.subject_of(version, clock.today()).digest
        act(version=version, seen=seen, by=by, proof=proof_of(by), **values)


def current_version() -> ModuleVersion:
    """Return the newest FND103, in the open transaction."""
    version = curriculum.newest_version("FND103")
    assert version is not None, "use a taught database"
    return version


def enrol_learner(hub: Hub, learner: Actor) -> str:
    """Enrol a learner for the programme, sent by one site, taught by the other; return its id."""
    with transaction():
        return enrol(
            person=db.session.get_one(Person, learner.id),
            version=current_version(),
            programme_code="B01",
            sending=db.session.get_one(Organisation, hub.sending),
            delivering=db.session.get_one(Organisation, hub.delivering),
            by=SYSTEM,
        ).id


def take_part(hub: Hub, learner: Actor) -> str:
    """Enrol a learner and let them read every lesson; returns the enrolment."""
    enrolment_id = enrol_learner(hub, learner)
    with transaction():
        enrolment = db.session.get_one(Enrolment, enrolment_id)
        for lesson in curriculum.lessons_of(enrolment.module_version_id):
            read_lesson(enrolment=enrolment, lesson=lesson, by=learner)
    return enrolment_id


def sit(enrolment_id: str, learner: Actor, *, right: bool = True) -> str:
    """Start an attempt, answer everything (wrong: nothing but the essay), hand in."""
    with transaction():
        enrolment = db.session.get_one(Enrolment, enrolment_id)
        attempt = assessment.start_attempt(
            enrolment=enrolment,
            version=db.session.get_one(ModuleVersion, enrolment.module_version_id),
            locale="en",
            by=learner,
        )
    with transaction():
        attempt = db.session.get_one(Attempt, attempt.id)
        for item_id, fields in right_fields(attempt).items():
            if right or "text" in fields:
                save(attempt.id, item_id, fields, learner)
        assessment.submit_attempt(attempt_id=attempt.id, by=learner)
        return attempt.id


def save(attempt_id: str, item_id: str, fields: dict[str, list[str]], learner: Actor) -> None:
    """Save an answer as the page's script does, in the open transaction."""
    number = attempts.last_number(attempt_id)
    assessment.save_response(
        attempt_id=attempt_id,
        item_id=item_id,
        client="tab-of-the-test",
        sequence=number + 1,
        seen=number,
        fields=fields,
        claimed_at=clock.now().isoformat(),
        by=learner,
    )


def right_fields(attempt: Attempt) -> dict[str, dict[str, list[str]]]:
    """Return for each item of a paper the form fields of a right answer."""
    pairs = curriculum.questions_of(attempt.module_version_id)
    keys = {q.id: key.key | {"shown": q.shown} for q, key in pairs}
    return {
        item.id: RIGHT[item.kind](keys[item.question_id], item.variant)
        for item in attempts.items_of(attempt.id)
        if item.kind != "file"  # which no fields answer
    }


RIGHT: dict[str, Callable[[Any, Any], dict[str, list[str]]]] = {
    "single": lambda key, _variant: {"choice": list(key["correct"])},
    "multiple": lambda key, _variant: {"choices": list(key["correct"])},
    "matching": lambda key, _variant: {
        f"stem-{stem}": [target] for stem, target in key["pairs"].items()
    },
    "ordering": lambda key, _variant: {
        f"place-{step}": [str(place)] for place, step in enumerate(key["order"], 1)
    },
    "numeric": lambda key, variant: {"number": [variant["answer"]], "unit": [key["unit"]]},
    "short": lambda key, _variant: {"text": [key["answer"]]},
    "hotspot": lambda key, _variant: {
        "place": [
            f"{place['x']} {place['y']}"
            for place in key["shown"]["places"]
            if place["id"] in {one["id"] for one in key["regions"] if one["correct"]}
        ]
    },
    "worksheet": lambda key, variant: {
        f"{part}-{field}": [value]
        for part, own in key["parts"].items()
        for field, value in (("number", variant["answers"][part]), ("unit", own["unit"]))
    },
    "cloze": lambda key, variant: {
        f"{gap}-{field}": values
        for gap, own in key["gaps"].items()
        for field, values in RIGHT[_gap_kind(own)](own, variant[gap]).items()
    },
    "essay": lambda _key, _variant: {"text": [ESSAY]},
}


def _gap_kind(key: dict[str, Any]) -> str:
    return "numeric" if "formula" in key else "short" if "accept" in key else "single"


def grade(attempt_id: str, instructor: Actor, points: int = 3) -> None:
    """Mark every written answer of an attempt, and sign the marks."""
    mark(attempt_id, instructor, points)
    sign_marks(instructor)


def mark(attempt_id: str, instructor: Actor, points: int) -> None:
    """Mark every written answer of an attempt."""
    with transaction():
        for waiting in marking.queue(instructor):
            if waiting.attempt.id != attempt_id:
                continue
            criteria = marking.rubric_of(waiting.question.id).key["criteria"]
            grading.mark_answer(
                item_id=waiting.item.id,
                levels={criterion["id"]: points for criterion in criteria},
                comment="Clear.",
                read_number=0,
                by=instructor,
            )


def sign_marks(instructor: Actor) -> None:
    """Sign every mark of an instructor that waits for it."""
    with transaction():
        waiting = {one.mark.id for one in marking.unsigned(instructor) if one.mark}
        grading.sign_marks(mark_ids=waiting, checked=checked(instructor), by=instructor)


def release(attempt_id: str, instructor: Actor) -> None:
    """Release the result of an attempt, signed."""
    with transaction():
        grading.release_result(attempt_id=attempt_id, checked=checked(instructor), by=instructor)


def pass_module(hub: Hub, learner: Actor) -> str:
    """Take a learner from enrolment to the released result; returns the attempt."""
    instructor = actor_for(hub.instructor)
    attempt_id = sit(take_part(hub, learner), learner)
    grade(attempt_id, instructor)
    release(attempt_id, instructor)
    return attempt_id


def checked(actor: Actor) -> Checked:
    """Return what a right password entered again gives."""
    return Checked("", "", actor.id, proof_of(actor), 0)
