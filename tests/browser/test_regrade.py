"""A corrected key that flips a certified person goes the whole way, by pages alone."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from certificates.models import Certificate
from lms.assessment.models import Attempt
from lms.db import db, transaction
from tests.browser import steps
from tests.browser.conftest import Open
from tests.browser.hub import Hub, new_config, running
from tests.browser.journeys.visitor import Visitor, Words
from tests.conftest import Template, drop_database, make_database
from tests.factories import PASSWORD
from tests.regrade.conftest import another_option, correct, critical_question
from tests.tools import queues

WHY = "The key named the wrong option: the water was never weighed."
Come = Callable[[str], Visitor]


@pytest.fixture
def hub(tmp_path: Path, walked_template: Template) -> Iterator[Hub]:
    """A hub in which one learner holds a valid certificate."""
    url = make_database("regraded", tmp_path, walked_template.url)
    for name in ("store", "keys"):
        if (walked_template.folder / name).exists():
            shutil.copytree(walked_template.folder / name, tmp_path / name)
    made = Hub(new_config(tmp_path, url, queues.REGRADED))
    try:
        with running(made):
            yield made
    finally:
        drop_database(url)


@pytest.fixture
def come(hub: Hub, open_browser: Open) -> Come:
    """Let somebody of the walk sign in at a browser of their own."""

    def sit_down(login: str) -> Visitor:
        visitor = Visitor(open_browser(base_url=hub.url).new_page(), Words("en"))
        visitor.page.goto("/sign-in")
        visitor.fill("E-mail address or staff number", f"{login}@walk")
        visitor.fill("Password", PASSWORD)
        visitor.press("Sign in")
        visitor.heading("What now?")
        return visitor

    return sit_down


def test_a_corrected_key_that_flips_a_certified_person_goes_the_whole_way(
    hub: Hub, come: Come
) -> None:
    number = _correct_a_key(hub)
    assert _verdict(hub, number) == "valid"
    owner = come("owner")
    _propose(owner)
    assert _verdict(hub, number) == "valid"
    reviewer = come("reviewer")
    _carry_out(reviewer, number)
    assert _verdict(hub, number) == "suspended"
    learner = come("learner")
    learner.sees("Your certificate is suspended")
    _read_the_corrected_result(learner, hub)
    _propose_revocation(owner, number)
    coordinator = come("coordinator")
    _agree(coordinator, number)
    assert _verdict(hub, number) == "revoked"


def _correct_a_key(hub: Hub) -> str:
    """Correct the key of a critical question as its signed act does; return the certificate."""
    with hub.inside():
        with transaction(write=False):
            attempt_id = db.session.scalars(select(Attempt.id)).one()
            number = db.session.scalars(select(Certificate.number)).one()
        question_id = critical_question(attempt_id)
        correct(question_id, correct=[another_option(question_id)])
    return number


def _verdict(hub: Hub, number: str) -> str:
    return steps.as_json(f"{hub.url}/verify/{number}")["verdict"]


def _propose(owner: Visitor) -> None:
    owner.follow("See what it would change")
    owner.main.get_by_role("link", name="1 answer").click()
    owner.field("Score anew by the corrected key, up or down").check()
    owner.fill("Why, for everybody whose result it touches", WHY)
    owner.sign("Sign and see the dry run")
    owner.sees("The run is proposed. Nothing has changed yet: a second person carries it out.")
    owner.sees("You proposed this run. It waits for a second person.")


def _carry_out(reviewer: Visitor, number: str) -> None:
    reviewer.sees("Waits for you")
    reviewer.follow("Look at the regrades")
    reviewer.main.locator("tbody a").first.click()
    reviewer.reads(WHY)
    reviewer.sees("Certificate %(number)s is suspended until two people decide.", number=number)
    reviewer.field("Carry it out now").check()
    reviewer.sign()
    reviewer.sees("The run is carried out.")


def _read_the_corrected_result(learner: Visitor, hub: Hub) -> None:
    with hub.inside(), transaction(write=False):
        attempt_id = db.session.scalars(select(Attempt.id)).one()
    learner.page.goto(f"/attempts/{attempt_id}/")
    learner.sees("Not passed yet")
    learner.reads(WHY)


def _propose_revocation(owner: Visitor, number: str) -> None:
    owner.page.goto("/")
    owner.follow("Decide")
    owner.main.get_by_role("link", name=number).click()
    owner.field("Propose to revoke it for good").check()
    owner.fill("Why", "The corrected result is not a pass.")
    owner.sign()
    owner.sees("You proposed this. It waits for a second person.")


def _agree(coordinator: Visitor, number: str) -> None:
    coordinator.follow("Decide")
    coordinator.main.get_by_role("link", name=number).click()
    coordinator.field("I agree: revoke it for good").check()
    coordinator.fill("Why", "Agreed.")
    coordinator.sign()
    coordinator.sees("It is signed and on record.")
    coordinator.sees("Revoked")
