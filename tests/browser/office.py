"""The pages of whoever looks after people or the machine, and of one's own account: how to get to
each state; `pages` tests them with all others. Steps work in any language."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser import world
from tests.browser.conftest import Town

Steps = Callable[[Page, Town], None]


def _slip_refused(page: Page, _town: Town) -> None:
    page.goto("/sign-in/slip")
    page.locator("#login").fill("nobody@browser.test")
    page.locator("#code").fill("0000-0000-0000")
    page.locator("#password").fill("a password of nobody")
    page.locator("main form .button:not(.link)").click()
    page.wait_for_selector(".errors")


def _password_refused(page: Page, _town: Town) -> None:
    page.goto("/account/")
    page.locator("form[action$='/password'] .button:not(.link)").click()
    page.wait_for_selector(".errors")


def _person(key: str, rest: str = "") -> Steps:
    def go(page: Page, town: Town) -> None:
        with town.hub.inside():
            id = world.person_id(key)
        page.goto(f"/people/{id}/{rest}")

    return go


def _refused(get: Steps) -> Steps:
    def go(page: Page, town: Town) -> None:
        get(page, town)
        page.locator("main form .button").last.click()
        page.wait_for_selector(".errors")

    return go


def _place(rest: str) -> Steps:
    def go(page: Page, town: Town) -> None:
        page.goto(f"/organisations/{town.cast.places['pune']}/{rest}")

    return go


def _role_end(page: Page, town: Town) -> None:
    _person("long")(page, town)
    page.locator("main tbody a").last.click()
    page.wait_for_url("**/end")


def _add_refused(page: Page, town: Town) -> None:
    page.goto("/people/add")
    page.locator("main form .button").last.click()
    page.wait_for_selector(".errors")


def _slips(page: Page, _town: Town) -> None:
    page.goto("/people/?words=newcomer")
    for box in page.locator("main input[type=checkbox]").all()[:3]:
        box.check()
    page.locator("form[action='/people/slips/'] .button").click()
    page.wait_for_selector(".slips")


def _slips_refused(page: Page, _town: Town) -> None:
    page.goto("/people/")
    page.locator("form[action='/people/slips/'] .button").click()
    page.wait_for_selector(".errors")


STATES: tuple[tuple[str, str | None, str | Steps], ...] = (
    ("slip", None, "/sign-in/slip"),
    ("slip refused", None, _slip_refused),
    ("account", "long", "/account/"),
    ("account, password refused", "long", _password_refused),
    ("organisations", "administrator", "/organisations/"),
    ("organisations, none", "administrator", "/organisations/?words=nowhere"),
    ("organisation", "administrator", _place("")),
    ("add an organisation", "administrator", _place("add")),
    ("rename refused", "administrator", _refused(_place("edit"))),
    ("people", "administrator", "/people/"),
    ("people, none", "administrator", "/people/?words=nobody+at+all"),
    ("add a person", "administrator", "/people/add"),
    ("add a person, refused", "administrator", _add_refused),
    ("person", "administrator", _person("long")),
    ("person, to correct", "administrator", _person("long", "edit")),
    ("person, correction refused", "administrator", _refused(_person("long", "edit"))),
    ("person, to keep out", "administrator", _person("long", "access")),
    ("end a role", "administrator", _role_end),
    ("slips", "administrator", _slips),
    ("slips, nobody chosen", "administrator", _slips_refused),
    ("operation", "administrator", "/operation/"),
    ("people, coordinator", "coordinator", "/people/"),
    ("organisation, coordinator", "coordinator", _place("")),
    ("somebody stronger", "coordinator", _person("instructor")),
)
