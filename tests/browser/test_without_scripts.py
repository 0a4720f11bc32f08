"""JavaScript switched off: read a lesson, take and hand in an assessment, verify a certificate."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import answers, steps
from tests.browser.conftest import Open, Town
from tests.browser.journeys import school, trainee
from tests.browser.journeys.visitor import Visitor, Words

Visit = Callable[..., Page]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_lesson_is_read_and_paper_of_every_kind_taken_by_plain_forms(
    town: Town, open_browser: Open, tag: str
) -> None:
    with town.hub.inside():
        place = school.found(town.cast, f"plain-{tag}", tag)
        place.enrolled(place.learner("plain", "Plain Forms"), "FND104", lessons=3)
    browser = open_browser(base_url=town.url, locale=tag, java_script_enabled=False)
    me = Visitor(browser.new_page(), Words(tag))
    me.sign_in(place.key("plain"))
    me.follow("Continue")
    me.sees("Lesson %(number)s of %(of)s", number=4, of=4)
    me.press("I have read this: go on")
    attempt, given = trainee.start_paper(me, town.hub)
    first, *rest = given
    answers.give(me.page, first, given[first])
    me.press("Save")
    me.sees("Saved on the server.")
    assert answers.counted(town.hub, attempt).keys() == {first}
    me.page.reload()
    answers.shown(me.page, first, given[first])
    for item in rest:
        answers.give(me.page, item, given[item])
    trainee.hand_in(me)
    assert answers.counted(town.hub, attempt).keys() == given.keys()


def test_certificate_is_verified(town: Town, visit: Visit) -> None:
    learner = visit(town, "/certificates/", "mina", java_script_enabled=False)
    number = learner.get_by_role("row").nth(1).get_by_role("link").first.inner_text()
    stranger = visit(town, "/verify/", java_script_enabled=False)
    steps.type_number(stranger, number)
    steps.verdict(stranger, "valid")
