"""The pages of who writes, uploads and reviews content: how to get to each state; `pages` tests
them with all others. Steps work in any language."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import select

from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from tests.archives import module_files, packed
from tests.browser.conftest import Town

Steps = Callable[[Page, Town], None]
EXAMPLE = Path(__file__).parents[2] / "docs/authoring/example-module"
SAMPLES = Path(__file__).parents[1] / "exchange/files"


def version(page: Page, town: Town) -> None:
    with town.hub.inside(), transaction(write=False):
        id = db.session.scalars(
            select(ModuleVersion.id).where(ModuleVersion.code == "FND103")
        ).one()
    page.goto(f"/content/{id}/")


def questions(page: Page, town: Town) -> None:
    version(page, town)
    page.goto(f"{page.url}questions/")


def practical(page: Page, town: Town) -> None:
    version(page, town)
    page.goto(f"{page.url}practicals/histidine-buffer/")


def draft(part: str) -> Steps:
    def steps(page: Page, town: Town) -> None:
        upload(page, town)
        page.goto(f"{page.url}{part}")

    return steps


def _send_archive(page: Page, files: dict[str, bytes]) -> None:
    page.goto("/content/uploads/")
    archive = {"name": "m.zip", "mimeType": "application/zip", "buffer": packed(files)}
    page.locator("input[type=file]").set_input_files(archive)  # type: ignore[arg-type]
    page.locator("main form button").last.click()


def upload_refused(page: Page, _town: Town) -> None:
    files = module_files("TST901")
    files["lessons/20-balances.md"] += b"\n<b>x</b>\n\n![](figures/none.svg)\n"
    _send_archive(page, files)
    page.wait_for_selector(".errors")


def upload(page: Page, _town: Town) -> None:
    _send_archive(page, module_files("TST901"))
    page.wait_for_url("**/uploads/*/")


def _bring(page: Page, name: str, data: bytes) -> None:
    page.goto("/content/import/")
    file = {"name": name, "mimeType": "text/plain", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("main form button").last.click()
    page.wait_for_selector("tbody")


def questions_read(page: Page, _town: Town) -> None:
    """Bring a file that has every verdict in it."""
    _bring(page, "airlocks-and-a-long-name.gift", (SAMPLES / "moodle.gift").read_bytes())


def questions_refused(page: Page, _town: Town) -> None:
    """Bring a file of which nothing can be taken."""
    _bring(page, "notes.gift", b"Nothing asks anything here.")


def questions_taken(page: Page, town: Town) -> None:
    """See what becomes of each question in a format that can say some; take the file before."""
    version(page, town)
    page.goto(f"{page.url}export/?format=moodle")
    with page.expect_download():
        page.locator("main form[method=post] button").click()
    page.goto(page.url.replace("moodle", "gift"))


def every_kind(page: Page, _town: Town) -> None:
    """Open the questions of the example module, which has one of each kind."""
    files = {
        path.relative_to(EXAMPLE).as_posix(): path.read_bytes()
        for path in EXAMPLE.rglob("*")
        if path.is_file()
    }
    _send_archive(page, files)
    page.wait_for_url("**/uploads/*/")
    page.goto(f"{page.url}questions/")
    page.wait_for_selector(".spots")
