"""Minutes that are given while a paper is open show on it without a reload."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.accommodation import acts
from tests.browser import world
from tests.browser.conftest import Town
from tests.factories import actor_for

Visit = Callable[..., Page]


def test_minutes_given_show_on_the_open_page(town: Town, visit: Visit) -> None:
    with town.hub.inside():
        learner = world.newcomer(town.cast, "extended")
        attempt = world.started(world.enrolment_of(learner), learner)
    page = visit(town, f"/attempts/{attempt}/", "extended")
    clock = page.locator("[data-deadline]")
    before = clock.get_attribute("data-deadline") or ""
    with town.hub.inside():
        acts.extend(attempt, actor_for(town.cast.people["instructor"]), 30)
    # What half a minute does, and looking at the page again.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(clock).not_to_have_attribute("data-deadline", before)
    expect(page.locator("[data-announce]")).to_have_text("You have more time now.")
