"""Claims about evidence: once for each source; practice gives no level outside practice."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.actor import SYSTEM
from lms.competency.actions import record_evidence
from lms.competency.models import Evidence, LevelHeld
from lms.competency.queries import levels_of
from lms.db import db, transaction
from lms.learning.models import Enrolment
from lms.records.models import Event
from lms.records.verify import verify
from tests import walk
from tests.factories import make_enrolment, make_organisation, make_person

DAY = date(2026, 11, 22)
LAST = date(2028, 11, 22)


@pytest.fixture
def learner(taught: Flask) -> str:
    with transaction():
        place = make_organisation()
        person = make_person(place, "learner")
        make_enrolment(person, place, place)
        return person.id


def _show(person_id: str, level: int = 1, **values: Any) -> str:
    """Record evidence from a row of its own, unless `source` names another; returns its id."""
    with transaction():
        version = walk.current_version()
        source = values.pop("source", None) or make_organisation()
        settings = {"practice": False, "counts_until": LAST, "kind": "paper"} | values
        [evidence] = record_evidence(
            source,
            person_id=person_id,
            shows={"FND-02": level},
            module_version_id=version.id,
            by=SYSTEM,
            **settings,
        )
        return evidence.id


def _level(person_id: str, *, practice: bool = False) -> tuple[int, date | None] | None:
    with transaction(write=False):
        held = levels_of(person_id, practice=practice).get("FND-02")
        return (held.level, held.expires_on) if held else None


def _count(model: Any) -> int:
    with transaction(write=False):
        return db.session.scalar(sa.select(sa.func.count(model.id))) or 0


def test_evidence_gives_its_level_until_it_ends(learner: str) -> None:
    _show(learner)
    assert _level(learner) == (1, LAST)


def test_the_same_source_counts_once_however_often_it_is_handed_down(learner: str) -> None:
    with transaction(write=False):
        source = db.session.scalars(sa.select(Enrolment)).one()
    first = _show(learner, source=source)
    again = _show(learner, level=4, source=source)
    assert first == again
    assert (_count(Evidence), _count(LevelHeld)) == (1, 1)
    assert _level(learner) == (1, LAST)
    with transaction(write=False):
        told = sa.select(sa.func.count(Event.id)).where(Event.kind == "evidence.recorded")
        assert db.session.scalar(told) == 1


def test_practice_gives_a_level_in_practice_and_none_outside(learner: str) -> None:
    _show(learner, level=3, practice=True)
    assert _level(learner) is None
    assert _level(learner, practice=True) == (3, LAST)
    _show(learner, level=1)
    assert _level(learner) == (1, LAST)


def test_what_changes_nothing_appends_no_level(learner: str) -> None:
    _show(learner, level=3)
    _show(learner, level=1)
    assert _level(learner) == (3, LAST)
    assert _count(LevelHeld) == 1


def test_each_change_is_appended_and_the_newest_counts(learner: str) -> None:
    for level in (1, 2, 4):
        _show(learner, level=level)
    assert _level(learner) == (4, LAST)
    with transaction(write=False):
        rows = db.session.execute(
            sa.select(LevelHeld.number, LevelHeld.level).order_by(LevelHeld.number)
        ).all()
        assert [tuple(row) for row in rows] == [(1, 1), (2, 2), (3, 4)]
        assert verify().mismatches == ()


def test_a_level_that_ran_out_is_found_again_by_what_comes_next(learner: str) -> None:
    _show(learner, level=3, counts_until=clock.today() + timedelta(days=30))
    later = clock.now() + timedelta(days=31)
    clock.set_clock(lambda: later)
    _show(learner, level=1, counts_until=None)
    assert _level(learner) == (1, None)


def test_levels_of_one_person_are_no_other_s(learner: str) -> None:
    with transaction():
        other = make_person(make_organisation(), "learner").id
    _show(learner, level=2)
    assert _level(other) is None
