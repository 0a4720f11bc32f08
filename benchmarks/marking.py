"""How soon the next answer stands before a marker: fetched ahead against the ordinary way.

In turns in one run a browser on this machine marks short answers by keys: from Enter to the next
rubric on the page, the server's save included. Prints both medians and their ratio.
Run: .venv/bin/python benchmarks/marking.py [answers of each]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run from anywhere, without installing

from flask_migrate import upgrade
from playwright.sync_api import Page, sync_playwright

from lms.app import create_app
from lms.curriculum.sync import sync_all
from lms.db import db
from tests import walk
from tests.browser.hub import Hub, new_config, running
from tests.browser.test_thirty import let_answer, module_of_words
from tests.factories import PASSWORD
from tests.tools import browser as chromium


def main() -> None:
    """Mark by both ways in turns and print how they compare."""
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        hub = _hub(Path(folder), 2 * each + 2)
        with running(hub), sync_playwright() as browsers:
            browser = browsers.chromium.launch(
                executable_path=chromium.find(), args=[*chromium.ARGUMENTS]
            )
            page = browser.new_page(base_url=hub.url)
            ahead, cold = _measured(page, each)
    ratio = statistics.median(ahead) / statistics.median(cold)
    print(
        f"next answer: {statistics.median(ahead):.0f} ms fetched ahead,"
        f" {statistics.median(cold):.0f} ms cold: {ratio:.2f} of it;"
        f" slowest of the first {max(ahead):.0f} ms (n={each} each)"
    )


def _hub(folder: Path, answers: int) -> Hub:
    made = Hub(new_config(folder, f"sqlite:///{folder}/hub.db", 0))
    with create_app(made.config, module_of_words(folder / "modules").plugins).app_context():
        upgrade()
        assert not sync_all().refused
        people = walk.people_of_a_hub()
        for number in range(answers):
            let_answer(people, walk.newcomer(people, f"Learner {number}"), number)
        db.session.remove()
        db.engine.dispose()
    return made


def _measured(page: Page, each: int) -> tuple[list[float], list[float]]:
    page.goto("/sign-in")
    page.get_by_label("E-mail address or staff number").fill("instructor@walk")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto("/grading/")
    page.get_by_role("button", name="Mark these").click()
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(2 * each):
        is_cold = number % 2
        page.wait_for_load_state("networkidle")
        if is_cold:  # the same page without the part that looks ahead
            page.route(
                "**/ahead.js",
                lambda route: route.fulfill(
                    content_type="text/javascript", body='import "./marking.js";'
                ),
            )
            page.reload(wait_until="networkidle")
        page.keyboard.press("3")
        found[is_cold].append(_next(page))
        if is_cold:
            page.unroute("**/ahead.js")
            page.reload(wait_until="networkidle")
    return found


def _next(page: Page) -> float:
    """Press Enter; return after how many milliseconds another answer's rubric is there."""
    here = page.url.split("?")[0]
    start = time.perf_counter()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.split("?")[0] != here, wait_until="commit")
    page.wait_for_selector("[data-keys]:not([hidden])")
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
