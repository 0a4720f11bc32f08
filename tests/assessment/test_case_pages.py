"""A case on every page that shows one of its questions: once whole, then to look at again."""

import re
from typing import NamedTuple

import pytest
from flask import Flask

from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.curriculum import queries as curriculum
from lms.curriculum.sync import sync_all
from lms.db import db, transaction
from lms.learning.actions import enrol
from lms.learning.models import Enrolment
from tests.curriculum.conftest import HOME, Curriculum
from tests.factories import (
    PASSWORD,
    actor_for,
    make_organisation,
    make_person,
    signed_in,
)

CASE = """
    id = "off-balance"
    title = "A balance of 112 %"
    lesson = "10-dilution"
    stimulus = "The record says **112 per cent**."
    [[question]]
    id = "first-in-case"
    kind = "numeric"
    outcome = "LO1"
    lesson = "10-dilution"
    prompt = "How much?"
    why = "{answer}"
    [question.key]
    formula = "12"
    unit = "mL"
    units = ["mL"]
    relative = "0.02"
    significant = 2
    [[question]]
    id = "a-text-in-case"
    kind = "essay"
    outcome = "LO1"
    lesson = "10-dilution"
    prompt = "Write the report."
    model_answer = "It was stopped."
    words_min = 1
    words_max = 200
    [[question.criterion]]
    id = "facts"
    title = "Facts"
    levels = ["0 none", "1 few", "2 some", "3 most", "4 all"]
"""
AGAIN = "Look at the case again"


class Sitting(NamedTuple):
    """An app, the attempt that is open in it, and whose it is."""

    app: Flask
    attempt: str
    sitter: Actor


@pytest.fixture
def hub(new_app, tmp_path):
    """An app that has one small module with a case, and a person of each role that sees it."""
    files = Curriculum(tmp_path / "hub")
    draw = '[[paper.draw]]\ncases = ["off-balance"]\ncount = 1\n[pass]'
    files.change_module("module.toml", "[pass]", draw)
    files.write(f"{HOME}/cases/10-off-balance.toml", CASE)
    app = new_app(plugins=[], curriculum_dirs=(files.folder,))
    with app.app_context():
        assert not sync_all().refused
        with transaction():
            place = make_organisation()
            for role in ("learner", "instructor", "reviewer"):
                make_person(place, role, login=f"{role}@x.example", password=PASSWORD)
            person = make_person(place, "learner", login="sits@x.example", password=PASSWORD)
            version = curriculum.newest_version("TST101")
            enrolment = enrol(
                person=person, version=version, programme_code=None,
                sending=place, delivering=place, by=SYSTEM,
            )  # fmt: skip
            learner, enrolled = person.id, enrolment.id
        by = actor_for(learner)
        with transaction():
            enrolment = db.session.get_one(Enrolment, enrolled)
            version = curriculum.newest_version("TST101")
            attempt = assessment.start_attempt(
                enrolment=enrolment, version=version, locale="en", by=by
            )
            attempt_id = attempt.id
        yield Sitting(app, attempt_id, by)


def _last(hub):
    with transaction(write=False):
        item = attempts.items_of(hub.attempt)[-1]
        return item.id, item.kind, item.shown


def test_paper_shows_the_case_whole_once_and_to_look_at_again_above_each_later_question(hub):
    page = signed_in(hub.app, "sits@x.example").get(f"/attempts/{hub.attempt}/").text
    assert page.count("A balance of 112 %") == 1
    assert page.count(AGAIN) == 1
    assert page.count("<strong>112 per cent</strong>") == 2
    assert "Questions 4 to 5 are about this case." in page
    assert page.index("A balance of 112 %") < page.index("How much?") < page.index(AGAIN)
    assert page.index(AGAIN) < page.index("Write the report.")


def test_item_keeps_the_case_as_it_was_shown(hub):
    _id, _kind, shown = _last(hub)
    assert shown["case"]["stimulus"] == "<p>The record says <strong>112 per cent</strong>.</p>\n"


def test_marker_reads_the_case_above_the_answer(hub):
    with transaction():
        assessment.submit_attempt(attempt_id=hub.attempt, by=hub.sitter)
    essay, kind, _shown = _last(hub)
    assert kind == "essay"
    page = signed_in(hub.app, "instructor@x.example").get(f"/grading/answers/{essay}/").text
    assert "A balance of 112 %" in page
    assert page.index("112 per cent") < page.index("Write the report.")


def test_reviewer_reads_the_questions_of_a_case_together_and_in_order(hub):
    with transaction(write=False):
        version_id = curriculum.newest_version("TST101").id
    page = signed_in(hub.app, "reviewer@x.example").get(f"/content/{version_id}/questions/").text
    cards = re.findall(r'<section class="card" id="([^"]+)"', page)
    first = cards.index("first-in-case")
    assert cards[first : first + 2] == ["first-in-case", "a-text-in-case"]
    assert page.count("A balance of 112 %") == 1
    assert page.index("A balance of 112 %") < page.index('id="first-in-case"')
