"""Read people and their roles for those who look after them, narrowed to whom they oversee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from lms.actor import Actor, Role
from lms.db import db
from lms.directory.queries.places import OVERSEE, inside
from lms.errors import NotFound
from lms.people import rules
from lms.people.models import Organisation, Person, RoleHeld, SessionHeld
from lms.people.queries import subjects_of

PAGE = 50
_AT_ONCE = 5000  # a statement takes some thirty thousand values at most


@dataclass(frozen=True)
class Listed:
    """A person in a list: the names of their roles, and whether the reader manages them."""

    person: Person
    roles: tuple[Role, ...]
    managed: bool


@dataclass(frozen=True)
class Wanted:
    """What a list of people is narrowed to; "" where it is not. `after`: the last person before."""

    words: str = ""
    place: Organisation | None = None
    role: str = ""
    state: str = ""
    after: str = ""


def _people(by: Actor) -> sa.Select[Person]:
    """Select the people who belong where `by` oversees, and those who hold a role there."""
    at = aliased(Organisation)
    statement = (
        select(Person)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .options(contains_eager(Person.organisation))
    )
    if rules.runs_hub(by):
        return statement
    guests = (
        select(RoleHeld.person_id)
        .join(at, at.id == RoleHeld.organisation_id)
        .where(RoleHeld.ended_at.is_(None), inside(at.path, by))
    )
    return statement.where(or_(inside(Organisation.path, by), Person.id.in_(guests)))


def _narrowed(by: Actor, wanted: Wanted) -> sa.Select[Person]:
    statement = _people(by)
    if wanted.words:
        names = (Person.name, Person.native_name, Person.login)
        statement = statement.where(
            or_(*(name.icontains(wanted.words, autoescape=True) for name in names))
        )
    if wanted.place:
        statement = statement.where(Organisation.path.like(wanted.place.path + "%"))
    if wanted.role:
        held = select(RoleHeld.person_id).where(
            RoleHeld.role == wanted.role, RoleHeld.ended_at.is_(None)
        )
        statement = statement.where(Person.id.in_(held))
    if wanted.state == "out":
        statement = statement.where(Person.disabled_at.is_not(None))
    return statement.order_by(Person.name, Person.id)


def people(by: Actor, wanted: Wanted) -> tuple[list[Listed], bool]:
    """Return a page of the people that `by` oversees, by name, and whether there are more.

    Two queries, whatever their number.
    """
    statement = _narrowed(by, wanted)
    if wanted.after:
        last = aliased(Person)
        position = select(last.name, last.id).where(last.id == wanted.after)
        statement = statement.where(sa.tuple_(Person.name, Person.id) > position.scalar_subquery())
    rows = db.session.scalars(statement.limit(PAGE + 1)).all()
    return _listed(rows[:PAGE], by), len(rows) > PAGE


def everybody(by: Actor, wanted: Wanted, most: int) -> list[Listed]:
    """Return all of a list of people, for a file."""
    return _listed(db.session.scalars(_narrowed(by, wanted).limit(most)).all(), by)


def _listed(rows: Sequence[Person], by: Actor) -> list[Listed]:
    subjects: dict[str, rules.Subject] = {}
    for start in range(0, len(rows), _AT_ONCE):
        subjects |= subjects_of([person.id for person in rows[start : start + _AT_ONCE]])
    return [
        Listed(
            person,
            _shown_roles(subjects[person.id].roles, by),
            rules.may_manage(by, subjects[person.id]) and person.disabled_at is None,
        )
        for person in rows
    ]


def _shown_roles(roles: tuple[Role, ...], by: Actor) -> tuple[Role, ...]:
    """Return those roles that count where `by` oversees people; of others nothing is said."""
    here = by.paths(*OVERSEE)
    if rules.runs_hub(by):
        return roles
    return tuple(
        role
        for role in roles
        if any(role.path.startswith(p) or p.startswith(role.path) for p in here)
    )


def person(person_id: str, by: Actor) -> Person:
    """Return a person that `by` oversees.

    Raises:
        NotFound: there is none of this id, or they are not theirs to see.
    """
    found = db.session.scalars(_people(by).where(Person.id == person_id)).first()
    if found is None:
        raise NotFound()
    return found


def person_to_manage(person_id: str, by: Actor) -> Person:
    """Return a person that `by` manages.

    Raises:
        NotFound: there is none of this id, or `by` may not manage them.
    """
    found = person(person_id, by)
    if not rules.may_manage(by, subjects_of([found.id])[found.id]):
        raise NotFound()
    return found


def people_to_manage(person_ids: Sequence[str], by: Actor) -> list[Person]:
    """Return several people that `by` manages, by name.

    Raises:
        NotFound: one of them is not there, or not theirs to manage.
    """
    statement = _people(by).where(Person.id.in_(person_ids)).order_by(Person.name, Person.id)
    found = list(db.session.scalars(statement))
    subjects = subjects_of([one.id for one in found])
    if len(found) < len(set(person_ids)) or not all(
        rules.may_manage(by, subjects[one.id]) for one in found
    ):
        raise NotFound()
    return found


def roles_of(person_id: str, by: Actor) -> list[RoleHeld]:
    """Return the roles that a person holds now, as far as `by` may know of them."""
    statement = (
        select(RoleHeld)
        .join(Organisation, Organisation.id == RoleHeld.organisation_id)
        .options(contains_eager(RoleHeld.organisation))
        .where(RoleHeld.person_id == person_id, RoleHeld.ended_at.is_(None))
        .order_by(Organisation.path, RoleHeld.role)
    )
    held = db.session.scalars(statement).all()
    shown = _shown_roles(
        tuple(Role(h.role, h.organisation_id, h.organisation.path) for h in held), by
    )
    known = {(role.name, role.organisation_id) for role in shown}
    return [h for h in held if (h.role, h.organisation_id) in known]


def role_to_end(held_id: str, by: Actor) -> RoleHeld:
    """Return a role held by somebody that `by` may end.

    Raises:
        NotFound: there is none of this id, it has ended, or `by` may not end it.
    """
    held = db.session.get(RoleHeld, held_id)
    if held is None or held.ended_at is not None:
        raise NotFound()
    subject = subjects_of([held.person_id])[held.person_id]
    if not rules.may_end(by, subject, held.role, held.organisation.path):
        raise NotFound()
    return held


def sessions(person_id: str) -> tuple[int, datetime | None]:
    """Return in how many sessions a person is signed in, and when they last signed in."""
    statement = select(
        func.count(SessionHeld.id).filter(SessionHeld.ended_at.is_(None)),
        func.max(SessionHeld.begun_at),
    ).where(SessionHeld.person_id == person_id)
    number, last = db.session.execute(statement).one()
    return number, last


def hold_roots() -> None:
    """Keep others from ending an administrator of the hub until this transaction ends."""
    roots = select(Organisation.id).where(Organisation.parent_id.is_(None))
    db.session.execute(roots.order_by(Organisation.id).with_for_update())


def runs_somebody_else(*, besides_person: str = "", besides_role: str = "") -> bool:
    """Tell whether the hub has an administrator at a root besides a person, or a role held."""
    statement = (
        select(RoleHeld.id)
        .join(Organisation, Organisation.id == RoleHeld.organisation_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            RoleHeld.role == "administrator",
            RoleHeld.ended_at.is_(None),
            Organisation.parent_id.is_(None),
            Person.disabled_at.is_(None),
            RoleHeld.id != besides_role,
            Person.id != besides_person,
        )
    )
    return db.session.scalars(statement.limit(1)).first() is not None
