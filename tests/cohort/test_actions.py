"""Claims about enrolling by hand: whom, in what, by whom; about ending and beginning again."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from lms.actor import Actor
from lms.cohort import actions
from lms.cohort import hub as lookup
from lms.curriculum.models import Definition
from lms.db import db, transaction
from lms.errors import NotAllowed, NotFound, RuleBroken
from lms.learning.models import Enrolment
from tests import walk
from tests.cohort.conftest import coordinator_at
from tests.factories import actor_for, make_organisation


def _enrol(hub: walk.Hub, by: Actor, *people: str, what: str = "B01", sending: str = "") -> dict:
    with transaction():
        return dict(
            actions.enrol_people(
                person_ids=people or [hub.learner],
                what=what,
                sending_id=sending,
                delivering_id=hub.delivering,
                by=by,
            )
        )


def _rows() -> list[tuple[str, str | None, bool]]:
    with transaction(write=False):
        statement = sa.select(Enrolment).order_by(Enrolment.enrolled_at)
        return [
            (one.person_id, one.programme_code, one.ended_at is None)
            for one in db.session.scalars(statement)
        ]


def test_a_coordinator_enrols_their_people_in_a_programme(hub: walk.Hub) -> None:
    by = actor_for(hub.coordinator)
    other = walk.newcomer(hub)
    assert _enrol(hub, by, hub.learner, other.id) == {"enrol": 2}
    assert {row[0] for row in _rows()} == {hub.learner, other.id}
    assert {row[1] for row in _rows()} == {"B01"}
    assert _enrol(hub, by, hub.learner, other.id) == {"already": 2}


def test_who_is_sent_by_no_name_is_sent_by_their_own_organisation(
    hub: walk.Hub, chief: Actor
) -> None:
    _enrol(hub, chief, hub.learner, what="FND103")
    with transaction(write=False):
        row = db.session.scalars(sa.select(Enrolment)).one()
        assert (row.sending_id, row.delivering_id) == (hub.sending, hub.delivering)


def test_nobody_enrols_people_of_another_organisation(hub: walk.Hub) -> None:
    with transaction():
        place = make_organisation("Elsewhere").id
    stranger = coordinator_at(place, "elsewhere@walk")
    for by in (stranger, actor_for(hub.instructor), actor_for(hub.administrator)):
        with pytest.raises(NotFound):
            _enrol(hub, by)
    assert _rows() == []


@pytest.mark.parametrize("what", ["", "FND999", "B99"])
def test_what_nobody_teaches_cannot_be_learnt(hub: walk.Hub, what: str) -> None:
    with pytest.raises(RuleBroken):
        _enrol(hub, actor_for(hub.coordinator), what=what)


def test_nobody_chosen_and_too_many_chosen_are_refused(hub: walk.Hub) -> None:
    by = actor_for(hub.coordinator)
    for ids in ([], ["x"] * (actions.MOST_AT_ONCE + 1)):
        with transaction(), pytest.raises(RuleBroken):
            actions.enrol_people(
                person_ids=ids, what="B01", sending_id="", delivering_id=hub.delivering, by=by
            )


def test_a_programme_whose_modules_are_not_in_service_is_not_open(
    hub: walk.Hub, chief: Actor
) -> None:
    with transaction():
        row = db.session.scalars(sa.select(Definition).where(Definition.code == "B01")).one()
        values = {c.key: getattr(row, c.key) for c in sa.inspect(Definition).column_attrs}
        values |= {"id": "0" * 26, "code": "B77", "content": row.content | {"modules": ["FND777"]}}
        db.session.add(Definition(**values))
    with pytest.raises(RuleBroken, match="not open"):
        _enrol(hub, chief, what="B77")


# --- ending and beginning again -------------------------------------------------------------


def _end(enrolment_id: str, by: Actor, reason: str = "Left") -> None:
    with transaction():
        actions.end(enrolment_id=enrolment_id, reason=reason, by=by)


def _only() -> str:
    with transaction(write=False):
        return db.session.scalars(sa.select(Enrolment.id)).one()


def test_ending_is_undone_by_beginning_again(hub: walk.Hub) -> None:
    by = actor_for(hub.coordinator)
    _enrol(hub, by)
    _end(_only(), by)
    assert _rows() == [(hub.learner, "B01", False)]
    with transaction():
        actions.begin_again(enrolment_id=_only(), by=by)
    assert _rows() == [(hub.learner, "B01", True)]


def test_enrolling_anew_runs_the_ended_enrolment_on(hub: walk.Hub) -> None:
    by = actor_for(hub.coordinator)
    _enrol(hub, by)
    _end(_only(), by)
    assert _enrol(hub, by, what="FND103") == {"again": 1}
    assert _rows() == [(hub.learner, None, True)]


def test_a_coordinator_who_is_a_learner_elsewhere_does_not_end_their_own(hub: walk.Hub) -> None:
    chief = coordinator_at(hub.hub, "chief@walk")
    _enrol(hub, chief, hub.coordinator)
    with transaction():
        place = make_organisation("Elsewhere").id
    stranger = coordinator_at(place, "elsewhere@walk")
    with pytest.raises(NotFound):
        _end(_only(), stranger)
    own = replace(stranger, id=hub.coordinator)  # sees it as its learner alone
    with pytest.raises(NotAllowed):
        _end(_only(), own)


def test_an_older_version_does_not_begin_again_beside_a_newer_one(hub: walk.Hub) -> None:
    by = actor_for(hub.coordinator)
    _enrol(hub, by)
    old = _only()
    _end(old, by)
    with transaction():
        version = walk.current_version()
        values = {c.key: getattr(version, c.key) for c in sa.inspect(type(version)).column_attrs}
        values |= {"id": "1" * 26, "version": "9.0.0", "number": version.number + 1}
        db.session.add(type(version)(**values))
    assert _enrol(hub, by) == {"enrol": 1}
    with transaction(), pytest.raises(RuleBroken, match="version"):
        actions.begin_again(enrolment_id=old, by=by)


def test_the_search_finds_by_any_name_within_one_s_organisations(
    hub: walk.Hub, chief: Actor
) -> None:
    walk.newcomer(hub, "Kim Hana", native_name="김 하나", login="kh-0042")
    with transaction(write=False):
        for words in ("kim", "하나", "0042", "hana kim"):
            assert [p.name for p in lookup.found_people(chief, words)] == ["Kim Hana"]
        assert lookup.found_people(chief, "100%_") == []
        assert lookup.found_people(actor_for_nobody(chief), "kim") == []


def actor_for_nobody(actor: Actor) -> Actor:
    """Return an actor without any role."""
    return replace(actor, roles=())
