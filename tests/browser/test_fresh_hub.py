"""A hub of one's own, from an empty database to its first certificate: the README's first steps."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import socket

import pytest
from playwright.sync_api import expect

from config import Config
from lms import clock
from tests.browser import answers, steps
from tests.browser.conftest import Open
from tests.browser.hub import ROOT, Hub, running
from tests.browser.journeys import administrator, expert, instructor, trainee
from tests.browser.journeys.visitor import Visitor, Words
from tests.conftest import drop_database, make_database
from tests.factories import PASSWORD

pytestmark = pytest.mark.slow
HUB = Config().hub_name
BOSS = "boss@hub.example"
SCHOOL, SENDER = "Pilot Plant School", "Northern Vaccines"
LEARNER, PROGRAMME = "Nakato Newcomer", "B01"
# Who is needed, as the README says: sign-in name, role as its label, organisation.
STAFF = {
    "First Reader": ("r1@hub.example", "Reviewer", HUB),
    "Second Reader": ("r2@hub.example", "Reviewer", HUB),
    "Olive Owner": ("owner@hub.example", "Content owner", HUB),
    "Ines Instructor": ("ines@hub.example", "Instructor", SCHOOL),
    "Colin Coordinator": ("colin@hub.example", "Coordinator", SENDER),
}
Come = Callable[[], Visitor]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub that `make serve` has just prepared: one administrator, drafts, nothing else."""
    url = make_database("fresh", tmp_path)
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Config(
        data_dir=tmp_path,
        database_url=url,
        base_url=f"http://127.0.0.1:{port}",
        secret_key="only for the tests of a fresh hub",
        sweep_seconds=1.0,
    )
    made = Hub(settings)
    first = {
        "ADMIN_NAME": "Bettina Boss",
        "ADMIN_LOGIN": BOSS,
        "ADMIN_COUNTRY": "KE",
        "PERSON_PASSWORD": PASSWORD,
    }
    try:
        subprocess.run(
            [sys.executable, ROOT / "scripts" / "prepare"],
            env=made.environment() | first,
            check=True,
            cwd=ROOT,
        )
        with running(made):
            yield made
    finally:
        drop_database(url)


@pytest.fixture
def come(hub: Hub, open_browser: Open) -> Come:
    """Let somebody sit down at a browser of their own."""
    return lambda: Visitor(open_browser(base_url=hub.url).new_page(), Words("en"))


def test_fresh_hub_comes_to_its_first_certificate_by_pages_alone(
    hub: Hub, come: Come, tmp_path: Path
) -> None:
    boss = come()
    sign_in(boss, BOSS)
    boss.reads("A content owner, who reviews nothing")
    administrator.add_organisation(boss, HUB, SCHOOL, "KE")
    administrator.add_organisation(boss, HUB, SENDER, "UG")
    for name, (login, role, place) in STAFF.items():
        add_person(boss, name, login, role, place)
    staff = {name: come() for name in STAFF}
    for name, code in slips(boss, list(STAFF)).items():
        trainee.use_slip(staff[name], STAFF[name][0], code)
    adopt(staff, boss)
    colin, ines, learner = staff["Colin Coordinator"], staff["Ines Instructor"], come()
    add_person(colin, LEARNER, "NV-0042", "Learner", SENDER)
    trainee.use_slip(learner, "NV-0042", slips(colin, [LEARNER])[LEARNER])
    enrol(colin)
    study(learner, hub)
    mark(ines)
    number = trainee.fetch_certificate(learner, tmp_path)
    told = steps.as_json(f"{hub.url}/verify/{number}")
    assert (told["verdict"], told["holder"]["name"]) == ("valid", LEARNER)
    boss.page.goto("/")
    expect(boss.main.get_by_text("A content owner, who reviews nothing")).to_have_count(0)


def sign_in(me: Visitor, login: str) -> None:
    """Sign in with the password that everybody here has."""
    me.page.goto("/sign-in")
    me.fill("E-mail address or staff number", login)
    me.fill("Password", PASSWORD)
    me.press("Sign in")
    me.heading("What now?")


def add_person(me: Visitor, name: str, login: str, role: str, place: str) -> None:
    """Add somebody with a first role at an organisation."""
    me.menu("People")
    me.follow("Add a person")
    me.fill("Name, as on the passport", name)
    me.fill("Sign-in name", login)
    choice = me.field("Organisation")
    choice.select_option(label=choice.locator("option").filter(has_text=place).inner_text())
    me.field(role).check()
    me.press("Add the person")
    me.sees("%(name)s is added. Now make a slip, so that they can sign in.", name=name)


def slips(me: Visitor, names: list[str]) -> dict[str, str]:
    """Choose people in the list and make their slips; returns the code of each."""
    me.menu("People")
    for name in names:
        me.main.get_by_role("checkbox", name=f"Choose {name} for a slip").check()
    me.press("Make slips for those chosen")
    made = me.main.locator(".slip")
    expect(made).to_have_count(len(names))
    return {
        one.get_by_role("heading").inner_text(): one.locator(".slip-code").inner_text().strip()
        for one in made.all()
    }


def adopt(staff: dict[str, Visitor], boss: Visitor) -> None:
    """Let two reviewers and the owner take one module into service."""
    reader = staff["First Reader"]
    reader.menu("Content")
    reader.main.get_by_role("link", name="Bioprocess calculations").first.click()
    address = reader.page.url
    expert.sign(reader, address, "Checked: each value marked † stands so in the edition it names")
    for name in ("First Reader", "Second Reader"):
        reviewed = "Reviewed: I have read it whole, and it is sound"
        expert.sign(staff[name], address, reviewed)
    owner = staff["Olive Owner"]
    expert.sign(owner, address, "Approved: it may be taught")
    today = clock.today().isoformat()
    expert.sign(owner, address, "Effective: from the day below it certifies", on=today)


def enrol(me: Visitor) -> None:
    """Enrol the learner in the programme at the school."""
    me.menu("Enrolments")
    me.follow("Enrol people")
    me.fill("Name, e-mail or staff number", LEARNER)
    me.press("Show")
    me.field("Module or programme").select_option(PROGRAMME)
    place = me.field("Delivering organisation")
    place.select_option(label=place.locator("option").filter(has_text=SCHOOL).inner_text())
    me.main.get_by_role("checkbox", name=re.compile(LEARNER)).check()
    me.press("Enrol")
    me.reads("1 enrolment begun.")


def study(me: Visitor, hub: Hub) -> None:
    """Read the lessons, take the paper, hand it in."""
    me.page.goto("/")
    trainee.read_all_lessons(me)
    me.press("Start the assessment")
    expect(me.page.locator("form[data-attempt]")).to_be_visible()
    attempt = me.page.url.rstrip("/").rpartition("/")[2]
    for item, fields in answers.right_answers(hub, attempt).items():
        answers.give_and_see_saved(me.page, item, fields)
    trainee.hand_in(me)


def mark(me: Visitor) -> None:
    """Mark the essay, sign, release."""
    me.page.goto("/")
    instructor.mark_by_keys(me, 1)
    instructor.sign_all_marks(me, 1)
    instructor.release_all(me, 1)
