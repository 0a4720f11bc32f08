"""A real browser whose every request a test's own app answers, without a port of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Route, sync_playwright
from werkzeug.test import TestResponse

from tests.tools import browser as chromium

_PASSED_ON = ("content-type", "accept", "x-csrftoken", "referer")


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Chromium, headless; skips the test where there is none."""
    path = chromium.find()
    if path is None:
        pytest.skip("no Chromium or Chrome found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS])
        yield browser
        browser.close()


def ask(client: FlaskClient, route: Route, home: str) -> TestResponse:
    """Let the app answer what a page at `home` asked."""
    asked = route.request
    headers = {name: value for name, value in asked.headers.items() if name in _PASSED_ON}
    return client.open(
        asked.url.removeprefix(home),
        method=asked.method,
        data=asked.post_data_buffer,
        headers=headers | {"Sec-Fetch-Site": "same-origin"},
        base_url=home,
    )


def give(route: Route, answer: TestResponse) -> None:
    """Hand an answer to the page; cookies stay with the client that asked."""
    kept = {name: value for name, value in answer.headers.items() if name.lower() != "set-cookie"}
    route.fulfill(status=answer.status_code, headers=kept, body=answer.data)
