"""Exams on paper in the town: one sheet that is being written, one that two people entered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.assessment.timing.models import OnPaper
from lms.db import db, transaction
from lms.examination import actions as sittings
from lms.examination.models import Seat
from lms.examination.onpaper import actions, queries
from tests import walk
from tests.browser import world
from tests.examination import papers
from tests.factories import actor_for


def add(sitting: str, by: Actor) -> None:
    """Seat two candidates on paper; the sheet of one is entered by two who differ."""
    now = clock.now()
    clock.set_clock(lambda: now - timedelta(hours=1))
    attempts = {key: _seat(sitting, key, by) for key in ("pen", "entered")}
    clock.set_clock(None)
    attempt = attempts["entered"]
    with transaction():
        began = db.session.scalars(select(OnPaper.taken_at)).first()
        assert began is not None
        actions.note_times(
            attempt_id=attempt, began_at=began, ended_at=began + timedelta(minutes=20),
            read_number=0, by=by,
        )  # fmt: skip
    papers.enter(attempt, papers.right(attempt, but=[2, 5]), by)
    papers.enter(attempt, papers.right(attempt), actor_for(world.person_id("signer")))


def _seat(sitting: str, key: str, by: Actor) -> str:
    person = world.person_id(key)
    with transaction():
        sittings.check_identity(
            sitting_id=sitting, person_id=person, document="passport", agrees=True, note="",
            read_number=0, by=by,
        )  # fmt: skip
        return actions.seat_on_paper(
            sitting_id=sitting, person_id=person, reason="No power in the whole building",
            locale="en", checked=walk.checked(by), by=by,
        ).id  # fmt: skip


def _sheet(key: str, page: str = "") -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside():
            attempt = _attempt(key)
        browser.goto(f"/exams/papers/{attempt}/{page}")

    return go


def _attempt(key: str) -> str:
    person = world.person_id(key)
    with transaction(write=False):
        return db.session.scalars(select(Seat.attempt_id).where(Seat.person_id == person)).one()


def _settle(browser: Page, town: Any) -> None:
    with town.hub.inside():
        attempt = _attempt("entered")
        with transaction(write=False):
            found = queries.compared(attempt)
            assert found is not None
            item = found.agreed.open[0]
    browser.goto(f"/exams/papers/{attempt}/questions/{item}")


def _refused(browser: Page, town: Any) -> None:
    _sheet("pen")(browser, town)
    browser.locator("main form button").last.click()
    browser.wait_for_selector(".errors")


def _seating(browser: Page, town: Any) -> None:
    with town.hub.inside():
        person = world.person_id("writing")
        with transaction(write=False):
            statement = select(Seat.sitting_id).where(Seat.person_id == person)
            sitting = db.session.scalars(statement).one()
    browser.goto(f"/exams/sittings/{sitting}/paper/{person}")


STATES = (
    ("on paper, seating", "instructor", _seating),
    ("on paper, written", "instructor", _sheet("pen")),
    ("on paper, times refused", "instructor", _refused),
    ("on paper, print", "instructor", _sheet("pen", "print")),
    ("on paper, enter", "instructor", _sheet("pen", "enter")),
    ("on paper, entered", "instructor", _sheet("entered")),
    ("on paper, differing", "instructor", _settle),
    ("on paper, take over", "instructor", _sheet("entered", "take-over")),
)
