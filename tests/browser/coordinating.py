"""How to get to what coordinators see: a list of people looked at, brought in, refused."""

from playwright.sync_api import Page

from tests.browser.conftest import Town

ROSTER = """Name,Name in own script,E-mail,Organisation,Module,Delivering organisation,Shoe size
Kim Roster,김 명단,kim.roster@browser.test,Vaccine Institute Addis,B01,Training Centre Songdo,40
Mina Probe,,mina@browser.test,,FND103,Training Centre Songdo,
=formula,,=x,Nowhere,FND999,,
Somebody Else,,asha@browser.test,,FND103,,
"""


def enrolment_in_full(page: Page, _town: Town) -> None:
    """Open the one enrolment of somebody who failed."""
    page.goto("/progress/?q=failed")
    page.locator("main td a").first.click()


def ending(page: Page, town: Town) -> None:
    """Come to the question whether an enrolment is to end."""
    enrolment_in_full(page, town)
    page.goto(page.url.replace("/progress/", "/enrolments/") + "end")


def ending_refused(page: Page, town: Town) -> None:
    """Give no reason."""
    ending(page, town)
    page.locator("main form button").click()
    page.wait_for_selector(".errors")


def enrolling_refused(page: Page, _town: Town) -> None:
    """Choose nobody and nothing."""
    page.goto("/enrolments/new")
    page.locator("main form[method=post] button").click()
    page.wait_for_selector(".errors")


def list_refused(page: Page, _town: Town) -> None:
    """Send a list without headings."""
    page.goto("/enrolments/import/")
    page.locator("#text").fill("Amina,amina@x.example")
    page.locator("main form button").click()
    page.wait_for_selector(".errors")


def preview(page: Page, _town: Town) -> None:
    """Look at each row of a list."""
    page.goto("/enrolments/import/")
    page.locator("#text").fill(ROSTER)
    page.locator("main form button").click()
    page.wait_for_selector(".stats")


def brought_in(page: Page, town: Town) -> None:
    """Confirm it."""
    preview(page, town)
    confirm = page.locator("main form[action$=confirm] button")
    if confirm.count():  # the next time it is all there
        confirm.click()
        page.wait_for_url("**/imports/**")
