"""Matching and ordering on real pages, as a browser without scripts meets them."""

import re

import pytest
from flask import Flask

from lms.actor import SYSTEM
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.deciding import decide_result
from lms.assessment.models import Attempt
from lms.curriculum import queries
from lms.curriculum.sync import sync_all
from lms.db import db, transaction
from lms.learning.actions import enrol, read_lesson
from lms.people.models import Organisation, Person
from tests.curriculum.conftest import Curriculum
from tests.factories import (
    PASSWORD,
    actor_for,
    csrf_of,
    make_organisation,
    make_person,
    signed_in,
)
from tests.walk import right_fields

QUESTIONS = """
    [[question]]
    id = "rooms"
    kind = "matching"
    outcome = "LO1"
    lesson = "10-dilution"
    prompt = "Which grade has each room?"
    why = "Because of what is open there."
    [[question.target]]
    id = "a"
    text = "Grade *A*"
    [[question.target]]
    id = "d"
    text = "Grade D, for CO₂ < 5 %"
    [[question.stem]]
    id = "filling"
    text = "Filling of open vials"
    target = "a"
    why = "The product is open."
    [[question.stem]]
    id = "washing"
    text = "Washing of glass"
    target = "d"
    why = "It is depyrogenated later."

    [[question]]
    id = "gowning"
    kind = "ordering"
    outcome = "LO1"
    lesson = "10-dilution"
    prompt = "In which order?"
    why = "From top to toe."
    free = [["gown", "goggles"]]
    [[question.step]]
    id = "hair"
    text = "Hair cover"
    why = "Hair sheds most."
    [[question.step]]
    id = "gown"
    text = "Gown"
    why = "Over the hair cover."
    [[question.step]]
    id = "goggles"
    text = "Goggles"
    why = "Before the gloves."
    [[question.step]]
    id = "gloves"
    text = "Gloves"
    why = "Last, over the cuffs."
"""


@pytest.fixture
def hub(new_app, tmp_path):
    """An app whose one module asks by matching and ordering, and a learner who has started."""
    curriculum = Curriculum(tmp_path / "hub")
    curriculum.write("foundations/tst101-dilution/questions/20-more.toml", QUESTIONS)
    curriculum.change_module(
        "module.toml",
        'outcomes = ["LO1"]\ncount = 2',
        'outcomes = ["LO1"]\nkinds = ["matching", "ordering"]\ncount = 2',
    )
    curriculum.change_module("module.toml", '[[paper.draw]]\nquestions = ["report"]\ncount = 1', "")
    app = new_app(plugins=[], curriculum_dirs=(curriculum.folder,))
    with app.app_context():
        sync_all()
        yield app


@pytest.fixture
def attempt_id(hub: Flask) -> str:
    with transaction():
        place = make_organisation()
        learner = make_person(
            place, "learner", name="Learner", login="l@x.example", password=PASSWORD
        )
        make_person(place, "reviewer", name="R", login="r@x.example", password=PASSWORD)
        ids = learner.id, place.id
    by = actor_for(ids[0])
    with transaction():
        version = queries.newest_version("TST101")
        place = db.session.get_one(Organisation, ids[1])
        enrolment = enrol(
            person=db.session.get_one(Person, ids[0]), version=version, programme_code="B09",
            sending=place, delivering=place, by=SYSTEM,
        )  # fmt: skip
        for lesson in queries.lessons_of(version.id):
            read_lesson(enrolment=enrolment, lesson=lesson, by=by)
        return assessment.start_attempt(enrolment=enrolment, version=version, locale="en", by=by).id


def _answers(attempt_id: str) -> dict[str, dict[str, list[str]]]:
    with transaction(write=False):
        attempt = db.session.get_one(Attempt, attempt_id)
        items = {item.id: item.kind for item in attempts.items_of(attempt_id)}
        return {items[id]: {f"item-{id}-{name}": value for name, value in fields.items()}
                for id, fields in right_fields(attempt).items()}  # fmt: skip


def _send(client, attempt_id: str, *answers: dict[str, list[str]], **more: str):
    here = f"/attempts/{attempt_id}/"
    sent = {"csrf_token": csrf_of(client, here), "client": "form-x", "seen": "0"} | more
    for one in answers:
        sent |= one
    return client.post(here, data=sent)


def _result(client, attempt_id: str) -> str:
    with transaction(write=False):
        person = db.session.get_one(Attempt, attempt_id).person_id
    by = actor_for(person)
    with transaction():
        attempt = db.session.get_one(Attempt, attempt_id)
        version = queries.version_by_id(attempt.module_version_id)
        decide_result(attempt=attempt, version=version, rubric_marks={}, comments={}, by=by)
    return client.get(f"/attempts/{attempt_id}/").text


def test_half_an_answer_comes_back_as_it_was_given(hub, attempt_id):
    client = signed_in(hub, "l@x.example")
    answers = _answers(attempt_id)
    half = {name: value for name, value in answers["ordering"].items() if "gown" not in name}
    assert _send(client, attempt_id, half, save="yes").status_code == 303
    page = client.get(f"/attempts/{attempt_id}/").text
    ordering = page.split("data-ordering")[1].split("</fieldset>")[0]
    assert ordering.count(" selected") == len(half)
    assert page.count("data-ordering") == 1
    assert "ordering.js" in page
    assert "Not every step has a place yet." in page
    twice = dict.fromkeys(half, "1")
    _send(client, attempt_id, twice, save="yes", seen="9")
    assert "Two steps have the same place" in client.get(f"/attempts/{attempt_id}/").text
    assert "Grade D, for CO₂ &lt; 5 %" in page
    assert "<em>" not in page.split("<select")[1].split("</select>")[0]


def test_right_answers_pass_and_say_so(hub, attempt_id):
    client = signed_in(hub, "l@x.example")
    answers = _answers(attempt_id)
    _send(client, attempt_id, *answers.values(), submit="yes")
    page = _result(client, attempt_id)
    assert "Passed" in page
    assert page.count('<strong class="tag good">Right</strong>') == 2 + 4
    assert "Not right" not in page
    assert "Any place from 2 to 3 is right." in page


def test_wrong_answers_are_shown_beside_the_right_ones_with_reasons(hub, attempt_id):
    client = signed_in(hub, "l@x.example")
    answers = _answers(attempt_id)
    wrong = {name: ["a"] for name in answers["matching"]}
    turned = dict(zip(answers["ordering"], [["4"], ["3"], ["2"], ["1"]], strict=True))
    _send(client, attempt_id, wrong, turned, submit="yes")
    page = _result(client, attempt_id)
    assert "Right pairs: 1 of 2." in page
    assert "Pairs of steps in the right order: 0 of 5." in page
    assert re.search(r"You chose <bdi[^>]*>Grade <em>A</em></bdi>\.", page)
    assert "It is depyrogenated later." in page
    assert "You gave it place 4." in page


def test_reviewers_read_what_is_right_and_why_without_an_answer(hub, attempt_id):
    with transaction(write=False):
        version = queries.newest_version("TST101").id
    page = signed_in(hub, "r@x.example").get(f"/content/{version}/questions/").text
    assert "The right order:" in page
    assert re.search(r"Right is <bdi[^>]*>Grade <em>A</em></bdi>\.", page)
    assert "The product is open." in page
    assert "You chose" not in page
    assert "Not right" not in page
    assert "ordering.js" not in page


def test_nothing_given_is_blank_and_says_so(hub, attempt_id):
    client = signed_in(hub, "l@x.example")
    _send(client, attempt_id, submit="yes")
    page = _result(client, attempt_id)
    assert page.count("No answer was given.") == 2
    assert page.count("You chose nothing.") == 2
    assert page.count("You gave it no place.") == 4
