"""Every page in each state, in English and Arabic: it fits, thumbs hit it, axe finds nothing."""

import shutil
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import walk
from tests.browser import answers, keys, looking, world
from tests.browser.conftest import Town
from tests.browser.pages import PEOPLE, STATES
from tests.factories import PASSWORD, actor_for
from tests.web.untranslated import untranslated

Visit = Callable[..., Page]
HAS_AXE = looking.AXE.exists()


def test_accessibility_rules_are_there() -> None:
    if not HAS_AXE:
        lacks = "make test-env fetches it" if shutil.which("npm") else "npm is missing"
        pytest.skip(f"axe-core is not there ({lacks}): its rules did not run")


@pytest.mark.looks
@pytest.mark.parametrize("tag", list(looking.HALVES))
@pytest.mark.parametrize("who", PEOPLE)
def test_pages_fit_each_screen_thumb_and_reader(
    town: Town, visit: Visit, who: str | None, tag: str
) -> None:
    page = visit(town, "/healthz" if who is None else "/", who)
    looking.speak(page, tag)
    found = {}
    for state in (one for one in STATES if one.who == who):
        state.open(page, town)
        found[state.name] = looking.faults(page, axe=HAS_AXE, views=looking.HALVES[tag])
        if tag == "ar":
            assert page.locator("html").get_attribute("dir") == "rtl"
            found[state.name] += looking.foreign(page)
    assert not any(found.values()), looking.told(found)


@pytest.mark.looks
@pytest.mark.parametrize("who", PEOPLE)
def test_every_string_of_a_page_is_translatable(town: Town, visit: Visit, who: str | None) -> None:
    page = visit(town, "/healthz" if who is None else "/", who, java_script_enabled=False)
    page.set_viewport_size({"width": 320, "height": 800})
    looking.speak(page, "en_XA")
    found = {}
    for state in (one for one in STATES if one.who == who):
        state.open(page, town)
        found[state.name] = untranslated(page.content())
    assert not any(found.values()), looking.told(found)


def test_certificate_in_preparation_is_shown_as_well(town: Town, visit: Visit) -> None:
    with town.hub.without_worker():
        with town.hub.inside():
            learner = world.newcomer(town.cast, "making")
            attempt = walk.sit(world.enrolment_of(learner), learner)
            instructor = actor_for(town.cast.people["instructor"])
            walk.grade(attempt, instructor)
            walk.release(attempt, instructor)
        page = visit(town, "/", "making")
        expect(page.get_by_text("Your certificate is being made")).to_be_visible()
        found = {"home": looking.faults(page, axe=HAS_AXE)}
        page.goto("/certificates/")
        found["certificates"] = looking.faults(page, axe=HAS_AXE)
        page.get_by_role("row").nth(1).get_by_role("link").click()
        expect(page.get_by_text("is being prepared")).to_be_visible()
        found["verdict"] = looking.faults(page, axe=HAS_AXE)
    assert not any(found.values()), looking.told(found)


def test_signing_in_needs_no_mouse(town: Town, visit: Visit) -> None:
    page = visit(town, "/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("E-mail address or staff number")).to_be_focused()
    page.keyboard.type(world.login("ready"))
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What now?")).to_be_visible()


def test_paper_is_answered_and_handed_in_by_keys(town: Town, visit: Visit) -> None:
    with town.hub.inside():
        learner = world.newcomer(town.cast, "keys")
        attempt = world.started(world.enrolment_of(learner), learner)
    right = answers.right_answers(town.hub, attempt)
    page = visit(town, f"/attempts/{attempt}/", "keys")
    expect(page.locator("[data-clock]")).to_contain_text("left")
    page.locator("#main").focus()
    for item, fields in right.items():
        keys.answer(page, item, fields)
    keys.tab_to(page, "submit")
    answers.saved(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Handed in. An instructor marks")).to_be_visible()
    assert answers.counted(town.hub, attempt).keys() == right.keys()
