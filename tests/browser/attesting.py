"""Attested evidence in the town: a learner of the aseptic programme, what is shown and waits."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.attestation import actions, queries, rules
from lms.attestation.log import actions as log
from lms.attestation.models import Attestation, LogEntry, Panel, PanelValues
from lms.attestation.panel import actions as panels
from lms.columns import new_id
from lms.curriculum.queries import newest_version
from lms.curriculum.register import newest_definition
from lms.db import db, transaction
from lms.learning.actions import enrol
from lms.learning.models import Enrolment
from lms.people.models import Organisation, Person
from tests import walk
from tests.attestation import acts
from tests.browser import world
from tests.factories import actor_for

PROGRAMME, ASSAY = "C05", "C06"
_WAYS = {"WL": "log/", "BP": "panels/"}


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
    _log_and_panel(enrolment, first)


def _log_and_panel(enrolment: str, supervisor: Actor) -> None:
    """Let the learner log work that goes back and work that waits; make a panel to be scored."""
    learner = actor_for(world.person_id("attested"))
    for ago, text in ((3, "Filled vials " + "Ĺong" * 20), (1, "Gowned for grade A/B")):
        with transaction():
            work = log.Work(
                clock.today() - timedelta(days=ago), "FFP-03", Decimal("1.5"), "Batch 26-118",
                text, "Shift Lead",
            )  # fmt: skip
            entry = log.write_entry(once=new_id(), key=_key("WL"), work=work, by=learner).id
        if ago > 1:
            with transaction():
                log.answer_entry(
                    entry_id=entry, accepts=False, reason="Which batch?",
                    checked=walk.checked(supervisor), by=supervisor,
                )  # fmt: skip
    for handed in (True, False):
        with transaction():
            panel = panels.make_panel(
                once=new_id(), enrolment_id=_assay(enrolment), key=_key("BP", ASSAY),
                title="Endotoxin panel", sort="number", unit="EU/mL",
                samples="E-1; 0.5; 50 %\nE-2; 5; 50 %\nE-3; 1.2; 50 %",
                checked=walk.checked(supervisor), by=supervisor,
            ).id  # fmt: skip
        if handed:
            with transaction():
                given = {"E-1": "0.4", "E-2": "50", "E-3": "1.3"}
                panels.hand_in(panel_id=panel, given=given, by=learner)


def _assay(enrolment: str) -> str:
    """Return the enrolment of the same learner in the programme that asks for panels."""
    one = db.session.get_one(Enrolment, enrolment)
    found = select(Enrolment.id).where(
        Enrolment.person_id == one.person_id, Enrolment.programme_code == ASSAY
    )
    if id := db.session.scalars(found).first():
        return id
    return enrol(
        person=db.session.get_one(Person, one.person_id),
        version=newest_version("FND104"),
        programme_code=ASSAY,
        sending=db.session.get_one(Organisation, one.sending_id),
        delivering=db.session.get_one(Organisation, one.delivering_id),
        by=SYSTEM,
    ).id


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


def _key(kind: str, programme: str = PROGRAMME) -> str:
    """Return the key of a programme's first clause of a kind."""
    definition = newest_definition("programme", programme)
    assert definition is not None
    clause = next(one for one in queries.clauses(definition) if one["kind"] == kind)
    return rules.key_of(clause, programme)


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
                programme = ASSAY if kind == "BP" else PROGRAMME
                wanted = select(Enrolment.id).where(
                    Enrolment.person_id == person, Enrolment.programme_code == programme
                )
                enrolment, key = db.session.scalars(wanted).one(), _key(kind, programme)
        browser.goto(f"/evidence/{_WAYS.get(kind, '')}learners/{enrolment}/{key}/")

    return go


def _panel(handed: bool, page: str = "") -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside(), transaction(write=False):
            given = select(PanelValues.panel_id)
            is_in = Panel.id.in_(given) if handed else Panel.id.not_in(given)
            row = db.session.scalars(select(Panel.id).where(is_in)).first()
        browser.goto(f"/evidence/panels/{row}/{page}")

    return go


def _entry(page: str) -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside(), transaction(write=False):
            newest = select(LogEntry.id).order_by(LogEntry.done_on.desc())
            row = db.session.scalars(newest).first()
        browser.goto(f"/evidence/log/entries/{row}/{page}")

    return go


def _log(page: str) -> Callable[[Page, Any], None]:
    def go(browser: Page, town: Any) -> None:
        with town.hub.inside(), transaction(write=False):
            key = _key("WL")
        browser.goto(f"/evidence/log/{key}/{page}")

    return go


def _entry_refused(browser: Page, town: Any) -> None:
    _log("add")(browser, town)
    browser.locator("main form button").last.click()
    browser.wait_for_selector(".errors")


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
    ("evidence, a learner's log", "instructor", _form("WL")),
    ("evidence, countersigning", "instructor", _entry("answer")),
    ("evidence, making a panel", "instructor", _form("BP")),
    ("evidence, a panel", "instructor", _panel(False)),
    ("evidence, scoring a panel", "assessor", _panel(True, "assess")),
    ("own evidence, the log", "attested", _log("")),
    ("own evidence, writing an entry", "attested", _log("add")),
    ("own evidence, an entry refused", "attested", _entry_refused),
    ("own evidence, changing an entry", "attested", _entry("change")),
    ("own evidence, values of a panel", "attested", _panel(False, "values")),
    ("own evidence, none", "coordinator", "/evidence/"),
)
