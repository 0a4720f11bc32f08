"""One true walk: from signing in to a certificate that a stranger verifies, on a running hub."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from lms import clock
from lms.actor import Actor
from tests.browser import pages, steps, world
from tests.browser.conftest import Town
from tests.factories import actor_for

Visit = Callable[..., Page]
ACTS = (
    "person.signed-in",
    "lesson.read",
    "attempt.started",
    "response.saved",
    "attempt.submitted",
    "result.released",
)


@pytest.fixture
def trainees(new_town: Town) -> tuple[str, str]:
    """Two learners from two countries, enrolled and nothing more."""
    keys = ("abebe", "nour")
    with new_town.hub.inside():
        for key in keys:
            learner: Actor = actor_for(new_town.cast.people[key])
            world.enrolled(new_town.cast, learner, lessons=0, place=world.LEARNERS[key][2])
    return keys


def test_walk_from_first_lesson_to_verified_certificate(
    new_town: Town, trainees: tuple[str, str], visit: Visit, tmp_path: Path
) -> None:
    first, second = trainees
    stranger = visit(new_town, "/verify/")
    instructor = visit(new_town, "/", "instructor")
    number = _learn(new_town, visit, first, instructor, stranger, tmp_path, "practice")
    assert steps.as_json(f"{new_town.url}/verify/{number}")["competencies"] == []
    _adopt(new_town, visit)
    number = _learn(new_town, visit, second, instructor, stranger, tmp_path, "valid")
    expect(stranger.get_by_text("no digital seal yet")).to_be_visible()
    told = steps.as_json(f"{new_town.url}/verify/{number}")
    assert told["holder"]["name"] == world.LEARNERS[second][1]
    assert any("no digital seal yet" in note for note in told["notes"])
    _read_the_trail(new_town, visit)
    _verify_records(new_town)


def _learn(
    town: Town, visit: Visit, key: str, instructor: Page, stranger: Page, place: Path, word: str
) -> str:
    """Let one trainee go all the way; the stranger is left on the certificate's verdict."""
    page = visit(town, "/", key)
    steps.read_a_lesson_and_go_on(page)
    attempt = steps.start_assessment(page, town.hub, key)
    steps.answer_everything(page, town.hub, attempt)
    steps.hand_in(page)
    steps.mark_the_essay(instructor)
    with town.hub.without_worker():
        steps.release_the_result(instructor)
        number = steps.see_certificate_being_made(page)
        steps.type_number(stranger, number)
        steps.verdict(stranger, "unknown")
        expect(stranger.get_by_text("is being prepared")).to_be_visible()
    pdf = steps.download_certificate(page, place)
    steps.type_number(stranger, number.lower().replace("-", " "))
    steps.verdict(stranger, word)
    scanned = steps.qr_code(pdf)
    assert scanned == f"{town.url}/verify/{number}"
    stranger.goto(scanned)
    steps.verdict(stranger, word)
    assert steps.as_json(scanned)["verdict"] == word
    return number


def _adopt(town: Town, visit: Visit) -> None:
    """Let reviewers and owner sign the content into effect, each in a browser of their own."""
    reviewer, second, owner = (visit(town, "/", key) for key in ("reviewer", "second", "owner"))
    steps.sign(reviewer, "Checked")
    steps.sign(reviewer, "Reviewed")
    steps.sign(second, "Reviewed")
    steps.sign(owner, "Approved")
    steps.sign(owner, "Effective", on=clock.today().isoformat())


def _read_the_trail(town: Town, visit: Visit) -> None:
    page = visit(town, "/records/", "administrator")
    for kind in ACTS:
        page.get_by_label("Kind begins with").fill(kind)
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_role("cell", name=kind).first).to_be_visible()


def _verify_records(town: Town) -> None:
    """Rebuild the tree once everything has its place; then change a row behind its back."""
    for _ in range(60):
        report = town.hub.command("records", "verify")
        if " 0 events wait" in report.stdout:
            break
        time.sleep(0.5)
    assert report.returncode == 0, report.stdout + report.stderr
    assert " 0 do not fit; 0 events wait" in report.stdout
    row = _turn_a_result(town.hub.config.database_url)
    report = town.hub.command("records", "verify")
    assert report.returncode == 1
    assert f"result {row}" in report.stdout


def _turn_a_result(database_url: str) -> str:
    """Change a row as somebody with the database's password would; returns its id."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        row = connection.execute(text("SELECT id FROM result")).scalars().first()
        connection.execute(
            text("UPDATE result SET passed = NOT passed WHERE id = :id"), {"id": row}
        )
    engine.dispose()
    return str(row)


def test_instructor_of_another_organisation_finds_nothing(town: Town, visit: Visit) -> None:
    page = visit(town, "/grading/", "stranger")
    expect(page.get_by_role("heading", name="Nothing to mark")).to_be_visible()
    expect(page.get_by_role("heading", name="Nothing to release")).to_be_visible()
    answer = page.goto(f"/grading/answers/{pages.essay(town)}/")
    assert answer is not None
    assert answer.status == 404


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("ST-2222-2222-2222-2", "incomplete or mistyped"),
        ("hello", "incomplete or mistyped"),
        ("", "Certificate number"),
    ],
)
def test_numbers_that_are_none_get_an_answer(
    town: Town, visit: Visit, number: str, why: str
) -> None:
    page = visit(town, "/verify/")
    steps.type_number(page, number)
    expect(page.get_by_text(why).first).to_be_visible()
    if number:
        steps.verdict(page, "unknown")
        told = steps.as_json(f"{town.url}/verify/{number}")
        assert (told["verdict"], told["holder"]) == ("unknown", None)
