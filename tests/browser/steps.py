"""The steps of the walk, each by the person who takes it, with nothing but what the page offers."""

import json
import re
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests import walk
from tests.browser import answers, world
from tests.browser.hub import Hub
from tests.factories import PASSWORD

WRONG = "not the password at all"
COMMENT = "Say which balance does not close."


def read_a_lesson_and_go_on(page: Page) -> None:
    """From the first page by *Continue*: read, say so, land on the next lesson."""
    page.get_by_role("link", name="Continue").first.click()
    first = page.get_by_role("heading", level=1).inner_text()
    expect(page.get_by_text("Lesson 1 of 4")).to_be_visible()
    page.get_by_role("button", name="I have read this: go on").click()
    expect(page.get_by_text("Lesson 2 of 4")).to_be_visible()
    assert page.get_by_role("heading", level=1).inner_text() != first
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("1 of 4 done")).to_be_visible()


def start_assessment(page: Page, hub: Hub, key: str) -> str:
    """Start it on the module's page; returns the attempt."""
    page.goto("/modules/FND103/")
    page.get_by_role("button", name="Start the assessment").click()
    with hub.inside():
        hours, seconds = divmod(world.paper_seconds() - 1, 3600)
    expect(page.locator("[data-clock]")).to_contain_text(f"{hours}:{seconds // 60:02}:")
    return answers.newest_attempt(hub, key)


def answer_everything(page: Page, hub: Hub, attempt: str) -> None:
    """Give every right answer, see each saved, reload, find them all."""
    right = answers.right_answers(hub, attempt)
    for item, fields in right.items():
        answers.give_and_see_saved(page, item, fields)
    assert answers.counted(hub, attempt).keys() == right.keys()
    page.reload()
    for item, fields in right.items():
        answers.shown(page, item, fields)
    answers.saved(page)


def hand_in(page: Page) -> None:
    """Hand in and read that it is."""
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_text("Handed in. An instructor marks")).to_be_visible()


def mark_the_essay(page: Page) -> None:
    """Find the essay from the first page, mark it, sign; a wrong password first signs nothing."""
    page.goto("/")
    page.get_by_role("button", name="Begin to mark").click()
    expect(page.get_by_text(walk.ESSAY[:40])).to_be_visible()
    criteria = page.locator("fieldset.rubric")
    for criterion in criteria.all():
        criterion.get_by_role("radio").nth(3).check()
    page.get_by_label("Comment for the learner").fill(COMMENT)
    page.get_by_role("button", name="Save and go to the next").click()
    expect(page.get_by_text("Every answer is marked.")).to_be_visible()
    page.get_by_label("Your password, to sign").fill(WRONG)
    page.get_by_role("button", name="Sign the marks").click()
    expect(page.get_by_role("alert")).to_contain_text("password")
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Sign the marks").click()
    expect(page.get_by_text("1 mark is signed.")).to_be_visible()


def release_the_result(page: Page) -> None:
    """Release what is ready, signed."""
    page.goto("/grading/")
    entry = page.get_by_role("listitem").filter(has_text="Ready to release")
    entry.first.get_by_role("link").click()
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Sign and release").click()
    expect(page.get_by_text("The result is released")).to_be_visible()


def see_certificate_being_made(page: Page) -> str:
    """See the result and that the certificate is on its way; returns its number."""
    page.goto("/")
    expect(page.get_by_text("Your certificate is being made")).to_be_visible()
    page.get_by_role("link", name="See the result").click()
    expect(page.get_by_text("Passed", exact=True)).to_be_visible()
    expect(page.get_by_text(COMMENT)).to_be_visible()
    page.get_by_role("link", name="Certificates").click()
    row = page.get_by_role("row").filter(has_text="In preparation")
    return row.get_by_role("link").first.inner_text()


def download_certificate(page: Page, place: Path) -> Path:
    """Wait on the first page until the worker has made it; download the PDF."""
    ready = page.get_by_text("Your certificate is ready")
    for _ in range(60):
        page.goto("/")
        if ready.count():
            break
        page.wait_for_timeout(500)
    expect(ready).to_be_visible()
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download the PDF").click()
    file = place / caught.value.suggested_filename
    caught.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    return file


def qr_code(pdf: Path) -> str:
    """Return what the QR code of a certificate says, read as a phone reads it."""
    picture = pdf.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-r", "200", "-png", "-f", "1", "-l", "1", pdf, picture], check=True
    )
    (png,) = pdf.parent.glob(f"{picture.name}-*.png")
    read = subprocess.run(
        ["zbarimg", "--raw", "-q", png], capture_output=True, text=True, check=True
    )
    return read.stdout.strip()


def as_json(url: str) -> dict[str, Any]:
    """Ask for a verification as a machine does."""
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200
        return dict(json.load(answer))


def type_number(page: Page, number: str) -> None:
    """Type a number into the public form and ask."""
    page.goto("/verify/")
    page.get_by_label("Certificate number").fill(number)
    page.get_by_role("button", name="Verify").click()


def verdict(page: Page, word: str) -> None:
    """Expect one verdict word on the page."""
    expect(page.locator("[data-verdict]")).to_have_attribute("data-verdict", word)


def sign(page: Page, act: str, on: str = "") -> None:
    """Sign one act on the version, from the list of what is stored; `on`: from which day."""
    page.goto("/content/")
    page.get_by_role("link", name=re.compile("Bioprocess calculations")).click()
    page.get_by_role("radio", name=re.compile(f"^{act}")).check()
    if on:
        page.get_by_label("From which day").fill(on)
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Signed.", exact=True)).to_be_visible()
