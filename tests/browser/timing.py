"""Extra time in the town: who has it, an attempt that got minutes, a void that waits."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from lms.accommodation.models import AttemptVoid
from lms.assessment.models import Attempt
from lms.db import db, transaction
from tests.accommodation import acts
from tests.browser import world
from tests.factories import actor_for

KEYS = ("timed", "voided")


def add(cast: world.Cast) -> None:
    """Give a learner extra time and minutes; propose one void and carry another out."""
    instructor, coordinator = (actor_for(cast.people[key]) for key in ("instructor", "coordinator"))
    timed = world.newcomer(cast, "timed")
    acts.grant(timed.id, coordinator, percent=50, note="As agreed with the site.")
    attempt = world.started(world.enrolment_of(timed), timed)
    acts.extend(attempt, instructor, 12)
    acts.propose(attempt, instructor)
    voided = world.newcomer(cast, "voided")
    gone = world.walk.sit(world.enrolment_of(voided), voided)
    acts.decide(acts.propose(gone, instructor), coordinator)


def _attempt(key: str, page: str = "") -> Callable[[Page, Any], None]:
    return lambda browser, town: _go(browser, f"/time/attempts/{_attempt_of(key, town)}/{page}")


def _go(browser: Page, path: str) -> None:
    browser.goto(path)


def _attempt_of(key: str, town: Any) -> str:
    with town.hub.inside():
        person = world.person_id(key)
        with transaction(write=False):
            wanted = select(Attempt.id).where(Attempt.person_id == person)
            return db.session.scalars(wanted).one()


def _paper(key: str) -> Callable[[Page, Any], None]:
    return lambda browser, town: _go(browser, f"/attempts/{_attempt_of(key, town)}/")


def _learner(page: str = "") -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside():
            person = world.person_id("timed")
        browser.goto(f"/time/learners/{person}/{page}")

    return go


def _void(browser: Page, town: Any) -> None:
    attempt = _attempt_of("timed", town)
    with town.hub.inside(), transaction(write=False):
        wanted = select(AttemptVoid.id).where(AttemptVoid.attempt_id == attempt)
        void = db.session.scalars(wanted).one()
    browser.goto(f"/time/voids/{void}/")


def _refused(browser: Page, town: Any) -> None:
    _learner()(browser, town)
    browser.locator("main form button").last.click()
    browser.wait_for_selector(".errors")


STATES = (
    ("extra time", "instructor", "/time/"),
    ("extra time, nobody of this name", "instructor", "/time/?q=nobody"),
    ("extra time, nothing", "stranger", "/time/"),
    ("extra time of a learner", "coordinator", _learner()),
    ("extra time, refused", "coordinator", _refused),
    ("extra time, ending", "coordinator", _learner("end")),
    ("attempt with more minutes", "instructor", _attempt("timed")),
    ("attempt, closed and void", "instructor", _attempt("voided")),
    ("proposing a void", "instructor", _attempt("voided", "void")),
    ("a void that waits", "coordinator", _void),
    ("own extra time", "timed", "/time/own/"),
    ("own extra time, none", "reading", "/time/own/"),
    ("paper with more time", "timed", _paper("timed")),
    ("home, void", "voided", "/"),
    ("result, void", "voided", _paper("voided")),
)
