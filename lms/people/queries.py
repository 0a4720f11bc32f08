"""Reads on people: who is signed in, what they may see, how often somebody tried."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from lms.actor import Actor, Role
from lms.db import db
from lms.errors import N_, NotFound
from lms.people.models import (
    Organisation,
    Password,
    Person,
    RoleHeld,
    SessionHeld,
    SignInTry,
)
from lms.people.rules import WINDOW, Subject, Tries


def actor_of_session(session_id: str) -> Actor | None:
    """Return who is signed in under a session, with all roles, in one query."""
    return _actor(
        select(Person, RoleHeld, Organisation)
        .join(SessionHeld, SessionHeld.person_id == Person.id)
        .where(SessionHeld.id == session_id, SessionHeld.ended_at.is_(None)),
        session_id,
    )


def actor_of_person(person_id: str) -> Actor:
    """Return a person as an actor (commands and jobs that act for somebody).

    Raises:
        NotFound: no such person, or one that is disabled.
    """
    found = _actor(select(Person, RoleHeld, Organisation).where(Person.id == person_id), None)
    if found is None:
        raise NotFound(N_("There is no such person."))
    return found


def _actor(statement: sa.Select[*tuple[Any, ...]], session_id: str | None) -> Actor | None:
    held = sa.and_(RoleHeld.person_id == Person.id, RoleHeld.ended_at.is_(None))
    rows = db.session.execute(
        statement.outerjoin(RoleHeld, held)
        .outerjoin(Organisation, Organisation.id == RoleHeld.organisation_id)
        .where(Person.disabled_at.is_(None))
        .order_by(RoleHeld.role, Organisation.path)
    ).all()
    if not rows:
        return None
    person = rows[0][0]
    roles = tuple(Role(h.role, h.organisation_id, o.path) for _, h, o in rows if h is not None)
    return Actor(id=person.id, name=person.name, roles=roles, session=session_id)


def find_login(login: str) -> tuple[Person, str | None] | None:
    """Return the person with this sign-in name and the hash of their newest password."""
    newest = (
        select(Password.hash)
        .where(Password.person_id == Person.id)
        .order_by(Password.set_at.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    statement = select(Person, newest).where(Person.login == login.strip().lower())
    row = db.session.execute(statement).first()
    return (row[0], row[1]) if row else None


def locale_of(person_id: str) -> str | None:
    """Return the language that a person chose."""
    return db.session.scalar(select(Person.locale).where(Person.id == person_id))


def login_of(person_id: str) -> str:
    """Return the sign-in name of a person."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound(N_("There is no such person."))
    return person.login


def subjects_of(person_ids: Collection[str]) -> dict[str, Subject]:
    """Return by id what decides who may manage each of some people: one query."""
    home = aliased(Organisation)
    rows = db.session.execute(
        select(Person.id, home.path, RoleHeld, Organisation.path)
        .join(home, home.id == Person.organisation_id)
        .outerjoin(RoleHeld, (RoleHeld.person_id == Person.id) & RoleHeld.ended_at.is_(None))
        .outerjoin(Organisation, Organisation.id == RoleHeld.organisation_id)
        .where(Person.id.in_(person_ids))
        .order_by(RoleHeld.role, Organisation.path)
    )
    found: dict[str, Subject] = {}
    for id, path, held, at in rows:
        known = found.setdefault(id, Subject(id, path))
        if held is not None:
            more = Role(held.role, held.organisation_id, at)
            found[id] = replace(known, roles=(*known.roles, more))
    return found


def role_held(person_id: str, role: str, organisation_id: str) -> RoleHeld | None:
    """Return the row by which a person holds a role at an organisation now."""
    statement = select(RoleHeld).where(
        RoleHeld.person_id == person_id,
        RoleHeld.role == role,
        RoleHeld.organisation_id == organisation_id,
        RoleHeld.ended_at.is_(None),
    )
    return db.session.scalars(statement).first()


def hold_person(person_id: str) -> None:
    """Keep others from deciding anything about a person until this transaction ends.

    PostgreSQL lets two transactions each judge what the other is about to add to: a mark beside
    the release of its result, two levels that complete a programme together. Whoever judges a
    person on their rows holds the person first, and reads after that. SQLite has one writer.
    """
    # Rows that refer to the person (an answer being saved) need not wait.
    held = select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)
    db.session.execute(held)


def failed_tries(login_digest: str, address_digest: str, now: datetime) -> Tries:
    """Count the failed tries in the window; a success in between starts the login's count anew."""
    since = now - WINDOW
    success = (
        select(func.max(SignInTry.at))
        .where(SignInTry.login_digest == login_digest, SignInTry.succeeded)
        .scalar_subquery()
    )
    failed = select(func.count(), func.min(SignInTry.at)).where(
        SignInTry.at > since, ~SignInTry.succeeded
    )
    by_login = failed.where(
        SignInTry.login_digest == login_digest,
        SignInTry.at > func.coalesce(success, sa.literal("")),
    )
    by_address = failed.where(SignInTry.address_digest == address_digest)
    login = db.session.execute(by_login).one()
    address = db.session.execute(by_address).one()
    return Tries(login[0], login[1], address[0], address[1])


def visible(
    statement: sa.Select[*tuple[Any, ...]],
    by: Actor,
    *,
    person: Any,
    sending: Any,
    delivering: Any,
) -> sa.Select[*tuple[Any, ...]]:
    """Narrow a statement to the records that `by` may see; every query on records passes here.

    One's own; as instructor those delivered in one's subtree; as coordinator those sent or
    delivered in it. Administrators run the machine and see no training record by that role.

    Args:
        person, sending, delivering: the columns that name the learner and the organisations.
    """
    here = aliased(Organisation)

    def inside(column: Any, paths: tuple[str, ...]) -> ColumnElement[bool]:
        if not paths:
            return sa.false()
        matches = or_(*(here.path.like(path + "%") for path in paths))
        return column.in_(select(here.id).where(matches))

    coordinated = by.paths("coordinator")
    return statement.where(
        or_(
            person == by.id,
            inside(delivering, by.paths("instructor")),
            inside(delivering, coordinated),
            inside(sending, coordinated),
        )
    )
