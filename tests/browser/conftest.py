"""Hubs that really run, and people with a browser in front of them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import attesting, examining, sheets, timing, world
from tests.browser.hub import Hub, new_config, running
from tests.conftest import drop_database, make_database
from tests.factories import PASSWORD
from tests.tools import browser as chromium
from tests.tools import queues

PATIENCE = 10_000  # milliseconds for anything that a page does by itself


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Town:
    """A running hub and who lives there."""

    hub: Hub
    cast: world.Cast

    @property
    def url(self) -> str:
        """Return the hub's address."""
        return self.hub.url


def _town(
    folder: Path, template: tuple[str, Path], purpose: int, past: Callable[[world.Cast], None]
) -> Iterator[Town]:
    url = make_database("browser", folder, template[0])
    shutil.copytree(template[1] / "store", folder / "store")
    hub = Hub(new_config(folder, url, purpose))
    try:
        with hub.inside():
            cast = world.build()
            past(cast)
        with running(hub):
            yield Town(hub, cast)
    finally:
        drop_database(url)


@pytest.fixture(scope="session")
def town(
    tmp_path_factory: pytest.TempPathFactory, taught_template: tuple[str, Path]
) -> Iterator[Town]:
    """A hub with a past: content in effect, people in each state. Tests add to it only."""

    def past(cast: world.Cast) -> None:
        world.live(cast)
        sheets.add(cast)
        attesting.add(cast)
        examining.add(cast)
        timing.add(cast)

    yield from _town(tmp_path_factory.mktemp("town"), taught_template, queues.TOWN, past)


@pytest.fixture(scope="module")
def new_town(
    tmp_path_factory: pytest.TempPathFactory, taught_template: tuple[str, Path]
) -> Iterator[Town]:
    """A hub where people have just come in: nothing is signed, nobody has done anything."""
    yield from _town(
        tmp_path_factory.mktemp("new-town"), taught_template, queues.NEW_TOWN, lambda _cast: None
    )


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """Chromium, headless."""
    path = chromium.find()
    if path is None:
        pytest.skip("no Chromium or Chrome found: the browser tests did not run")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS])
        yield browser
        browser.close()


Open = Callable[..., BrowserContext]


@pytest.fixture
def open_browser(chrome: Browser) -> Iterator[Open]:
    """Open browsers that share nothing: open_browser(**what Playwright takes)."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def open_one(**kwargs: Any) -> BrowserContext:
        context = chrome.new_context(**({"locale": "en-GB"} | kwargs))
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("console", lambda said: wrong.append(said.text) if _is_fault(said) else None)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert wrong == [], "the browser's console names faults"


def _is_fault(said: Any) -> bool:
    # Refusals (401, 409, 422) and cut cables are what some tests are about.
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture
def visit(open_browser: Open) -> Callable[..., Page]:
    """Open a page of a town as somebody: visit(town, "/", "abebe", viewport=…)."""

    def go(town: Town, path: str, key: str | None = None, **kwargs: Any) -> Page:
        page = open_browser(base_url=town.url, **kwargs).new_page()
        if key is None:
            page.goto(path)
        else:
            sign_in(page, key, path)
        return page

    return go


def sign_in(page: Page, key: str, path: str = "/") -> None:
    """Sign in through the real form and go on to `path`."""
    page.goto(path if path != "/" else "/sign-in")
    page.get_by_label("E-mail address or staff number").fill(world.login(key))
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
