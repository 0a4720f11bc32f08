#!/usr/bin/env python3
"""Take the README's pictures from a demonstration that runs: BASE_URL, DEMO_PASSWORD are read."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.tools import browser as chromium

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
BASE = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
PHONE = ViewportSize(width=390, height=760)
DESK = ViewportSize(width=1100, height=760)
COLOURS = 128  # enough for pages of flat colour, at a third of the bytes


def _visit(browser: Browser, size: ViewportSize, login: str | None) -> Page:
    context = browser.new_context(viewport=size, device_scale_factor=1.5, base_url=BASE)
    page = context.new_page()
    if login:
        page.goto("/sign-in")
        page.get_by_label("E-mail address or staff number").fill(f"{login}@demo.example")
        page.get_by_label("Password").fill(os.environ["DEMO_PASSWORD"])
        page.locator("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def _paper(page: Page) -> None:
    page.goto("/modules/FND103/")
    start = page.get_by_role("button", name="Start the assessment")
    start.or_(page.get_by_role("link", name=re.compile("assessment"))).click()
    page.wait_for_url("**/attempts/*/")
    page.locator("[data-item]").nth(1).scroll_into_view_if_needed()


def _practical(page: Page) -> None:
    page.goto("/practicals/")
    page.get_by_role("link", name="Bench Demo").first.click()
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(300)


def _marking(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Begin to mark").click()
    page.keyboard.press("3")
    page.get_by_role("heading", name="Rubric").scroll_into_view_if_needed()


def _verdict(page: Page) -> None:
    holder = _visit(page.context.browser, DESK, "hana")  # type: ignore[arg-type]
    holder.goto("/certificates/")
    page.goto(holder.locator('a[href*="/verify/ST"]').first.get_attribute("href") or "/verify/")


def _certificate(browser: Browser) -> None:
    """Print the certificate's own PDF, as poppler shows it."""
    holder = _visit(browser, DESK, "hana")
    holder.goto("/certificates/")
    link = holder.locator('a[href$=".pdf"]').first.get_attribute("href") or ""
    file = FOLDER / "certificate.pdf"
    file.write_bytes(holder.request.get(link).body())
    command = ["pdftoppm", "-png", "-singlefile", "-r", "90", str(file), str(file.with_suffix(""))]
    subprocess.run(command, check=True)
    file.unlink()
    _thin(file.with_suffix(".png"))


def _thin(file: Path) -> None:
    """Save a picture with few colours, so that it loads fast."""
    Image.open(file).convert("RGB").quantize(COLOURS).save(file, optimize=True)


SHOTS: dict[str, tuple[ViewportSize, str | None, Callable[[Page], object]]] = {
    "home": (PHONE, "trainee", lambda page: page.goto("/")),
    "paper": (PHONE, "new", _paper),
    "practical": (PHONE, "instructor", _practical),
    "marking": (PHONE, "instructor", _marking),
    "progress": (DESK, "coordinator", lambda page: page.goto("/progress/")),
    "verify": (DESK, None, _verdict),
}


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=[*chromium.ARGUMENTS]
        )
        for name, (size, login, go) in SHOTS.items():
            page = _visit(browser, size, login)
            go(page)
            page.wait_for_load_state("networkidle")
            file = FOLDER / f"{name}.png"
            page.screenshot(path=file)
            _thin(file)
            page.context.close()
        _certificate(browser)
        browser.close()


if __name__ == "__main__":
    main()
