"""The next answer stands on the same page; a lost turn is said; how alike answers look."""

import re

import pytest
from playwright.sync_api import Page, expect

from lms import clock
from lms.actor import Actor
from lms.db import db, transaction
from lms.grading import queries
from lms.grading.markers.actions import release_turns
from lms.grading.turns.queries import turn_of
from lms.people.models import Organisation
from tests import walk
from tests.browser import looking, world
from tests.browser.conftest import Town
from tests.factories import actor_for, make_person
from tests.grading.asking_alike import answer_alike


def _wait(town: Town, *keys: str) -> None:
    with town.hub.inside():
        for key in keys:
            learner = world.newcomer(town.cast, key)
            walk.sit(world.enrolment_of(learner), learner)


def _instructor(town: Town) -> Actor:
    return actor_for(town.cast.people["instructor"])


def _begin(page: Page) -> str:
    page.get_by_role("button", name=re.compile("^Mark")).first.click()
    expect(page.locator("[data-keys]")).to_be_visible()
    return page.url.split("/")[5]


def _choose(page: Page) -> None:
    for _criterion in range(page.locator("fieldset.rubric").count()):
        page.keyboard.press("3")


def test_the_next_answer_stands_on_the_same_page_and_lies_before_the_marker(
    new_town, visit
) -> None:
    _wait(new_town, "ahead-one", "ahead-two", "ahead-three")
    page: Page = visit(new_town, "/grading/", "instructor")
    with page.expect_response(re.compile(r"/answers/\w+/\?before=")):
        first = _begin(page)
    page.wait_for_load_state("networkidle")
    with new_town.hub.inside():
        by = _instructor(new_town)
        with transaction(write=False):
            ids = [one.item.id for one in queries.queue(by)]
            assert [id for id in ids if turn_of(id)] == [first]  # looking ahead lays nothing
    page.evaluate("window.kept = 'the same page'")
    page.keyboard.press("c")
    page.keyboard.type("Say which balance.")
    page.keyboard.press("Escape")
    _choose(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"before={first}$"))
    second = page.url.split("/")[5]
    assert page.evaluate("window.kept") == "the same page"
    expect(page.locator("[data-left]")).to_have_text("2 answers wait")
    expect(page.locator("fieldset.rubric :checked")).to_have_count(0)
    with new_town.hub.inside(), transaction(write=False):
        turn = turn_of(second)
        assert turn is not None
        assert turn.marker_id == by.id
    page.keyboard.press("c")
    page.keyboard.type("say")
    expect(page.locator(".offer")).to_contain_text("Say which balance.")
    page.keyboard.press("Escape")
    page.keyboard.press("u")  # the mark before, which is the first one's
    expect(page).to_have_url(re.compile(f"/answers/{first}/"))
    expect(page.get_by_text("Your mark is taken back.")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(f"/answers/{second}/"))


def test_what_is_refused_stays_on_the_page_and_the_keys_go_on(new_town, visit) -> None:
    _wait(new_town, "refused-one", "refused-two")
    page: Page = visit(new_town, "/grading/", "instructor")
    _begin(page)
    page.keyboard.press("c")
    page.keyboard.type("Kept words")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".errors")).to_be_visible()
    expect(page.get_by_label("Comment for the learner")).to_have_value("Kept words")
    _choose(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("before="))


def test_who_lost_an_answer_is_told_at_the_first_key_and_keeps_what_is_typed(
    new_town, visit
) -> None:
    _wait(new_town, "lost-one", "lost-two")
    page: Page = visit(new_town, "/grading/", "instructor")
    page.clock.install()
    item = _begin(page)
    with new_town.hub.inside():
        by = _instructor(new_town)
        with transaction():
            place = db.session.get_one(Organisation, new_town.cast.hub().delivering)
            lead = make_person(place, "coordinator", name="Lead").id
        who = actor_for(lead)
        with transaction():
            question = queries.answer(item, by).question.id
            release_turns(marker_id=by.id, question_id=question, reason="Ill.", by=who)
    page.clock.fast_forward("04:00")
    page.keyboard.press("c")
    page.keyboard.type("My words")
    expect(page.locator("[data-lost]")).to_be_visible()
    expect(page.get_by_label("Comment for the learner")).to_have_value("My words")


def test_work_on_the_page_keeps_the_answer_and_is_sent_seldom(new_town, visit) -> None:
    _wait(new_town, "kept-one", "kept-two")
    page: Page = visit(new_town, "/grading/", "instructor")
    page.clock.install()
    item = _begin(page)
    sent: list[int] = []
    page.on("response", lambda one: sent.append(one.status) if "/keep" in one.url else None)
    page.keyboard.press("c")
    page.keyboard.type("Some words")
    assert not sent
    page.clock.fast_forward("04:00")
    with page.expect_response(re.compile("/keep$")):
        page.keyboard.type(" and more of them")
    assert sent == [204]
    with new_town.hub.inside(), transaction(write=False):
        turn = turn_of(item)
        assert turn is not None
        assert (turn.until - clock.now()).total_seconds() > 19 * 60


@pytest.mark.looks
def test_alike_answers_fit_each_screen_thumb_and_reader(new_town, visit) -> None:
    with new_town.hub.inside():
        items = answer_alike(new_town.cast.hub(), "the drum", "The drum", "the  DRUM")
    page: Page = visit(new_town, "/", "instructor")
    for tag, views in looking.HALVES.items():
        looking.speak(page, tag)
        page.goto(f"/grading/answers/{next(iter(items.values()))}/")
        expect(page.locator("[name=together]")).to_be_checked()
        assert not looking.faults(page, axe=looking.AXE.exists(), views=views)
