"""On a slow network people answer before the scripts of a page have come: that counts as well."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from lms.db import db, transaction
from lms.practicals.models import Tap
from tests.assessment.test_uploads import photograph
from tests.browser import answers, world
from tests.browser.conftest import Town
from tests.browser.test_kinds import kept, paper_of

Visit = Callable[..., Page]
PHONE = {"width": 360, "height": 740}


def come_late(page: Page, script: str) -> Callable[[], None]:
    """Keep a script on its way until the returned function is called."""
    waiting: list[Route] = []
    page.route(f"**/{script}", lambda route: waiting.append(route))

    def arrive() -> None:
        for _ in range(100):
            if waiting:
                break
            page.wait_for_timeout(50)
        for route in waiting:
            route.continue_()
        page.unroute(f"**/{script}")

    return arrive


def test_answers_given_before_the_scripts_came_are_saved(town: Town, visit: Visit) -> None:
    with town.hub.inside():
        learner = world.newcomer(town.cast, "early")
        attempt = world.started(world.enrolment_of(learner), learner)
    page = visit(town, "/", "early", viewport=PHONE)
    arrive = come_late(page, "attempt.js")
    page.goto(f"/attempts/{attempt}/", wait_until="commit")
    right = answers.right_answers(town.hub, attempt)
    expect(page.locator("[data-save]")).to_be_visible()
    for item, fields in right.items():
        answers.give(page, item, fields)
    assert answers.counted(town.hub, attempt) == {}
    arrive()
    answers.saved(page)
    assert answers.counted(town.hub, attempt).keys() == right.keys()
    page.reload()
    for item, fields in right.items():
        answers.shown(page, item, fields)


def test_file_chosen_before_the_scripts_came_is_sent(town: Town, visit: Visit) -> None:
    paper = paper_of(town, "early-file")
    page = visit(town, "/", "early-file", viewport=PHONE)
    arrive = come_late(page, "attempt.js")
    page.goto(f"/attempts/{paper.attempt}/", wait_until="commit")
    item = page.locator(f'[data-item="{paper.items["file"]}"]')
    picture = {"name": "sheet.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    item.locator("input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    assert kept(town, paper)["file"] is None
    arrive()
    expect(page.get_by_text("Saved on the server.").first).to_be_visible()
    assert kept(town, paper)["file"]["file"]["type"] == "jpeg"


def test_page_that_nobody_touched_saves_nothing_by_itself(town: Town, visit: Visit) -> None:
    with town.hub.inside():
        learner = world.newcomer(town.cast, "untouched")
        attempt = world.started(world.enrolment_of(learner), learner)
    page = visit(town, f"/attempts/{attempt}/", "untouched", viewport=PHONE)
    expect(page.locator("[data-clock]")).to_contain_text("left")
    page.wait_for_timeout(1000)
    assert answers.counted(town.hub, attempt) == {}


def test_taps_before_the_scripts_came_are_sent_and_a_stop_is_asked_about_first(
    town: Town, visit: Visit
) -> None:
    with town.hub.inside():
        world.newcomer(town.cast, "hurried")
    page = visit(town, "/practicals/?q=hurried", "instructor", viewport=PHONE)
    arrive = come_late(page, "practical.js")
    button = page.get_by_role("button", name="Open a sheet for Hurried Newcomer").first
    button.click(no_wait_after=True)
    steps = page.locator("fieldset[data-item^='step:']")
    steps.nth(0).get_by_text("Done", exact=True).click()
    page.get_by_label("Room", exact=True).fill("B-12")
    page.get_by_label("Reason", exact=True).fill("A glass fell down.")
    sheet_id = page.url.rstrip("/").rpartition("/")[2]
    arrive()
    expect(page.locator("[data-save]")).to_contain_text("All is on the server")
    expect(page.locator("[data-stopped]")).to_be_hidden()
    expect(page.get_by_role("button", name="Stop the practical")).to_be_visible()
    with town.hub.inside(), transaction(write=False):
        rows = db.session.scalars(select(Tap).where(Tap.sheet_id == sheet_id)).all()
        values = {row.subject.partition(":")[0]: row.value for row in rows}
    assert values == {"step": "done", "room": "B-12"}
