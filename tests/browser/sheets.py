"""Sheets of practicals in the town: one open, one that waits for a second signature, one for its
learner; and the steps to their pages."""

from playwright.sync_api import Page
from sqlalchemy import select

from lms.curriculum.models import Practical
from lms.db import db, transaction
from lms.people.models import Organisation
from lms.practicals.models import Sheet
from tests.browser import world
from tests.factories import actor_for
from tests.practicals import acts


def add(cast: world.Cast) -> None:
    """Let three newcomers be observed, by the instructor and by a second assessor."""
    with transaction():
        place = db.session.get_one(Organisation, cast.places["songdo"])
        world._person("assessor", "instructor", "Second Assessor", None, place)
    first = actor_for(cast.people["instructor"])
    second = actor_for(world.person_id("assessor"))
    _some_steps(world.enrolment_of(world.newcomer(cast, "tapping")), first)
    paired = acts.observe(world.enrolment_of(world.newcomer(cast, "paired")), second)
    acts.sign(paired, second, note="Worked calmly.")
    failed = {"stop": "Acid was open and the glasses were off."}
    signing = world.enrolment_of(world.newcomer(cast, "countersigning"))
    sheet = acts.observe(signing, first, help="None", **failed)
    for assessor in (first, second):
        acts.sign(sheet, assessor)


def _some_steps(enrolment: str, observer: object) -> None:
    sheet = acts.open_sheet(enrolment, observer)  # type: ignore[arg-type]
    values = acts.values_of(acts.practical_of(enrolment))
    steps = [name for name in values if name.startswith("step:")][:4]
    given = ("done", "self-corrected", "not-done", "not-observed")
    acts.note(sheet, observer, dict(zip(steps, given, strict=True)))  # type: ignore[arg-type]


def path(town: object, key: str, page: str = "") -> str:
    """Return the address of a learner's newest sheet, or of one of its pages."""
    with town.hub.inside():  # type: ignore[attr-defined]
        person = world.person_id(key)
        with transaction(write=False):
            statement = select(Sheet.id).where(Sheet.person_id == person)
            sheet = db.session.scalars(statement.order_by(Sheet.number.desc())).first()
    return f"/practicals/{sheet}/{page}"


def on_paper(page: Page, town: object) -> None:
    """Open a practical's checklist without anything noted on it."""
    with town.hub.inside(), transaction(write=False):  # type: ignore[attr-defined]
        practical = db.session.scalars(select(Practical.id)).first()
    page.goto(f"/practicals/blank/{practical}/")


def not_signed(page: Page, town: object) -> None:
    """Press Sign on a sheet with nothing filled in."""
    page.goto(path(town, "paired", "review"))
    page.locator("main form button").last.click()
    page.wait_for_selector(".errors")
