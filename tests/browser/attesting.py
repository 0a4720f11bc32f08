"""Attested evidence in the town: a learner of the aseptic programme, what is shown and waits."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from lms.actor import SYSTEM, Actor
from lms.attestation import actions, queries, rules
from lms.attestation.models import Attestation
from lms.columns import new_id
from lms.curriculum.register import newest_definition
from lms.db import db, transaction
from lms.learning.actions import enrol
from lms.learning.models import Enrolment
from lms.people.models import Organisation, Person
from tests import walk
from tests.attestation import acts
from tests.browser import world
from tests.factories import actor_for

PROGRAMME = "C05"


def add(cast: world.Cast) -> None:
    """Let a learner show plates that failed, a media fill that waits, a defence to be seconded."""
    with transaction():
        place = db.session.get_one(Organisation, cast.places["addis"])
        id = world._person("attested", "learner", "Attested Newcomer", None, place).id
        enrolment = enrol(
            person=db.session.get_one(Person, id),
            version=walk.current_version(),
            programme_code=PROGRAMME,
            sending=place,
            delivering=db.session.get_one(Organisation, cast.places["songdo"]),
            by=SYSTEM,
        ).id
    first, second = (actor_for(world.person_id(key)) for key in ("instructor", "assessor"))
    acts.second(_attest(enrolment, "GP", acts.plates(chest=26), first), second)
    waiting = {key: acts.fill()[key] for key in ("done_on", "batch", "part", "units")}
    _attest(enrolment, "APS", waiting, second)
    _attest(enrolment, "OD", acts.defence(), second)


def _attest(enrolment: str, kind: str, facts: dict[str, Any], by: Actor) -> str:
    with transaction():
        return actions.attest(
            once=new_id(),
            enrolment_id=enrolment,
            key=_key(kind),
            said=actions.Said(facts, independent=True),
            checked=walk.checked(by),
            by=by,
        ).id


def _key(kind: str) -> str:
    """Return the key of the programme's first clause of a kind."""
    definition = newest_definition("programme", PROGRAMME)
    assert definition is not None
    clause = next(one for one in queries.clauses(definition) if one["kind"] == kind)
    return rules.key_of(clause, PROGRAMME)


def _piece(kind: str, page: str = "") -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside(), transaction(write=False):
            row = db.session.scalars(select(Attestation.id).where(Attestation.kind == kind)).first()
        browser.goto(f"/evidence/records/{row}/{page}")

    return go


def _form(kind: str) -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside():
            person = world.person_id("attested")
            with transaction(write=False):
                wanted = select(Enrolment.id).where(Enrolment.person_id == person)
                enrolment, key = db.session.scalars(wanted).one(), _key(kind)
        browser.goto(f"/evidence/learners/{enrolment}/{key}/")

    return go


def _refused(browser: Page, town: Any) -> None:
    _form("IK")(browser, town)
    browser.locator("main form button").last.click()
    browser.wait_for_selector(".errors")


def _own(browser: Page, town: Any) -> None:
    with town.hub.inside(), transaction(write=False):
        key = _key("GP")
    browser.goto(f"/evidence/clauses/{key}/")


STATES = (
    ("evidence", "instructor", "/evidence/desk/"),
    ("evidence, nobody of this name", "instructor", "/evidence/desk/?q=nobody"),
    ("evidence, nothing", "stranger", "/evidence/desk/"),
    ("evidence, plates", "instructor", _form("GP")),
    ("evidence, defence", "instructor", _form("OD")),
    ("evidence, refused", "instructor", _refused),
    ("evidence, one piece", "instructor", _piece("GP")),
    ("evidence, the laboratory's result", "instructor", _piece("APS", "change")),
    ("evidence, second signature", "instructor", _piece("OD", "second")),
    ("evidence, withdrawing", "instructor", _piece("GP", "withdraw")),
    ("own evidence", "attested", "/evidence/"),
    ("own evidence, a clause", "attested", _own),
    ("own evidence, one piece", "attested", _piece("APS")),
    ("own evidence, none", "coordinator", "/evidence/"),
)
