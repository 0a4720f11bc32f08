"""A hub whose coordinator stands at its root, and people in each state of a module."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from lms.actor import Actor
from lms.assessment import actions as assessment
from lms.curriculum.queries import lessons_of
from lms.db import db, transaction
from lms.learning.actions import read_lesson
from lms.learning.models import Enrolment
from lms.people.actions import find_person
from lms.people.models import Organisation
from tests import walk
from tests.conftest import Template, apps_on_copy, template
from tests.factories import PASSWORD, actor_for, make_person

STATES = ("not-started", "reading", "open", "waiting", "failed", "practical")


@dataclass(frozen=True)
class Town:
    """A hub, who coordinates all of it, and its learners by the state they are in."""

    hub: walk.Hub
    chief: Actor
    learners: dict[str, Actor]


def coordinator_at(place_id: str, login: str) -> Actor:
    """Add a coordinator at an organisation, who signs in with the password of all."""
    with transaction():
        place = db.session.get_one(Organisation, place_id)
        id = make_person(place, "coordinator", login=login, name="Chief", password=PASSWORD).id
    return actor_for(id)


@pytest.fixture
def hub(taught: Flask) -> walk.Hub:
    """A hub of two sites with a person of each role."""
    return walk.people_of_a_hub()


@pytest.fixture
def chief(hub: walk.Hub) -> Actor:
    """Who coordinates the whole hub."""
    return coordinator_at(hub.hub, "chief@walk")


@pytest.fixture(scope="session")
def town_template(
    tmp_path_factory: pytest.TempPathFactory, taught_template: Template
) -> Iterator[Template]:
    """Learners in each state of FND103, which is in effect and has a practical; made once."""
    with template(tmp_path_factory, "cohort", taught_template, _settle) as made:
        yield made


def _settle(folder: Path) -> None:
    hub = walk.people_of_a_hub()
    walk.adopt(hub)
    coordinator_at(hub.hub, "chief@walk")
    for state in STATES:
        _learner(hub, state)
    (folder / "hub.json").write_text(hub.to_json())


@pytest.fixture
def inside(tmp_path: Path, town_template: Template) -> Iterator[Flask]:
    """An app on a copy of the town, its context pushed."""
    with apps_on_copy(tmp_path, town_template) as make:
        made = make()
        with made.app_context():
            yield made


@pytest.fixture
def town(inside: Flask, town_template: Template) -> Town:
    """Who lives in the town that `inside` runs on."""
    hub = walk.read_hub((town_template.folder / "hub.json").read_text())
    return Town(hub, _known("chief@walk"), {state: _known(f"{state}@walk") for state in STATES})


def _known(login: str) -> Actor:
    with transaction(write=False):
        id = find_person(login).id
    return actor_for(id)


def _learner(hub: walk.Hub, state: str) -> None:
    """Add a learner and walk them as far as the state says."""
    learner = walk.newcomer(hub, f"Walker {state}", login=f"{state}@walk")
    enrolment, instructor = walk.enrol_learner(hub, learner), actor_for(hub.instructor)
    if state == "not-started":
        return
    _read(enrolment, learner, 1)
    if state == "reading":
        return
    if state == "open":
        _open(enrolment, learner)
        return
    attempt = walk.sit(enrolment, learner, right=state != "failed")
    if state != "waiting":
        walk.grade(attempt, instructor, points=1 if state == "failed" else 3)
        walk.release(attempt, instructor)


def _open(enrolment_id: str, learner: Actor) -> None:
    with transaction():
        assessment.start_attempt(
            enrolment=db.session.get_one(Enrolment, enrolment_id),
            version=walk.current_version(),
            locale="en",
            by=learner,
        )


def _read(enrolment_id: str, learner: Actor, count: int) -> None:
    with transaction():
        enrolment = db.session.get_one(Enrolment, enrolment_id)
        for lesson in lessons_of(enrolment.module_version_id)[:count]:
            read_lesson(enrolment=enrolment, lesson=lesson, by=learner)
