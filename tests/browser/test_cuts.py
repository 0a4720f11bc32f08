"""Network cuts, reloads and killed browsers at random moments of an attempt: what was given is on
the server at the end, once. CUTS says how many (200 is the long form, `make cuts`)."""

import os
import random
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect, sync_playwright
from sqlalchemy import func, select

from lms.assessment import queries
from lms.assessment.models import Response
from lms.db import db, transaction
from tests.browser import answers, world
from tests.browser.conftest import PATIENCE, Town, sign_in
from tests.tools import browser as chromium

CUTS = int(os.environ.get("CUTS", "8"))
SEED = int(os.environ.get("SEED", "20261123"))
ROUND = 20  # cuts of one attempt
KINDS = ("cut", "cut in flight", "reload", "reload offline", "kill")
# Chromium writes what a page keeps within this time; a browser killed earlier may forget it.
WRITTEN = 1500


class Machine:
    """A laptop: a browser whose profile lies on the disk, that is killed and started again."""

    def __init__(self, playwright: Playwright, profile: Path, town: Town) -> None:
        self.playwright, self.profile, self.town = playwright, profile, town
        self.context: BrowserContext | None = None
        self.start()

    def start(self) -> Page:
        """Start the browser on its profile; returns its page."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=chromium.find(),
            args=[*chromium.ARGUMENTS],
            base_url=self.town.url,
            locale="en-GB",
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        return self.page

    def kill(self) -> None:
        """Kill every process of this browser at once, as a power cut does."""
        for process in _processes(self.profile):
            os.kill(process, signal.SIGKILL)
        assert self.context is not None
        with suppress(Error):  # it is gone already
            self.context.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)


def _processes(profile: Path) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().split(b"\0")
        except OSError:  # it ended meanwhile
            continue
        if f"--user-data-dir={profile}".encode() in words:
            found.append(int(place.parent.name))
    return found


@pytest.fixture
def machine(town: Town, tmp_path: Path) -> Iterator[Machine]:
    if not Path("/proc/self/cmdline").exists() or chromium.find() is None:
        pytest.skip("needs Chromium and a /proc to find its processes in")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield (laptop := Machine(playwright, tmp_path / "profile", town))
        assert laptop.context is not None
        laptop.context.close()


def _give(page: Page, item: str, fields: dict[str, list[str]], rng: random.Random) -> None:
    """Give an answer, or something wrong first, as people change their minds."""
    texts = {name: values for name, values in fields.items() if name in ("number", "text")}
    for name in texts:
        page.locator(f'[name="item-{item}-{name}"]').first.fill(str(rng.randint(1, 999)))
    answers.give(page, item, fields)


@pytest.mark.parametrize("first", range(0, CUTS, ROUND))
def test_cuts_reloads_and_kills_lose_and_double_nothing(
    town: Town, machine: Machine, first: int
) -> None:
    rng = random.Random(SEED + first)
    key = f"cuts-{first}"
    with town.hub.inside():
        learner = world.newcomer(town.cast, key)
        attempt = world.started(world.enrolment_of(learner), learner)
    path = f"/attempts/{attempt}/"
    sign_in(machine.page, key, path)
    right = answers.right_answers(town.hub, attempt)
    last: dict[str, dict[str, list[str]]] = {}
    happened: dict[str, int] = {}
    for _cut in range(min(ROUND, CUTS - first)):
        what = rng.choices(KINDS, [4, 4, 3, 2, 2])[0]
        happened[what] = happened.get(what, 0) + 1
        item = rng.choice(list(right))
        page = machine.page
        offline = page.context.set_offline
        if what in ("cut", "reload offline", "kill"):
            offline(rng.random() < 0.7)
        _give(page, item, right[item], rng)
        last[item] = _asked(page, item, right[item])
        if what == "cut in flight":
            offline(True)
        page.wait_for_timeout(rng.randint(0, 250))
        if what == "kill":
            page.wait_for_timeout(WRITTEN)
            machine.kill()
            _open(machine.start(), key, path)
        elif what.startswith("reload"):
            offline(False)
            page.goto(path)
        offline = machine.page.context.set_offline
        offline(False)
    page = machine.page
    page.goto(path)
    answers.saved(page)
    print(happened)
    given = {item: _as_stored(town, attempt, item, fields) for item, fields in last.items()}
    assert answers.counted(town.hub, attempt) == given
    assert _doubled(town, attempt) == []


def _open(page: Page, key: str, path: str) -> None:
    """Open the paper in a browser that starts again; most browsers have ended the session."""
    page.goto(path)
    if "/sign-in" in page.url:
        sign_in(page, key, path)


def _asked(page: Page, item: str, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what of an answer the page asks for: a number without a unit has no field for one."""
    return {
        field: values
        for field, values in fields.items()
        if page.locator(f'[name="item-{item}-{field}"]').count()
    }


def _as_stored(town: Town, attempt: str, item: str, fields: dict[str, list[str]]) -> Any:
    with town.hub.inside(), transaction(write=False):
        kind = {one.id: one.kind for one in queries.items_of(attempt)}[item]
        return queries.kinds()[kind].read(fields)


def _doubled(town: Town, attempt: str) -> list[Any]:
    """Return what stands there twice under one name and number of a tab."""
    with town.hub.inside(), transaction(write=False):
        twice = (
            select(Response.client, Response.sequence)
            .where(Response.attempt_id == attempt)
            .group_by(Response.client, Response.sequence)
            .having(func.count() > 1)
        )
        return [tuple(row) for row in db.session.execute(twice)]
