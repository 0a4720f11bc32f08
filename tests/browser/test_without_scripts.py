"""JavaScript switched off: read a lesson, take and hand in an assessment, verify a certificate."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import answers, steps, world
from tests.browser.conftest import Town

Visit = Callable[..., Page]


@pytest.fixture
def page(town: Town, visit: Visit) -> Page:
    """The first page of a learner who has read all but the last lesson."""
    with town.hub.inside():
        world.newcomer(town.cast, "plain", lessons=3)
    return visit(town, "/", "plain", java_script_enabled=False)


def test_lesson_is_read_and_paper_taken_by_plain_forms(town: Town, page: Page) -> None:
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_text("Lesson 4 of 4")).to_be_visible()
    page.get_by_role("button", name="I have read this: go on").click()
    page.get_by_role("button", name="Start the assessment").click()
    attempt = answers.newest_attempt(town.hub, "plain")
    right = answers.right_answers(town.hub, attempt)
    first, *rest = right
    answers.give(page, first, right[first])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Saved on the server.")).to_be_visible()
    assert answers.counted(town.hub, attempt).keys() == {first}
    page.reload()
    answers.shown(page, first, right[first])
    for item in rest:
        answers.give(page, item, right[item])
    steps.hand_in(page)
    assert answers.counted(town.hub, attempt).keys() == right.keys()


def test_certificate_is_verified(town: Town, visit: Visit) -> None:
    learner = visit(town, "/certificates/", "mina", java_script_enabled=False)
    number = learner.get_by_role("row").nth(1).get_by_role("link").first.inner_text()
    stranger = visit(town, "/verify/", java_script_enabled=False)
    steps.type_number(stranger, number)
    steps.verdict(stranger, "valid")
