"""Claims about confirming a roster: what was shown is done, once, and each row stands alone."""

import pytest
import sqlalchemy as sa

from lms.actor import Actor
from lms.cohort import actions
from lms.cohort import hub as lookup
from lms.cohort.models import RosterImport
from lms.cohort.roster.reading import headings, read
from lms.columns import new_id
from lms.db import db, transaction
from lms.errors import Conflict, RuleBroken
from lms.learning.models import Enrolment
from lms.people.models import Person, RoleHeld
from lms.records.models import Event
from tests import walk
from tests.factories import actor_for

HEAD = "Name;Name in own script;E-mail;Organisation;Module;Delivering organisation\n"
TWO = (
    "Kim Hana;김 하나;kim@x.example;Sending site;B01;Delivering site\n"
    "Learner Walk;;learner@walk;;FND103;Delivering site\n"
)
NAMES = headings({})


def _shown(text: str, by: Actor) -> lookup.Preview:
    with transaction(write=False):
        return _shown_now(text, by)


def _confirm(text: str, by: Actor, promised: str = "", once: str = "") -> dict[str, int]:
    promised = promised or _shown(text, by).digest
    with transaction():
        row = actions.bring_in(
            roster=read(HEAD + text, NAMES), once=once or new_id(), promised=promised, by=by
        )
        return dict(row.counts)


def _count(model: type, *where: object) -> int:
    with transaction(write=False):
        return db.session.scalar(sa.select(sa.func.count(model.id)).where(*where)) or 0


@pytest.fixture
def by(hub: walk.Hub) -> Actor:
    return actor_for(hub.coordinator)


def test_a_list_adds_people_as_learners_and_enrols_them(hub: walk.Hub, by: Actor) -> None:
    counts = _confirm(TWO, by)
    assert counts == {"rows": 2, "refused": 0, "new": 1, "there": 1, "enrol": 2}
    with transaction(write=False):
        person = db.session.scalars(sa.select(Person).where(Person.login == "kim@x.example")).one()
        assert (person.name, person.native_name) == ("Kim Hana", "김 하나")
        assert person.organisation_id == hub.sending
        role = db.session.scalars(sa.select(RoleHeld).where(RoleHeld.person_id == person.id)).one()
        assert (role.role, role.organisation_id) == ("learner", hub.sending)
        row = db.session.scalars(sa.select(Enrolment).where(Enrolment.person_id == person.id)).one()
        assert (row.programme_code, row.delivering_id) == ("B01", hub.delivering)
    kinds = ("person.added", "role.granted", "enrolment.created", "roster.imported")
    with transaction(write=False):
        for kind in kinds:
            statement = sa.select(Event.id).where(Event.kind == kind, Event.actor_id == by.id)
            assert db.session.scalars(statement).all(), kind


def test_a_preview_writes_nothing(by: Actor) -> None:
    before = _count(Person), _count(Event)
    assert _shown(TWO, by).changes
    assert (_count(Person), _count(Event)) == before


def test_a_preview_names_who_is_to_teach_and_has_no_instructor(by: Actor) -> None:
    with transaction(write=False):
        assert lookup.untaught(_shown_now(TWO, by)) == []
        nobody = TWO.replace(";Delivering site", ";")  # the same as the organisation, then
        assert lookup.untaught(_shown_now(nobody, by)) == ["Sending site"]


def _shown_now(text: str, by: Actor) -> lookup.Preview:
    return lookup.preview(read(HEAD + text, NAMES), by)


def test_sending_a_list_twice_does_nothing_new(by: Actor) -> None:
    _confirm(TWO, by)
    before = _count(Person), _count(Enrolment), _count(RoleHeld)
    assert not _shown(TWO, by).changes
    assert _confirm(TWO, by) == {"rows": 2, "refused": 0, "there": 2, "already": 2}
    assert (_count(Person), _count(Enrolment), _count(RoleHeld)) == before


def test_confirming_twice_is_confirming_once(by: Actor) -> None:
    promised, once = _shown(TWO, by).digest, new_id()
    first = _confirm(TWO, by, promised, once)
    assert _confirm(TWO, by, promised, once) == first
    assert _count(RosterImport) == 1


def test_what_changed_since_the_preview_is_shown_again_first(by: Actor) -> None:
    promised = _shown(TWO, by).digest
    _confirm(TWO.splitlines()[0], by)
    with pytest.raises(Conflict):
        _confirm(TWO, by, promised)
    assert _count(Enrolment) == 1


def test_refused_rows_are_kept_with_their_reasons_and_stop_nobody(by: Actor) -> None:
    text = TWO + "Nobody;;n@x.example;Nowhere;FND103;\n"
    assert _confirm(text, by)["refused"] == 1
    assert _count(Enrolment) == 2
    with transaction(write=False):
        (refused,) = db.session.scalars(sa.select(RosterImport)).one().refused
        assert (refused["row"], refused["cells"]["name"]) == (4, "Nobody")
        assert [p[0] for p in refused["problems"]] == ["organisation"]


def test_a_row_that_fails_when_it_is_done_undoes_itself_alone(
    by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = actions.enrol

    def enrol(**values: object) -> Enrolment:
        if values["person"].name == "Kim Hana":  # type: ignore[attr-defined]
            raise RuleBroken("No room for %(name)s.", name="Kim")
        return real(**values)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "enrol", enrol)
    again = "Kim Hana;;kim@x.example;;FND103;\n"
    counts = _confirm(TWO + again, by)
    assert counts == {"rows": 3, "refused": 2, "there": 1, "enrol": 1}
    assert _count(Person, Person.login == "kim@x.example") == 0
    with transaction(write=False):
        first, second = db.session.scalars(sa.select(RosterImport)).one().refused
        assert first["problems"] == [["", "No room for %(name)s.", {"name": "Kim"}]]
        assert second["problems"][0][2] == {"row": 2}


def test_a_list_names_no_organisation_that_is_not_one_s_own(hub: walk.Hub, by: Actor) -> None:
    (one,) = _shown("Kim;;kim@x.example;Delivering site;FND103;\n", by).planned
    assert one.refused
    (other,) = _shown("Instructor Walk;;instructor@walk;;FND103;\n", by).planned
    assert "Instructor" not in str(other.problems)
    assert other.refused


def test_a_list_of_many_costs_few_queries_to_look_at(by: Actor) -> None:
    rows = "".join(f"Kim {n};;kim{n}@x.example;Sending site;B01;\n" for n in range(400))
    assert len(_shown(rows, by).planned) == 400
