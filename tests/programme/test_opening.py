"""Claims about programmes that are not open: they complete nobody, and catch up once they open."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.actor import SYSTEM
from lms.columns import digest
from lms.curriculum.evidence import EXAM, EvidenceKind
from lms.curriculum.models import Definition
from lms.curriculum.storing import store_row
from lms.db import db, transaction
from lms.hookspecs import impl
from lms.learning.actions import enrol
from lms.learning.models import Enrolment
from lms.people.models import Organisation, Person
from lms.programme.models import Completion
from lms.programme.work import COMPLETE
from tests import walk
from tests.factories import actor_for

EXERCISE = {"evidence": [{"kind": "TX", "text": "Exercise"}]}
NOT_OPEN: dict[str, dict[str, Any]] = {
    "a module is missing": {"modules": ["FND103", "FND999"]},
    "a kind cannot be recorded": EXERCISE,
    "there is no exam": {"exam": {"items": 60}},
    "a lesson is asked alone": {"modules": ["FND103", "FND101-L1"]},
}


def _store(**more: Any) -> None:
    """Store the programme X01: FND-02 at 1 by FND103, and what a test adds."""
    content = {
        "id": "X01", "title": "X", "version": "1.0.0", "summary": "X", "modules": ["FND103"],
        "validity_months": 24, "approval": "rule",
        "requires": [{"competency": "FND-02", "level": 1}],
    } | more  # fmt: skip
    row = Definition(
        kind="programme", code="X01", number=1, version="1.0.0", title="X", content=content,
        content_digest=digest(content), stored_at=clock.now(),
    )  # fmt: skip
    with transaction():
        store_row("definition.stored", row, SYSTEM)


def _competent(*, effective: bool) -> str:
    """Let a learner pass FND103 and count for X01; returns them."""
    hub = walk.people_of_a_hub()
    if effective:
        walk.adopt(hub)
    person = walk.newcomer(hub)
    with transaction():
        enrol(
            person=db.session.get_one(Person, person.id),
            version=walk.current_version(),
            programme_code="X01",
            sending=db.session.get_one(Organisation, hub.sending),
            delivering=db.session.get_one(Organisation, hub.delivering),
            by=SYSTEM,
        )
    with transaction(write=False):
        wanted = sa.select(Enrolment.id).where(Enrolment.person_id == person.id)
        enrolment = db.session.scalars(wanted).one()
    attempt = walk.sit(enrolment, person)
    walk.grade(attempt, actor_for(hub.instructor))
    walk.release(attempt, actor_for(hub.instructor))
    return person.id


def _completed() -> list[bool]:
    """Return for each completion of X01 whether it is for practice."""
    statement = sa.select(Completion.practice).where(Completion.programme_code == "X01")
    with transaction(write=False):
        return list(db.session.scalars(statement))


def _pending() -> list[str]:
    with transaction(write=False):
        return COMPLETE.pending(10)


@pytest.mark.parametrize("why", NOT_OPEN)
def test_programme_that_is_not_open_completes_nobody(why: str, taught: Flask) -> None:
    _store(**NOT_OPEN[why])
    _competent(effective=True)
    assert _completed() == []
    assert _pending() == []  # and the sweep does not ask for ever


def test_open_programme_completes(taught: Flask) -> None:
    _store(hours=10)
    _competent(effective=True)
    assert _completed() == [False]


@pytest.mark.parametrize(
    ("choose", "done"), [(1, [False]), (2, [])], ids=["enough held", "too few held"]
)
def test_choice_of_competencies_is_asked_for(choose: int, done: list[bool], taught: Flask) -> None:
    choice = {"choose": choose, "level": 1, "competencies": ["UPS-02", "PRD-01", "PRD-02"]}
    _store(choice=[choice])
    person = _competent(effective=True)
    assert _completed() == done
    assert _pending() == []
    with transaction(write=False):
        noted = db.session.scalars(sa.select(Completion).where(Completion.person_id == person))
        for one in noted:
            held = {each["competency"] for each in one.basis["competencies"]}
            assert held == {"FND-02", "UPS-02"}


def _room(code: str, shown: dict[str, bool]) -> object:
    """Return a plugin that records a kind of evidence and says who has shown it."""

    def met(person_id: str, content: Mapping[str, Any]) -> bool:
        assert content["id"] == "X01"
        return shown.get(person_id, False)

    @impl
    def evidence_kinds() -> list[EvidenceKind]:
        return [EvidenceKind(code, met)]

    return SimpleNamespace(__name__="room", evidence_kinds=evidence_kinds)


@pytest.mark.parametrize(("code", "more"), [("TX", EXERCISE), (EXAM, {"exam": {"items": 60}})])
def test_room_that_records_a_kind_opens_the_programme_for_who_has_shown_it(
    code: str, more: dict[str, Any], new_taught: Callable[..., Flask]
) -> None:
    shown: dict[str, bool] = {}
    with new_taught(plugins=[_room(code, shown)]).app_context():
        _store(**more)
        person = _competent(effective=True)
        assert _completed() == []
        assert _pending() == []
        shown[person] = True
        assert _pending() == [person]
        COMPLETE.do(person)
        assert _completed() == [False]
        assert _pending() == []
