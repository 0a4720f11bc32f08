"""Each kind of question that the bundled papers do not hold, on a learner's paper: with scripts and
without, by mouse and by keys; saved, read back, handed in, scored, marked and explained."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.db import db, transaction
from lms.learning.models import Enrolment
from tests import walk
from tests.assessment.asking import ask
from tests.assessment.test_uploads import photograph
from tests.browser import answers, looking, world
from tests.browser.conftest import Town

Visit = Callable[..., Page]
EXAMPLE = Path(__file__).parents[2] / "docs/authoring/example-module"
KINDS = ("short", "cloze", "worksheet", "hotspot", "file")
# A figure that the module of these tests holds, in the place of the example's.
FIGURE = ("figures/filling.svg", "figures/haemocytometer.svg")


@dataclass(frozen=True)
class Paper:
    """A learner's open paper with one more question of each of these kinds: items by kind."""

    attempt: str
    items: dict[str, str]
    right: dict[str, answers.Fields]


def questions() -> dict[str, dict[str, Any]]:
    """Return the example module's question of each of these kinds."""
    files = [*EXAMPLE.glob("questions/*.toml"), *EXAMPLE.glob("essays/*.toml")]
    texts = (file.read_text(encoding="utf-8") for file in files)
    tables = [table for text in texts for table in tomllib.loads(text)["question"]]
    found = {table["kind"]: table for table in tables if table["kind"] in KINDS}
    found["hotspot"]["prompt"] = found["hotspot"]["prompt"].replace(*FIGURE)
    return found


def paper_of(town: Town, key: str) -> Paper:
    """Start a paper for somebody new, and put the questions on it."""
    with town.hub.inside():
        learner = world.newcomer(town.cast, key)
        with transaction():
            enrolment = db.session.get_one(Enrolment, world.enrolment_of(learner))
            version = walk.current_version()
            attempt = assessment.start_attempt(
                enrolment=enrolment, version=version, locale="en", by=learner
            ).id
        items = {
            kind: ask(attempt, table | {"id": f"{kind}-{key}", "lesson": "10-units"})
            for kind, table in questions().items()
        }
    return Paper(attempt, items, answers.right_answers(town.hub, attempt))


def give(page: Page, item: str, fields: answers.Fields) -> None:
    """Answer an item by its own controls; a list that is folded is opened first."""
    for folded in page.locator(f'[data-item="{item}"] details:not([open]) summary').all():
        folded.click()
    answers.give(page, item, fields)


@pytest.mark.parametrize("scripts", [True, False])
def test_file_is_sent_by_the_form_and_with_scripts_at_once(
    town: Town, visit: Visit, scripts: bool
) -> None:
    key = f"file-{'with' if scripts else 'without'}"
    paper = paper_of(town, key)
    page = visit(town, f"/attempts/{paper.attempt}/", key, java_script_enabled=scripts)
    item = page.locator(f'[data-item="{paper.items["file"]}"]')
    picture = {"name": "Amina.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    item.locator("input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    if not scripts:
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved on the server.").first).to_be_visible()
    expect(item.get_by_role("link", name="Open the file")).to_be_visible()
    expect(page.locator(".overview summary")).to_contain_text("1 of ")
    assert kept(town, paper)["file"]["file"]["type"] == "jpeg"
    item.get_by_label("Take the file away when I save").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(item.get_by_role("link", name="Open the file")).to_have_count(0)
    assert kept(town, paper)["file"] is None


def kept(town: Town, paper: Paper) -> dict[str, Any]:
    """Return what counts for each of the questions, by kind."""
    counted = answers.counted(town.hub, paper.attempt)
    return {kind: counted.get(item) for kind, item in paper.items.items()}


def read(town: Town, paper: Paper) -> dict[str, Any]:
    """Return what the right fields read as, by kind."""
    with town.hub.inside():
        return {
            kind: attempts.kinds()[kind].read(paper.right[item])
            for kind, item in paper.items.items()
            if item in paper.right
        }


@pytest.mark.parametrize("scripts", [True, False])
def test_each_kind_is_answered_by_its_controls_with_scripts_and_without(
    town: Town, visit: Visit, scripts: bool
) -> None:
    key = f"kinds-{'with' if scripts else 'without'}"
    paper = paper_of(town, key)
    page = visit(town, f"/attempts/{paper.attempt}/", key, java_script_enabled=scripts)
    for item in paper.right.keys() & paper.items.values():
        give(page, item, paper.right[item])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved on the server.").first).to_be_visible()
    assert kept(town, paper) == {"file": None} | read(town, paper)
    for item in paper.right.keys() & paper.items.values():
        answers.shown(page, item, paper.right[item])


def test_pointing_at_a_figure_gives_the_answer_of_the_fields_and_is_taken_back(
    town: Town, visit: Visit
) -> None:
    paper = paper_of(town, "pointing")
    page = visit(town, f"/attempts/{paper.attempt}/", "pointing")
    item = page.locator(f'[data-item="{paper.items["hotspot"]}"]')
    figure = item.locator(".figure-frame img")
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box
    figure.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    expect(item.locator("button.pin")).to_have_count(1)
    answers.saved(page)
    (point,) = kept(town, paper)["hotspot"]["points"]
    assert abs(float(point["x"]) - 25) < 0.5
    assert abs(float(point["y"]) - 50) < 0.5
    page.reload()
    expect(item.locator("button.pin")).to_have_count(1)
    item.locator("button.pin").press("Enter")
    expect(item.locator(".pin")).to_have_count(0)
    expect(item.locator("input").first).to_be_focused()
    page.wait_for_function("document.querySelector('[data-save]').dataset.state === 'saved'")
    item.locator("input").nth(0).fill("30")
    item.locator("input").nth(1).fill("60")
    item.locator("input").nth(1).blur()
    expect(item.locator("button.pin")).to_have_count(1)


def test_each_kind_is_explained_after_release_and_fits_every_screen(
    town: Town, visit: Visit
) -> None:
    paper = paper_of(town, "explained")
    page = visit(town, f"/attempts/{paper.attempt}/", "explained")
    found = {"paper": looking.faults(page, axe=looking.AXE.exists())}
    with town.hub.inside():
        learner, instructor = (
            walk.actor_for(world.person_id("explained")),
            walk.actor_for(town.cast.people["instructor"]),
        )
        given = paper.right | {
            paper.items["short"]: {"text": ["what the letter of the maker says"]},
            paper.items["hotspot"]: {"left-1": ["1"], "top-1": ["1"]},
        }
        with transaction():
            for item, fields in given.items():
                walk.save(paper.attempt, item, fields, learner)
            assessment.submit_attempt(attempt_id=paper.attempt, by=learner)
    marker = visit(town, f"/grading/answers/{paper.items['short']}/", "instructor")
    expect(marker.get_by_text("what the letter of the maker says")).to_be_visible()
    found["marking"] = looking.faults(marker, axe=looking.AXE.exists())
    with town.hub.inside():
        walk.grade(paper.attempt, instructor)
        walk.release(paper.attempt, instructor)
    page.goto(f"/attempts/{paper.attempt}/")
    expect(page.get_by_text("The answer: 3 of 4")).to_be_visible()
    expect(page.get_by_text("Right places marked: 0 of 1; wrong ones: 1.")).to_be_visible()
    expect(page.locator(".marked-figure .mark")).to_have_count(1)
    expect(page.locator(".marked-figure .right")).to_have_count(1)
    found["result"] = looking.faults(page, axe=looking.AXE.exists())
    assert not any(found.values()), looking.told(found)
