"""The pages of the figures of questions, in each state that a small town offers."""

from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import select

from lms.assessment.models import AttemptItem, Score
from lms.curriculum.models import ModuleVersion, Practical, Question
from lms.db import db, transaction
from lms.psychometrics.models import AngoffPanel
from lms.psychometrics.standards.actions import open_panel
from tests import walk
from tests.browser import world
from tests.browser.conftest import Town
from tests.factories import actor_for

Steps = Callable[[Page, Town], None]


def _version(more: str = "") -> Steps:
    def go(page: Page, town: Town) -> None:
        with town.hub.inside(), transaction(write=False):
            wanted = select(ModuleVersion.id).where(ModuleVersion.code == "FND103")
            id = db.session.scalars(wanted).one()
        page.goto(f"/statistics/versions/{id}{more}")

    return go


def _question(more: str = "") -> Steps:
    def go(page: Page, town: Town) -> None:
        with town.hub.inside(), transaction(write=False):
            answered = (
                select(Question.id)
                .join(AttemptItem, AttemptItem.question_id == Question.id)
                .join(Score, Score.item_id == AttemptItem.id)
                .where(Question.kind == "single")
                .order_by(Question.code)
            )
            id = db.session.scalars(answered).first()
        page.goto(f"/statistics/questions/{id}{more}")

    return go


def _refused(page: Page, town: Town) -> None:
    _question()(page, town)
    page.locator("main form .button").last.click()
    page.wait_for_selector(".errors")


def _panel(more: str = "") -> Steps:
    def go(page: Page, town: Town) -> None:
        with town.hub.inside():
            owner = actor_for(world.person_id("owner"))
            with transaction():
                id = (
                    db.session.scalars(select(AngoffPanel.id)).first()
                    or open_panel(
                        version=walk.current_version(),
                        purpose="Whom a site may let run a batch alone.",
                        checked=walk.checked(owner),
                        by=owner,
                    ).id
                )
        page.goto(f"/statistics/panels/{id}{more}")

    return go


def _practical(page: Page, town: Town) -> None:
    with town.hub.inside(), transaction(write=False):
        id = db.session.scalars(select(Practical.id).order_by(Practical.code)).first()
    page.goto(f"/statistics/practicals/{id}")


def _begin(page: Page, town: Town) -> None:
    _version()(page, town)
    page.locator("main a[href*='/panels/of/']").click()
    page.wait_for_selector("#purpose")


STATES: tuple[tuple[str, str, str | Steps], ...] = (
    ("statistics", "reviewer", "/statistics/"),
    ("statistics of a version", "owner", _version()),
    ("statistics of nobody", "owner", _version("?of=practice")),
    ("papers behind figures", "owner", _version("/rows")),
    ("statistics of a question", "reviewer", _question()),
    ("decision not signed", "reviewer", _refused),
    ("answers behind figures", "reviewer", _question("/rows")),
    ("cuts of practicals", "reviewer", "/statistics/practicals/"),
    ("cut of a practical", "reviewer", _practical),
    ("panels", "reviewer", "/statistics/panels/"),
    ("panel, opening", "owner", _begin),
    ("panel", "owner", _panel()),
    ("panel, judging", "reviewer", _panel("/sheet")),
)
