"""Read what enrolling needs to know of the hub: modules in service, places, people, rosters."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from lms import clock
from lms.actor import Actor
from lms.cohort.roster.known import Known, Learning, Module, Place, Programme, Someone
from lms.cohort.roster.planning import Planned, plan
from lms.cohort.roster.reading import LOGIN, Roster, folded
from lms.columns import digest
from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import catalogue
from lms.curriculum.register import definitions
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.people.models import Organisation, Person, RoleHeld

MOST_FOUND = 20
_MANY = 500  # values in one IN; SQLite takes more, and statements are cached by their length


def modules() -> dict[str, Module]:
    """Return by code the version that who enrols today gets: newest effective, else newest."""
    return {
        one.version.code: Module(
            code=one.version.code,
            title=one.version.title,
            version_id=one.version.id,
            version=one.version.version,
            practice=one.practice,
            needs=tuple(one.version.manifest["needs"]),
        )
        for one in catalogue(clock.today())
    }


def programmes() -> dict[str, Programme]:
    """Return the newest version of each programme by code."""
    return {
        one.code: Programme(one.code, one.title, tuple(one.content["modules"]))
        for one in definitions("programme")
    }


def places(by: Actor) -> list[Place]:
    """Return every organisation, those above before those below; `mine` where `by` coordinates."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.path).order_by(Organisation.path)
    )
    return [Place(id, name, by.covers(path, "coordinator")) for id, name, path in rows]


def taught_at() -> set[str]:
    """Return the ids of the organisations where, or above which, somebody is instructor."""
    above = aliased(Organisation)
    statement = (
        select(Organisation.id)
        .join(above, Organisation.path.startswith(above.path))
        .join(RoleHeld, RoleHeld.organisation_id == above.id)
        .where(RoleHeld.role == "instructor", RoleHeld.ended_at.is_(None))
    )
    return set(db.session.scalars(statement.distinct()))


def known(by: Actor, logins: Iterable[str] = (), person_ids: Iterable[str] = ()) -> Known:
    """Return what is known of the people of some sign-in names or ids, for somebody who enrols."""
    everywhere = places(by)
    named: dict[str, list[Place]] = {}
    for place in everywhere:
        named.setdefault(folded(place.name), []).append(place)
    at = {place.id: place for place in everywhere}
    wanted = {login.lower() for login in logins}
    people = {
        login: Someone(id, name, at[place], disabled is not None)
        for some in _parts(wanted)
        for id, login, name, place, disabled in db.session.execute(
            select(
                Person.id, Person.login, Person.name, Person.organisation_id, Person.disabled_at
            ).where(Person.login.in_(some))
        )
    }
    mine = [place for place in everywhere if place.mine]
    return Known(
        places=named,
        people=people,
        modules=modules(),
        programmes=programmes(),
        learning=learning_of({*person_ids, *(one.id for one in people.values())}),
        own=mine[0] if len(mine) == 1 else None,
    )


def _parts(values: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _MANY):
        yield ordered[start : start + _MANY]


def learning_of(person_ids: Collection[str]) -> dict[tuple[str, str], Learning]:
    """Return by person and module code the enrolment that counts: running, else the newest."""
    found: dict[tuple[str, str], Learning] = {}
    for some in _parts(person_ids):
        rows = db.session.execute(
            select(Enrolment, ModuleVersion.code, ModuleVersion.version)
            .join(ModuleVersion, ModuleVersion.id == Enrolment.module_version_id)
            .where(Enrolment.person_id.in_(some))
            .order_by(Enrolment.ended_at.is_(None), ModuleVersion.number)
        )
        for row, code, version in rows:  # the last wins
            found[row.person_id, code] = Learning(
                row.module_version_id, version, row.programme_code, row.ended_at is not None
            )
    return found


@dataclass(frozen=True)
class Preview:
    """A roster and what each of its rows comes to; `digest` names exactly this outcome."""

    planned: list[Planned]
    unused: tuple[str, ...]
    digest: str

    @property
    def changes(self) -> bool:
        """Tell whether confirming it writes anything."""
        return any(one.changes for one in self.planned)


def preview(roster: Roster, by: Actor) -> Preview:
    """Return what a roster comes to now."""
    found = plan(roster.rows, known(by, (row.cells[LOGIN] for row in roster.rows)))
    return Preview(found, roster.unused, digest([one.plain() for one in found]))


def untaught(found: Preview) -> list[str]:
    """Return the names of the organisations that a roster lets teach and where nobody does."""
    staffed = taught_at()
    to_teach = {one.delivering for one in found.planned if one.changes and one.steps}
    return sorted(one.name for one in to_teach if one and one.id not in staffed)


def at_hand(planned: Iterable[Planned]) -> list[object]:
    """Load everything that doing a roster asks for by id; keep it, and no row asks again.

    A session forgets what nobody holds: each row would read its organisations anew.
    """
    wanted: dict[type[Any], set[str]] = {Organisation: set(), ModuleVersion: set(), Person: set()}
    for one in planned:
        wanted[Organisation] |= {place.id for place in (one.place, one.delivering) if place}
        wanted[ModuleVersion] |= {step.version_id for step in one.steps}
        wanted[Person] |= {one.person_id} - {""}
    return [
        row
        for model, ids in wanted.items()
        for some in _parts(ids)
        for row in db.session.scalars(select(model).where(model.id.in_(some)))
    ]


def _mine(by: Actor) -> sa.Select[Person]:
    paths = by.paths("coordinator")
    inside = or_(sa.false(), *(Organisation.path.like(path + "%") for path in paths))
    return (
        select(Person)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(inside, Person.disabled_at.is_(None))
        .options(sa.orm.contains_eager(Person.organisation))
        .order_by(Person.name, Person.id)
    )


def chosen_people(by: Actor, ids: Collection[str]) -> list[Person]:
    """Return people of one's organisations by their ids, in the order of their names.

    Raises:
        NotFound: an id is nobody's of these organisations.
    """
    found = list(db.session.scalars(_mine(by).where(Person.id.in_(ids)))) if ids else []
    if len(found) != len(set(ids)):
        raise NotFound()
    return found


def found_people(by: Actor, words: str) -> list[Person]:
    """Return people of one's organisations by name, one more to show that there are more.

    Args:
        words: what their names or sign-in names hold; "": all who are learners there.
    """
    learner = select(RoleHeld.id).where(
        RoleHeld.person_id == Person.id, RoleHeld.role == "learner", RoleHeld.ended_at.is_(None)
    )
    statement = _mine(by).where(like(words) if words else learner.exists())
    return list(db.session.scalars(statement.limit(MOST_FOUND + 1)))


def like(words: str) -> sa.ColumnElement[bool]:
    """Return the condition that each word is in a person's names or sign-in name."""
    columns = (Person.name, Person.native_name, Person.login)
    return sa.and_(
        *(
            or_(*(column.icontains(word, autoescape=True) for column in columns))
            for word in words.split()[:5]
        )
    )
