"""The pages of the figures of questions, in each state that a small town offers."""

from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import select

from lms.assessment.models import AttemptItem, Score
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db, transaction
from tests.browser.conftest import Town

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


STATES: tuple[tuple[str, str, str | Steps], ...] = (
    ("statistics", "reviewer", "/statistics/"),
    ("statistics of a version", "owner", _version()),
    ("statistics of nobody", "owner", _version("?of=practice")),
    ("papers behind figures", "owner", _version("/rows")),
    ("statistics of a question", "reviewer", _question()),
    ("decision not signed", "reviewer", _refused),
    ("answers behind figures", "reviewer", _question("/rows")),
)
