"""Pages of markers in the town: who is at work, who is approved, what is asked before acts."""

from playwright.sync_api import Page

from lms.db import transaction
from lms.grading.turns import actions as turns
from lms.grading.turns import queries
from tests.browser.conftest import Town
from tests.factories import actor_for


def _taken(town: Town) -> str:
    """Let the instructor have an answer before them; return where it is given back."""
    with town.hub.inside():
        by = actor_for(town.cast.people["instructor"])
        with transaction():
            question = queries.piles(by)[0].question.id
            turns.take_next(question_id=question, by=by)
    return f"/grading/markers/{by.id}/questions/{question}/release"


def _at_work(page: Page, town: Town) -> None:
    _taken(town)
    page.goto("/grading/markers/")


def _give_back(page: Page, town: Town) -> None:
    page.goto(_taken(town))


def _approve_refused(page: Page, _town: Town) -> None:
    page.goto("/grading/markers/approve")
    page.locator("main form button").last.click()
    page.wait_for_selector(".errors")


STATES = (
    ("markers, none", "stranger", "/grading/markers/"),
    ("markers", "coordinator", _at_work),
    ("answers given back", "coordinator", _give_back),
    ("approve a marker", "coordinator", "/grading/markers/approve"),
    ("approve a marker, refused", "coordinator", _approve_refused),
)
