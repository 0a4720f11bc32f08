"""Thirty prepared short answers are marked by keys alone, two strokes each."""

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lms.actor import SYSTEM, Actor
from lms.app import create_app
from lms.assessment import actions as assessment
from lms.assessment.queries import items_of
from lms.curriculum.queries import newest_version
from lms.curriculum.sync import sync_all
from lms.db import db, transaction
from lms.grading import queries as marking
from lms.grading.turns.queries import piles
from lms.learning.actions import enrol
from lms.people.models import Organisation, Person
from tests import walk
from tests.authoring.guide import EXAMPLE
from tests.browser.conftest import Open
from tests.browser.hub import Hub, new_config, running
from tests.browser.journeys.visitor import Visitor, Words
from tests.conftest import Template, drop_database, make_database
from tests.factories import PASSWORD, actor_for
from tests.tools import queues
from tests.tools.sample import Sample

pytestmark = pytest.mark.slow
ANSWERS = 30
CODE = "EXM101"
# What the key does not know: a person reads each of them.
WORDS = ("the batch of the stuff", "which drum it came from", "the number on the can")


@pytest.fixture
def hub(tmp_path: Path, empty_template: Template) -> Iterator[Hub]:
    """A hub where thirty have answered one short question in words that its key does not know."""
    url = make_database("thirty", tmp_path, empty_template.url)
    made = Hub(new_config(tmp_path, url, queues.REGRADED))
    try:
        with create_app(made.config, module_of_words(tmp_path / "modules").plugins).app_context():
            assert not sync_all().refused
            people = walk.people_of_a_hub()
            for number in range(ANSWERS):
                let_answer(people, walk.newcomer(people, f"Learner {number}"), number)
            db.session.remove()
            db.engine.dispose()
        with running(made):
            yield made
    finally:
        drop_database(url)


def module_of_words(folder: Path) -> Sample:
    """The module of the authors' guide, its paper drawing the short question and no essay."""
    sample = Sample(folder, ())
    place = folder / "foundations" / EXAMPLE.name
    shutil.copytree(EXAMPLE, place)
    manifest = (place / "module.toml").read_text()
    essay = 'questions = ["label-essay"]'
    assert essay in manifest
    (place / "module.toml").write_text(
        manifest.replace(essay, 'questions = ["name-of-the-entry"]').replace(
            '[[paper.draw]]\ncases = ["found-bottle"]\ncount = 1\n\n', ""
        )
    )
    return sample


def let_answer(hub: walk.Hub, learner: Actor, number: int) -> None:
    """Let somebody answer the short question in words of their own, and hand in."""
    with transaction():
        version = newest_version(CODE)
        enrolment = enrol(
            person=db.session.get_one(Person, learner.id),
            version=version,
            programme_code=None,
            sending=db.session.get_one(Organisation, hub.sending),
            delivering=db.session.get_one(Organisation, hub.delivering),
            by=SYSTEM,
        )
        attempt = assessment.start_attempt(
            enrolment=enrolment, version=version, locale="en", by=learner
        )
        short = next(item for item in items_of(attempt.id) if item.kind == "short")
        walk.save(attempt.id, short.id, {"text": [f"{WORDS[number % 3]} {number}"]}, learner)
        assessment.submit_attempt(attempt_id=attempt.id, by=learner)


def test_thirty_short_answers_take_two_strokes_each(hub: Hub, open_browser: Open) -> None:
    page = open_browser(base_url=hub.url).new_page()
    _sign_in(page)
    page.add_init_script(
        "addEventListener('keydown', () => sessionStorage.setItem('strokes',"
        " 1 + Number(sessionStorage.getItem('strokes') || 0)), true)"
    )
    page.goto("/grading/")
    page.get_by_role("button", name="Mark these").press("Enter")
    counts = []
    for number in range(ANSWERS):
        expect(page.locator("[data-keys]")).to_be_visible()
        page.evaluate("sessionStorage.removeItem('strokes')")
        page.keyboard.press(str(number % 5))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        counts.append(int(page.evaluate("sessionStorage.getItem('strokes')")))
    expect(page).to_have_url(f"{hub.url}/grading/sign")
    assert statistics.median(counts) <= 2.2
    with hub.inside():
        by = actor_for(_instructor())
        with transaction(write=False):
            points = [list(one.mark.levels.values()) for one in marking.unsigned(by) if one.mark]
            assert sorted(points) == sorted([[number % 5] for number in range(ANSWERS)])
            assert not piles(by)


def _instructor() -> str:
    with transaction(write=False):
        return db.session.scalars(
            db.select(Person.id).where(Person.login == "instructor@walk")
        ).one()


def _sign_in(page: Page) -> None:
    me = Visitor(page, Words("en"))
    page.goto("/sign-in")
    me.fill("E-mail address or staff number", "instructor@walk")
    me.fill("Password", PASSWORD)
    me.press("Sign in")
    me.heading("What now?")
