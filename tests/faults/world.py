"""Builds the world of a fault run through the platform's own acts; knows the right answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade

from config import Config
from lms import clock
from lms.actor import SYSTEM, Proof
from lms.app import create_app
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt
from lms.curriculum import queries as curriculum
from lms.curriculum.sync import sync_all
from lms.db import db, transaction
from lms.grading import actions as grading
from lms.grading import queries as marking
from lms.learning import actions as learning
from lms.people import actions as people
from lms.people.actions import Checked
from lms.people.models import Organisation, Person
from lms.people.queries import actor_of_person
from tests.tools.sample import Sample

PASSWORD = "a long enough password"
ESSAY = "More came out than went in: I stop the batch, tell QA, and look for the number. 균형 ÷"
# Each tried to sign in and to sign hundreds of times: a real hash costs 0.1 s of both cores.
_CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Learner:
    """A learner to be played. `right` has the fields of each item that pass, None to scribble."""

    login: str
    enrolment: str
    right: dict[str, Fields] | None = None


@dataclass(frozen=True)
class World:
    """Who is there. Scribblers answer without end; walkers go all the way to a certificate."""

    instructors: tuple[str, ...]
    scribblers: tuple[Learner, ...]
    walkers: tuple[Learner, ...]


@contextmanager
def opened(config: Config, plugins: list[object] | None = None) -> Iterator[Flask]:
    """Open the product's app on the database of `config`, in this process."""
    app = create_app(config, plugins)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def founded(config: Config) -> Iterator[Flask]:
    """Open it for building a world: with a few modules, as many as its people need."""
    with opened(config, Sample(config.data_dir / "sample").plugins) as app:
        yield app


def build(*, scribblers: int, walkers: int, waiting: int, unsealed: int) -> World:
    """Migrate, store the curriculum, let people come in and get as far as they shall.

    Args:
        scribblers: learners who have not started yet; walkers: learners with a paper before them.
        waiting: further learners who handed in, for the instructors to mark.
        unsealed: further learners whose certificate is approved and not yet sealed.
    """
    upgrade()
    outcome = sync_all()
    if outcome.refused:
        raise RuntimeError(f"the bundled curriculum was refused: {outcome.refused}")
    usual, people._hasher = people._hasher, _CHEAP
    try:
        with transaction():
            hub = people.add_organisation(name="Hub", country="KR", parent=None, by=SYSTEM)
            place = people.add_organisation(name="Centre", country="KR", parent=hub, by=SYSTEM)
            teachers = [person_of(f"instructor{n}", "instructor", place) for n in (1, 2)]
            names = tuple(person.login for person in teachers)
            marker = teachers[0].id
        scribbling = [_learner(f"scribbler{n}", place) for n in range(scribblers)]
        walking = [walker(f"walker{n}", place) for n in range(walkers)]
        for number in range(waiting):
            hand_in(walker(f"waiting{number}", place))
        for number in range(unsealed):
            complete(hand_in(walker(f"unsealed{number}", place)), marker)
        return World(names, tuple(scribbling), tuple(walking))
    finally:
        people._hasher = usual


def person_of(name: str, role: str, place: Organisation) -> Person:
    """Add a person with a role and the password of everybody here."""
    # A certificate refuses a name that mixes letters and digits.
    printed = "".join(chr(ord("a") + int(c)) if c.isdigit() else c for c in name).title()
    person = people.add_person(
        name=printed, login=f"{name}@faults.example", organisation=place, by=SYSTEM
    )
    people.grant_role(person=person, role=role, organisation=place, by=SYSTEM)
    people.set_password(person=person, password=PASSWORD, by=SYSTEM)
    return person


def _learner(name: str, place: Organisation) -> Learner:
    with transaction():
        version = curriculum.newest_version("FND103")
        assert version is not None
        person = person_of(name, "learner", place)
        enrolment = learning.enrol(
            person=person,
            version=version,
            programme_code="B01",
            sending=place,
            delivering=place,
            by=SYSTEM,
        )
        return Learner(person.login, enrolment.id)


def walker(name: str, place: Organisation) -> Learner:
    """Add a learner who has started: a paper, and the answers that pass it."""
    learner = _learner(name, place)
    with transaction():
        enrolment = db.session.get_one(learning.Enrolment, learner.enrolment)
        version = curriculum.version_by_id(enrolment.module_version_id)
        by = actor_of_person(enrolment.person_id)
        attempt = assessment.start_attempt(enrolment=enrolment, version=version, locale="en", by=by)
        return replace(learner, right=_right(attempt))


def _right(attempt: Attempt) -> dict[str, Fields]:
    keys = {q.id: key.key for q, key in curriculum.questions_of(attempt.module_version_id)}
    return {
        item.id: _fields(item.kind, keys[item.question_id], item.variant)
        for item in attempts.items_of(attempt.id)
    }


def _fields(kind: str, key: Any, variant: Any) -> Fields:
    if kind == "single":
        return {"choice": list(key["correct"])}
    if kind == "multiple":
        return {"choices": list(key["correct"])}
    if kind == "matching":
        return {f"stem-{stem}": [target] for stem, target in key["pairs"].items()}
    if kind == "ordering":
        return {f"place-{step}": [str(place)] for place, step in enumerate(key["order"], 1)}
    if kind == "numeric":
        return {"number": [variant["answer"]], "unit": [key["unit"]]}
    return {"text": [ESSAY]}


def hand_in(learner: Learner) -> Learner:
    """Answer everything rightly and hand in."""
    with transaction():
        attempt, by = _attempt(learner)
        for number, (item, fields) in enumerate((learner.right or {}).items(), 1):
            assessment.save_response(
                attempt_id=attempt.id,
                item_id=item,
                client="world",
                sequence=number,
                seen=number - 1,
                fields=fields,
                claimed_at=f"world {learner.login} {number}"[:40],
                by=by,
            )
        assessment.submit_attempt(attempt_id=attempt.id, by=by)
    return learner


def _attempt(learner: Learner) -> tuple[Attempt, Any]:
    attempt = attempts.attempts_of(learner.enrolment)[0][0]
    return attempt, actor_of_person(attempt.person_id)


def complete(learner: Learner, marker: str) -> None:
    """Mark and release, so that the programme is complete and a certificate approved."""
    with transaction():
        attempt, _learner = _attempt(learner)
        by = actor_of_person(marker)
        checked = Checked("", "", by.id, Proof(by.id, "fault run", clock.now()), 0)
        for waiting in marking.queue(by):
            if waiting.attempt.id == attempt.id:
                key = marking.rubric_of(waiting.question.id).key
                grading.mark_answer(
                    item_id=waiting.item.id,
                    levels={criterion["id"]: 4 for criterion in key["criteria"]},
                    comment=f"world {learner.login}",
                    read_number=0,
                    by=by,
                )
        marked = {one.mark.id for one in marking.unsigned(by) if one.mark}
        grading.sign_marks(mark_ids=marked, checked=checked, by=by)
        grading.release_result(attempt_id=attempt.id, checked=checked, by=by)
