"""The pages of those who decide on regrades and on certificates, in each state."""

from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import select

from certificates.models import Certificate
from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from lms.regrade.models import RegradeRun
from tests.browser import world
from tests.browser.conftest import Town

Steps = Callable[[Page, Town], None]


def _propose(page: Page, town: Town) -> None:
    with town.hub.inside(), transaction(write=False):
        id = db.session.scalars(
            select(ModuleVersion.id).where(ModuleVersion.code == "FND103")
        ).one()
    page.goto(f"/regrade/versions/{id}")


def _run(page: Page, town: Town) -> None:
    with town.hub.inside(), transaction(write=False):
        id = db.session.scalars(select(RegradeRun.id)).one()
    page.goto(f"/regrade/runs/{id}")


def _refused(get: Steps) -> Steps:
    def go(page: Page, town: Town) -> None:
        get(page, town)
        page.locator("main form .button").last.click()
        page.wait_for_selector(".errors")

    return go


def _standing(page: Page, town: Town) -> None:
    with town.hub.inside():
        person = world.person_id("long")
        with transaction(write=False):
            number = db.session.scalars(
                select(Certificate.number).where(Certificate.person_id == person)
            ).one()
    page.goto(f"/certificates/{number}/standing")


STATES: tuple[tuple[str, str, str | Steps], ...] = (
    ("regrades", "reviewer", "/regrade/"),
    ("regrade, proposing", "owner", _propose),
    ("regrade, not signed", "owner", _refused(_propose)),
    ("regrade to decide", "reviewer", _run),
    ("regrade, not decided", "reviewer", _refused(_run)),
    ("suspended, none", "owner", "/certificates/suspended/"),
    ("standing of a certificate", "owner", _standing),
    ("standing, not signed", "coordinator", _refused(_standing)),
)
