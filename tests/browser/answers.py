"""Right answers, read from the database as no learner can; giving them; what a page then says."""

from typing import Any

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import Response as Answer
from sqlalchemy import select

from lms.assessment.models import Attempt, Response
from lms.db import db, transaction
from tests import walk
from tests.browser import world
from tests.browser.hub import Hub

Fields = dict[str, list[str]]


def newest_attempt(hub: Hub, key: str) -> str:
    """Return the newest attempt of a person."""
    with hub.inside():
        person = world.person_id(key)
        with transaction(write=False):
            statement = select(Attempt.id).where(Attempt.person_id == person)
            return db.session.scalars(statement.order_by(Attempt.number.desc())).first() or ""


def right_answers(hub: Hub, attempt_id: str) -> dict[str, Fields]:
    """Return for each item of an attempt the form fields of a right answer."""
    with hub.inside(), transaction(write=False):
        return walk.right_fields(db.session.get_one(Attempt, attempt_id))


def counted(hub: Hub, attempt_id: str) -> dict[str, Any]:
    """Return what was given last for each item, of the responses that count."""
    with hub.inside(), transaction(write=False):
        rows = db.session.scalars(
            select(Response)
            .where(Response.attempt_id == attempt_id, Response.standing == "counts")
            .order_by(Response.number)
        )
        return {row.item_id: row.given for row in rows}


def give(page: Page, item: str, fields: Fields) -> None:
    """Answer an item as a person would, by mouse and keys, and leave it."""
    for folded in page.locator(f'[data-item="{item}"] details:not([open]) summary').all():
        folded.click()  # a list of places stands below the figure
    for field, values in fields.items():
        controls = page.locator(f'[name="item-{item}-{field}"]')
        if not controls.count() or controls.first.get_attribute("type") == "hidden":
            continue  # a unit that is not asked for
        _set(controls, values)


def _set(controls: Locator, values: list[str]) -> None:
    tag = controls.first.evaluate("one => one.tagName")
    if controls.first.get_attribute("type") in ("radio", "checkbox"):
        for value in values:
            controls.and_(controls.page.locator(f'[value="{value}"]')).check()
    elif tag == "SELECT":
        controls.select_option(values[0])
    else:
        controls.fill(values[0])
        controls.blur()


def shown(page: Page, item: str, fields: Fields) -> None:
    """Expect the page to show these answers of an item."""
    for field, values in fields.items():
        controls = page.locator(f'[name="item-{item}-{field}"]')
        if not controls.count():
            continue
        if controls.first.get_attribute("type") in ("radio", "checkbox"):
            chosen = controls.and_(page.locator(":checked"))
            assert sorted(one.input_value() for one in chosen.all()) == sorted(values)
        else:
            expect(controls).to_have_value(values[0])


def saved(page: Page) -> None:
    """Expect the page to say that everything is saved."""
    expect(page.locator("[data-save]")).to_have_attribute("data-state", "saved")


def give_and_see_saved(page: Page, item: str, fields: Fields) -> None:
    """Answer an item, wait until the server has the whole of it, see that the page says so."""

    asked = {f"item-{item}-{name}": sorted(filter(None, values)) for name, values in fields.items()}

    def whole(answer: Answer) -> bool:
        if not answer.url.endswith("/responses"):
            return False
        sent = answer.request.post_data_json
        if sent["item"] != item:
            return False  # the one before has several answers on their way
        given = {name: sorted(filter(None, values)) for name, values in sent["given"].items()}
        # What nobody fills in is sent empty: the point on a figure of who ticks places in a list.
        return given == {name: asked.get(name, []) for name in given}

    with page.expect_response(whole) as caught:
        give(page, item, fields)
    assert caught.value.status == 200, caught.value.text()
    saved(page)
