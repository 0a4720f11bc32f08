"""What pages cost on the wire, counted by the browser: gates of the figures to hold."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import answers, world
from tests.browser.conftest import Open, Town, sign_in
from tests.browser.wire import Exchange, Wire

Visit = Callable[..., Page]
TEXTS = ("text/", "application/json", "image/svg+xml")


@pytest.fixture
def cold(town: Town, open_browser: Open) -> Page:
    """A signed-in learner's browser whose cache is empty."""
    page = open_browser(base_url=town.url).new_page()
    sign_in(page, "reading")
    session = page.context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    page.goto("about:blank")
    return page


def _lessons(town: Town) -> list[str]:
    with town.hub.inside():
        return world.lesson_paths()


def _print(title: str, exchanges: list[Exchange]) -> None:
    print(f"\n{title}: {sum(one.received for one in exchanges)} B in {len(exchanges)} requests")
    for one in exchanges:
        print(f"  {one.received:>6} B {one.encoding or '-':>4} {one.name}")


def test_lessons_cost_little_cold_and_less_warm(town: Town, cold: Page) -> None:
    paths = _lessons(town)
    wire = Wire(cold)
    for path in paths:
        cold.context.new_cdp_session(cold).send("Network.clearBrowserCache")
        wire.forget()
        cold.goto(path, wait_until="networkidle")
        _read_to_the_end(cold)
        found = wire.exchanges
        _print("cold lesson, read to its end", found)
        assert found[0].received <= 14_000
        assert sum(one.received for one in found) <= 60_000
        assert len(found) <= 8
        _expect_own_and_compressed(town, found)


def test_next_lesson_costs_little(town: Town, cold: Page) -> None:
    first, *later = _lessons(town)
    wire = Wire(cold)
    cold.goto(first, wait_until="networkidle")
    for path in later:
        wire.forget()
        cold.goto(path, wait_until="networkidle")
        found = wire.exchanges
        _print("warm lesson", found)
        assert sum(one.received for one in found) <= 8_000
        _expect_own_and_compressed(town, found)
        _read_to_the_end(cold)
        _print("warm lesson, read to its end", wire.exchanges)


def _read_to_the_end(page: Page) -> None:
    """Scroll past every figure: each is fetched as the reader comes near."""
    page.evaluate(
        "async () => { for (const one of document.querySelectorAll('figure')) {"
        " one.scrollIntoView(); await new Promise(go => setTimeout(go, 150)); } }"
    )
    page.wait_for_load_state("networkidle")


def _expect_own_and_compressed(town: Town, found: list[Exchange]) -> None:
    for one in found:
        assert one.url.startswith(town.url + "/"), "third party"
        if one.kind.startswith(TEXTS) and one.status == 200:
            assert one.encoding in ("br", "gzip"), one.name


def test_autosave_fits_in_a_kilobyte_both_ways(town: Town, visit: Visit) -> None:
    page = visit(town, "/", "answering")
    page.get_by_role("link", name="Continue").first.click()
    expect(page.locator("[data-clock]")).to_contain_text("left")
    right = answers.right_answers(town.hub, answers.newest_attempt(town.hub, "answering"))
    wire = Wire(page)
    for item, fields in list(right.items())[:5]:
        wire.forget()
        answers.give_and_see_saved(page, item, fields)
        page.wait_for_timeout(100)
        for one in wire.exchanges:
            print(f"autosave: {one.sent} B sent, {one.received} B received")
            assert one.sent + one.received <= 1024
