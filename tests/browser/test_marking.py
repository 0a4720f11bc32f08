"""A marker at the keys: a digit for each criterion and Enter, answer after answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from lms.db import transaction
from lms.grading import queries
from tests import walk
from tests.browser import world
from tests.browser.conftest import Town
from tests.factories import actor_for


@pytest.fixture
def waiting(new_town: Town) -> list[str]:
    """Three answers that wait, oldest first."""
    with new_town.hub.inside():
        for key in ("keys-one", "keys-two", "keys-three"):
            learner = world.newcomer(new_town.cast, key)
            walk.sit(world.enrolment_of(learner), learner)
        with transaction(write=False):
            return [one.item.id for one in queries.queue(_instructor(new_town))]


def _instructor(town: Town):
    return actor_for(town.cast.people["instructor"])


def _points(town: Town) -> list[list[int]]:
    with town.hub.inside(), transaction(write=False):
        marks = [one.mark for one in queries.unsigned(_instructor(town))]
        return [list(mark.levels.values()) for mark in marks if mark]


def test_answers_are_marked_by_digits_and_enter_alone(new_town, visit, waiting) -> None:
    page: Page = visit(new_town, f"/grading/answers/{waiting[0]}/", "instructor")
    criteria = page.locator("fieldset.rubric").count()
    keys = page.keyboard
    keys.press("Enter")  # nothing chosen: refused, and nothing is lost
    expect(page.locator(".errors")).to_be_visible()
    for item, points in zip(waiting, (3, 4, 2), strict=True):
        expect(page).to_have_url(re.compile(item))
        expect(page.locator("[data-keys]")).to_be_visible()
        for _criterion in range(criteria):
            keys.press(str(points))
        keys.press("Enter")
    expect(page).to_have_url(re.compile("/grading/sign$"))
    assert _points(new_town) == [[3] * criteria, [4] * criteria, [2] * criteria]


def test_a_digit_in_the_comment_is_a_digit(new_town, visit) -> None:
    with new_town.hub.inside():
        learner = world.newcomer(new_town.cast, "keys-comment")
        walk.sit(world.enrolment_of(learner), learner)
        with transaction(write=False):
            item = queries.queue(_instructor(new_town))[0].item.id
    page: Page = visit(new_town, f"/grading/answers/{item}/", "instructor")
    page.keyboard.press("c")
    page.keyboard.type("42 mg")
    expect(page.get_by_label("Comment for the learner")).to_have_value("42 mg")
    assert page.locator("fieldset.rubric :checked").count() == 0
    page.keyboard.press("Escape")
    page.get_by_text("Marking by keys").click()
    page.get_by_label("Keys are on").uncheck()
    page.keyboard.press("3")
    assert page.locator("fieldset.rubric :checked").count() == 0
