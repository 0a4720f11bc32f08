"""Exams in the town: a sitting with candidates in every state, one that is signed, own pages."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from lms.actor import SYSTEM, Actor
from lms.assessment.models import Attempt
from lms.columns import digest, new_id
from lms.db import db, transaction
from lms.examination import actions, queries, reporting
from lms.examination.models import Seat, Sitting
from lms.learning.actions import enrol
from lms.people.models import Organisation, Person
from tests import walk
from tests.browser import pens, world
from tests.examination import acts
from tests.factories import actor_for

PROGRAMME = "X02"
CANDIDATES = {
    "examined": "Examined Newcomer",
    "writing": "Somebody With An Uncommonly Long Name Who Is Still Writing",
    "unlike": "Unlike Newcomer",
    "unseen": "Unseen Newcomer",
    "pen": "Somebody With A Pen",
    "entered": "Entered Newcomer",
}


def add(cast: world.Cast) -> None:
    """Let one be examined, one write, one not look like the photo, one not be seen yet."""
    with transaction():
        acts.store_programme()
        place = db.session.get_one(Organisation, cast.places["songdo"])
        for key, name in CANDIDATES.items():
            id = world._person(key, "learner", name, None, place).id
            enrol(
                person=db.session.get_one(Person, id),
                version=walk.current_version(),
                programme_code=PROGRAMME,
                sending=place,
                delivering=place,
                by=SYSTEM,
            )
    by = actor_for(world.person_id("instructor"))
    signed = _open(cast, by, "Room 1")
    attempt = _begin(signed, "examined", by)
    acts.answer(attempt, actor_for(world.person_id("examined")))
    _note(signed, by)
    with transaction():
        read = digest(reporting.statement(queries.sitting(signed, by)))
        actions.sign_sitting(sitting_id=signed, read=read, checked=walk.checked(by), by=by)
    walk.grade(attempt, by)
    walk.release(attempt, by)
    here = _open(cast, by, "Room 2")
    _begin(here, "writing", by)
    _look(here, "unlike", by, agrees=False)
    _note(here, by)
    pens.add(here, by)


def _open(cast: world.Cast, by: Actor, room: str) -> str:
    with transaction():
        return actions.open_sitting(
            once=new_id(), programme=PROGRAMME, place_id=cast.places["songdo"], room=room, by=by
        ).id


def _look(sitting: str, key: str, by: Actor, *, agrees: bool = True) -> None:
    with transaction():
        actions.check_identity(
            sitting_id=sitting, person_id=world.person_id(key), document="passport",
            agrees=agrees, note="" if agrees else "Another face", read_number=0, by=by,
        )  # fmt: skip


def _begin(sitting: str, key: str, by: Actor) -> str:
    _look(sitting, key, by)
    learner = actor_for(world.person_id(key))
    with transaction():
        code = queries.sitting(sitting, by).row.code
        return actions.enter_exam(
            code=code, locale="en", checked=walk.checked(learner), by=learner
        ).id


def _note(sitting: str, by: Actor) -> None:
    with transaction():
        actions.note_incident(
            once=new_id(), sitting_id=sitting, person_id="", text="No power for a minute", by=by
        )


def _sitting(room: str, page: str = "") -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside(), transaction(write=False):
            row = db.session.scalars(select(Sitting.id).where(Sitting.room == room)).one()
        browser.goto(f"/exams/sittings/{row}/{page}")

    return go


def _identity(browser: Page, town: Any) -> None:
    with town.hub.inside():
        person = world.person_id("unlike")
    _sitting("Room 2", f"identity/{person}")(browser, town)


def _refused(browser: Page, town: Any) -> None:
    _identity(browser, town)
    browser.locator("main form button").last.click()
    browser.wait_for_selector(".errors")


def _paper(key: str) -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside():
            person = world.person_id(key)
            with transaction(write=False):
                statement = select(Attempt.id).join(Seat, Seat.attempt_id == Attempt.id)
                row = db.session.scalars(statement.where(Seat.person_id == person)).one()
        browser.goto(f"/attempts/{row}/")

    return go


STATES = (
    *pens.STATES,
    ("sittings", "instructor", "/exams/sittings/"),
    ("sittings, none", "stranger", "/exams/sittings/"),
    ("sitting, opening", "instructor", "/exams/sittings/open"),
    ("sitting, open", "instructor", _sitting("Room 2")),
    ("sitting, nobody of this name", "instructor", _sitting("Room 2", "?q=nobody")),
    ("sitting, signed", "instructor", _sitting("Room 1")),
    ("sitting, signing", "instructor", _sitting("Room 2", "sign")),
    ("sitting, identity", "instructor", _identity),
    ("sitting, identity refused", "instructor", _refused),
    ("own exams", "examined", "/exams/"),
    ("own exams, begin", "writing", "/exams/"),
    ("own exams, none", "coordinator", "/exams/"),
    ("exam, paper", "writing", _paper("writing")),
    ("exam, result", "examined", _paper("examined")),
)
