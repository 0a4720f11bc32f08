"""A trainee's bad moments: signed out in between, out of time, a second tab, a cut, Back."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lms import clock
from tests.browser import answers, world
from tests.browser.conftest import Town, sign_in

Visit = Callable[..., Page]
Paper = Callable[..., tuple[Page, str]]


@pytest.fixture
def paper(town: Town, visit: Visit) -> Iterator[Paper]:
    """Open a new learner's paper: paper("key", seconds left) gives the page and the attempt."""

    def begin(key: str, seconds: float | None = None) -> tuple[Page, str]:
        with town.hub.inside():
            learner = world.newcomer(town.cast, key)
            gone = world.paper_seconds() - seconds if seconds else 0
            clock.set_clock(lambda: world.wall_clock() - timedelta(seconds=gone))
            attempt = world.started(world.enrolment_of(learner), learner)
            clock.set_clock(None)
        page = visit(town, f"/attempts/{attempt}/", key)
        expect(page.locator("[data-clock]")).to_contain_text("left")
        return page, attempt

    yield begin
    clock.set_clock(None)


def test_answers_given_while_signed_out_are_sent_after_signing_in_again(
    town: Town, paper: Paper
) -> None:
    page, attempt = paper("interrupted")
    right = answers.right_answers(town.hub, attempt)
    item = next(iter(right))
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_text("You are signed out.")).to_be_visible()
    answers.give(page, item, right[item])
    expect(page.locator("[data-save]")).to_contain_text("Sign in again in a new tab")
    assert answers.counted(town.hub, attempt) == {}
    sign_in(other, "interrupted")
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")  # headless windows get no focus
    answers.saved(page)
    assert answers.counted(town.hub, attempt).keys() == {item}


def test_time_that_runs_out_on_an_open_page_keeps_what_was_typed(town: Town, paper: Paper) -> None:
    page, attempt = paper("slow", seconds=9)
    right = answers.right_answers(town.hub, attempt)
    item = list(right)[-1]
    text = page.locator(f'[name="item-{item}-text"]')
    loads: list[str] = []
    page.on("load", lambda _page: loads.append(page.url))
    text.type("Half a sentence")  # and no leaving of the field: the clock comes first
    expect(page.get_by_text("The time is over.")).to_be_visible(timeout=20_000)
    assert answers.counted(town.hub, attempt)[item] == {"text": "Half a sentence"}
    page.wait_for_timeout(2500)
    assert len(loads) == 1, "the page asked once and rests"
    assert page.locator("form[data-attempt]").count() == 0


def test_second_tab_takes_over_only_when_asked_and_the_first_says_so(
    town: Town, paper: Paper
) -> None:
    page, attempt = paper("twice")
    right = answers.right_answers(town.hub, attempt)
    one, two, three = list(right)[:3]
    answers.give_and_see_saved(page, one, right[one])
    second = page.context.new_page()
    second.goto(page.url)
    answers.shown(second, one, right[one])
    answers.give(second, two, right[two])
    expect(second.locator("[data-conflict]")).to_be_visible()
    second.get_by_role("button", name="Continue here").click()
    expect(second.locator("[data-conflict]")).to_be_hidden()
    answers.shown(second, two, right[two])
    answers.give(page, three, right[three])
    expect(page.locator("[data-conflict]")).to_be_visible()
    assert answers.counted(town.hub, attempt).keys() == {one, two}


def test_cut_cable_is_said_and_mends_itself(town: Town, paper: Paper) -> None:
    page, attempt = paper("offline")
    right = answers.right_answers(town.hub, attempt)
    item = next(iter(right))
    page.context.set_offline(True)
    answers.give(page, item, right[item])
    expect(page.locator("[data-save]")).to_contain_text("Not saved yet: no connection.")
    page.context.set_offline(False)
    answers.saved(page)
    assert answers.counted(town.hub, attempt).keys() == {item}


def test_back_after_handing_in_opens_no_paper(town: Town, paper: Paper) -> None:
    page, attempt = paper("done")
    right = answers.right_answers(town.hub, attempt)
    item = next(iter(right))
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator(".ask")).to_be_focused()
    page.get_by_role("button", name="Hand in all the same").dblclick()
    expect(page.get_by_text("Handed in. An instructor marks")).to_be_visible()
    page.get_by_role("link", name="To the first page").click()
    page.go_back()
    expect(page.get_by_text("Handed in. An instructor marks")).to_be_visible()
    assert page.locator("form[data-attempt]").count() == 0
    answers.give(other, item, right[item])
    expect(other.locator("[data-save]")).to_contain_text("Not accepted:")
    assert answers.counted(town.hub, attempt) == {}
