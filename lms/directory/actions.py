"""Rename organisations; admit and correct people, end roles and sessions, keep out, let in."""

from collections.abc import Sequence
from typing import Any

from lms import clock
from lms.account.actions import end_sessions
from lms.actor import Actor
from lms.db import db
from lms.directory.queries import people as queries
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.people import actions as people
from lms.people import rules
from lms.people.models import Organisation, Person, RoleHeld
from lms.people.queries import hold_person, subjects_of
from lms.records.actions import record


def rename_organisation(
    *, organisation: Organisation, name: str, country: str, reason: str, by: Actor
) -> Organisation:
    """Give an organisation another name or country; certificates issued keep the old one.

    Raises:
        NotFound: not one that `by` administers.
        RuleBroken: a name that is none, or no reason.
    """
    if not rules.may_run(by, organisation.path):
        raise NotFound()
    rules.check_name(name)
    _change(organisation, "organisation.renamed", reason, by, name=name.strip(), country=country)
    return organisation


def admit_person(
    *,
    name: str,
    native_name: str | None,
    login: str,
    organisation: Organisation,
    roles: Sequence[str],
    by: Actor,
) -> Person:
    """Add a person with their first roles at their organisation.

    Raises:
        NotFound: a place that `by` does not oversee.
        NotAllowed: a role that `by` may not give there.
        RuleBroken: a name or a sign-in name that is none, or that is taken.
    """
    person = people.add_person(
        name=name, native_name=native_name, login=login, organisation=organisation, by=by
    )
    for role in roles:
        people.grant_role(person=person, role=role, organisation=organisation, by=by)
    return person


def correct_person(
    *,
    person: Person,
    name: str,
    native_name: str | None,
    login: str,
    organisation: Organisation,
    reason: str,
    by: Actor,
) -> Person:
    """Correct a person's names, sign-in name or organisation; old and new are recorded.

    Certificates that are issued keep the name that they were issued to.

    Raises:
        NotFound: somebody whom `by` does not manage, or a place that they do not oversee.
        RuleBroken: a name that is none, a sign-in name that is taken, or no reason.
    """
    _check_managed(person, by)
    if not rules.may_oversee(by, organisation.path):
        raise NotFound()
    rules.check_name(name)
    if native_name:
        rules.check_name(native_name, field="native_name")
    if login.strip().lower() != person.login:
        people.check_login_is_free(login)
    _change(
        person, "person.corrected", reason, by,
        name=name.strip(),
        native_name=(native_name or "").strip() or None,
        login=login.strip().lower(),
        organisation_id=organisation.id,
    )  # fmt: skip
    return person


def _change(row: Any, kind: str, reason: str, by: Actor, **values: Any) -> None:
    """Change what differs, recorded with its reason; nothing is recorded where nothing does."""
    old = {
        name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value
    }
    for name in old:
        setattr(row, name, values[name])
    if old:
        record(kind, row, by=by, old=old, reason=reason)


def _check_managed(person: Person, by: Actor) -> rules.Subject:
    subject = subjects_of([person.id])[person.id]
    if not rules.may_manage(by, subject):
        raise NotFound()
    return subject


def end_role(*, held: RoleHeld, reason: str, by: Actor) -> RoleHeld:
    """End a role that somebody holds; what they did in it stays.

    Raises:
        NotFound: not a role that `by` may end.
        Conflict: it has ended already.
        RuleBroken: no reason, or nobody would be left to administer the hub.
    """
    hold_person(held.person_id)
    subject = subjects_of([held.person_id])[held.person_id]
    if not rules.may_end(by, subject, held.role, held.organisation.path):
        raise NotFound()
    db.session.refresh(held)
    if held.ended_at is not None:
        raise Conflict(N_("Somebody else ended this role in the meantime."))
    if held.role == "administrator" and held.organisation.parent_id is None:
        queries.hold_roots()
        if not queries.runs_somebody_else(besides_role=held.id):
            raise _last()
    _change(held, "role.ended", reason, by, ended_at=clock.now())
    return held


def _last() -> RuleBroken:
    return RuleBroken(
        N_("Nobody else administers the whole hub. Let somebody else do so first."), field="reason"
    )


def keep_out(*, person: Person, reason: str, by: Actor) -> Person:
    """Let a person sign in no more, and end their sessions; their records stay.

    Raises:
        NotFound: somebody whom `by` does not manage, or `by` itself.
        RuleBroken: no reason, or nobody would be left to administer the hub.
    """
    subject = _check_managed(person, by)
    if person.id == by.id:
        raise NotFound()
    hold_person(person.id)
    if any(held.name == "administrator" and rules.is_root(held.path) for held in subject.roles):
        queries.hold_roots()
        if not queries.runs_somebody_else(besides_person=person.id):
            raise _last()
    _change(person, "person.disabled", reason, by, disabled_at=person.disabled_at or clock.now())
    end_sessions(person_id=person.id)
    return person


def let_in(*, person: Person, reason: str, by: Actor) -> Person:
    """Let a person sign in again, with the password they had.

    Raises:
        NotFound: somebody whom `by` does not manage.
        RuleBroken: no reason.
    """
    _check_managed(person, by)
    _change(person, "person.enabled", reason, by, disabled_at=None)
    return person


def end_all_sessions(*, person: Person, by: Actor) -> int:
    """Sign a person out everywhere, as after a lost phone; returns of how many sessions.

    Raises:
        NotFound: somebody whom `by` does not manage, or `by` itself.
    """
    _check_managed(person, by)
    if person.id == by.id:
        raise NotFound()
    ended = end_sessions(person_id=person.id)
    if ended:
        record("person.sessions-ended", person, by=by)
    return ended
