"""A marker at the keys: a digit for each criterion and Enter, answer after answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from lms import clock
from lms.db import transaction
from lms.grading import actions as grading
from lms.grading import queries
from lms.grading.turns import queries as turns
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
    page: Page = visit(new_town, "/grading/", "instructor")
    page.get_by_role("button", name=re.compile("^Mark")).first.click()
    expect(page).to_have_url(re.compile("/grading/answers/"))
    criteria = page.locator("fieldset.rubric").count()
    keys = page.keyboard
    keys.press("Enter")  # nothing chosen: refused, and nothing is lost
    expect(page.locator(".errors")).to_be_visible()
    met = set()
    for points in (3, 4, 2):
        met.add(page.url.split("/")[5])
        expect(page.locator("[data-keys]")).to_be_visible()
        for _criterion in range(criteria):
            keys.press(str(points))
        with page.expect_navigation():
            keys.press("Enter")
    expect(page).to_have_url(re.compile("/grading/sign$"))
    assert met == set(waiting)
    assert sorted(_points(new_town)) == sorted([points] * criteria for points in (2, 3, 4))


def _press(page: Page, key: str) -> None:
    """Press a key that leads on, once the page listens to keys."""
    expect(page.locator("[data-keys]")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press(key)


def test_skipping_passing_on_and_taking_back_have_a_key_each(new_town, visit) -> None:
    with new_town.hub.inside():
        for key in ("turn-one", "turn-two"):
            learner = world.newcomer(new_town.cast, key)
            walk.sit(world.enrolment_of(learner), learner)
    page: Page = visit(new_town, "/grading/", "instructor")
    page.get_by_role("button", name=re.compile("^Mark")).first.click()
    first = page.url
    _press(page, "s")
    assert page.url != first
    second = page.url
    expect(page.locator("[data-keys]")).to_be_visible()
    for _criterion in range(page.locator("fieldset.rubric").count()):
        page.keyboard.press("3")
    _press(page, "Enter")
    _press(page, "u")
    expect(page).to_have_url(re.compile(re.escape(second.split("?")[0])))
    expect(page.get_by_text("Your mark is taken back.")).to_be_visible()
    _press(page, "e")
    page.get_by_label("Why somebody else should mark it").fill("A learner I know.")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_text("The answer is passed on.")).to_be_visible()


def test_a_comment_given_before_is_offered_and_taken_by_tab(new_town, visit) -> None:
    with new_town.hub.inside():
        for key in ("comment-one", "comment-two"):
            learner = world.newcomer(new_town.cast, key)
            walk.sit(world.enrolment_of(learner), learner)
        by = _instructor(new_town)
        with transaction():
            pile = max(turns.piles(by), key=lambda one: one.count).question.id
            items = turns.free(pile, by, clock.now())
            criteria = queries.rubric_of(pile).key["criteria"]
            grading.mark_answer(
                item_id=items[0],
                levels={criterion["id"]: 3 for criterion in criteria},
                comment="Say which balance does not close.",
                read_number=0,
                by=by,
            )
    page: Page = visit(new_town, f"/grading/answers/{items[1]}/", "instructor")
    page.keyboard.press("c")
    page.keyboard.type("say wh")
    expect(page.locator(".offer")).to_contain_text("Say which balance does not close.")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Comment for the learner")).to_have_value(
        "Say which balance does not close."
    )


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
