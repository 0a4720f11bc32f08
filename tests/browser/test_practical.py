"""A practical on a phone while the network is away: nothing is lost, nothing counts twice."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from lms.competency.models import Evidence
from lms.db import db, transaction
from lms.practicals.models import Tap
from tests.browser import world
from tests.browser.conftest import Town
from tests.factories import PASSWORD
from tests.practicals import acts

Visit = Callable[..., Page]
PHONE = {"width": 360, "height": 740}
KEPT = """() => new Promise((done, failed) => {
  const request = indexedDB.open("practicals");
  request.onerror = failed;
  request.onsuccess = () => {
    const all = request.result.transaction("taps").objectStore("taps").getAll();
    all.onsuccess = () => done(all.result.map((tap) => [tap.subject, tap.tapped]));
  };
})"""
KEEPS_PAGE = """async () => {
  const kept = await (await caches.open("practicals")).keys();
  return kept.some((one) => new URL(one.url).pathname === location.pathname)
    && kept.some((one) => one.url.includes("taps.js"));
}"""


@pytest.fixture
def sheet(town: Town, visit: Visit) -> Page:
    """An instructor's phone on which a sheet for a new learner was just opened."""
    with town.hub.inside():
        world.newcomer(town.cast, "observed")
    page = visit(town, "/practicals/?q=observed", "instructor", viewport=PHONE)
    page.get_by_role("button", name="Open a sheet for Observed Newcomer").first.click()
    expect(page.get_by_role("heading", name="Steps")).to_be_visible()
    wait_until_kept(page)
    return page


def wait_until_kept(page: Page) -> None:
    """Wait until the page would come up again without a network."""
    for _ in range(100):
        if page.evaluate(KEEPS_PAGE):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the page is not kept")


def note_everything(page: Page) -> int:
    """Tap every step as done and write down the rest; returns how many things were noted."""
    page.get_by_label("safety induction").check()
    texts = page.locator(
        "[data-item=room] input, [data-item=equipment] input, [data-item=lot] input"
    )
    for one in texts.all():
        one.fill("B-12")
        one.blur()
    steps = page.locator("fieldset[data-item^='step:']")
    for step in steps.all():
        step.get_by_text("Done", exact=True).click()
    page.locator("[data-item=rating] label").nth(3).click()
    return steps.count() + texts.count() + 2


def lose_the_first_answer(page: Page) -> list[str]:
    """Let each tap reach the server, but its first acknowledgement never come back."""
    seen: list[str] = []

    def pass_on(route: Route) -> None:
        body = route.request.post_data or ""
        if body in seen:
            return route.continue_()
        seen.append(body)
        route.fetch()
        return route.abort()

    page.context.route(re.compile("/taps$"), pass_on)
    return seen


def test_practical_noted_offline_and_sent_twice_counts_once(
    town: Town, visit: Visit, sheet: Page
) -> None:
    sheet.context.set_offline(True)
    noted = note_everything(sheet)
    expect(sheet.locator("[data-save]")).to_contain_text(f"Not sent yet: {noted}.")
    sheet.reload()
    expect(sheet.locator("[data-save]")).to_contain_text(f"Not sent yet: {noted}.")
    sheet.goto("/practicals/")  # the list is not kept: it leads to the open sheet
    expect(sheet.locator("[data-save]")).to_contain_text(f"Not sent yet: {noted}.")
    expect(sheet.get_by_role("radio", name="Done", exact=True).first).to_be_checked()
    kept = dict(sheet.evaluate(KEPT))
    assert len(kept) == noted

    sent = lose_the_first_answer(sheet)
    sheet.context.set_offline(False)
    for _ in range(3 * noted):
        if sheet.locator("[data-save][data-state=saved]").count():
            break
        sheet.evaluate("dispatchEvent(new Event('online'))")  # the outbox waits longer each time
        sheet.wait_for_timeout(60)
    expect(sheet.locator("[data-save]")).to_contain_text("All is on the server")
    assert len(sent) == noted
    sheet_id = sheet.url.rstrip("/").rpartition("/")[2]
    with town.hub.inside(), transaction(write=False):
        rows = db.session.scalars(select(Tap).where(Tap.sheet_id == sheet_id)).all()
        assert len(rows) == noted
        assert {row.subject: row.tapped_at for row in rows} == {
            subject: datetime.fromisoformat(tapped) for subject, tapped in kept.items()
        }
    _sign_and_count(town, visit, sheet, sheet_id)


def _sign_and_count(town: Town, visit: Visit, page: Page, sheet_id: str) -> None:
    page.get_by_role("button", name="Review and sign").click()
    expect(page.get_by_text("Still missing")).to_have_count(0)
    page.get_by_label("I did not train this learner").check()
    _sign(page)
    second = visit(town, f"/practicals/{sheet_id}/review", "assessor", viewport=PHONE)
    second.get_by_label("Yes, I observed it").check()
    second.get_by_label("I did not train this learner").check()
    _sign(second)
    learner = visit(town, "/", "observed", viewport=PHONE)
    learner.get_by_role("link", name="Look at the sheet").click()
    learner.get_by_label("Yes, this is how it went").check()
    _sign(learner)
    expect(learner.get_by_text("Passed", exact=True)).to_be_visible()
    with town.hub.inside():
        assert (acts.result_of(sheet_id) or {})["verdict"] == "passed"
        person = world.person_id("observed")
        with transaction(write=False):
            shown = select(Evidence.competency).where(Evidence.person_id == person)
            found = list(db.session.scalars(shown))
    assert len(found) == len(set(found)) > 0


def _sign(page: Page) -> None:
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Signed.", exact=True)).to_be_visible()


def test_signing_out_leaves_nothing_of_a_sheet_behind(town: Town, visit: Visit) -> None:
    with town.hub.inside():
        world.newcomer(town.cast, "left")
    page = visit(town, "/practicals/?q=left", "instructor", viewport=PHONE)
    page.get_by_role("button", name="Open a sheet for Left Newcomer").first.click()
    wait_until_kept(page)
    page.locator("fieldset[data-item^='step:']").first.get_by_text("Done", exact=True).click()
    expect(page.locator("[data-save]")).to_contain_text("All is on the server")
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate(KEPT) == []
