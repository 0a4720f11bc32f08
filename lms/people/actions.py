"""Prove who one is, sign in and out, add organisations, people and roles."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from lms import clock
from lms.actor import Actor, Proof
from lms.columns import new_id
from lms.db import aside, db, transaction
from lms.errors import N_, NotAllowed, NotFound, RuleBroken
from lms.people import queries, rules, tries
from lms.people.models import Organisation, Password, Person, RoleHeld, SessionHeld
from lms.records.actions import record

_hasher = PasswordHasher()
# Somebody unknown costs the same time as a wrong password, so that time tells nothing.
_NOBODY = _hasher.hash(new_id())


@dataclass(frozen=True)
class Checked:
    """The outcome of checking a password, made before any writing transaction opened."""

    login_digest: str
    address_digest: str
    person_id: str | None
    proof: Proof | None
    wait: int


def check_login(login: str, password: str, address: str) -> Checked:
    """Check a sign-in name and a password; costs the same time whoever is asked for.

    Runs before the request's own transaction: argon2 takes a tenth of a second, during which the
    only write lock must stay free. The try is counted before that, in a short one of its own.
    """
    counted = tries.begin(login, address)
    keys = counted.login_digest, counted.address_digest
    if counted.wait:
        return Checked(*keys, None, None, counted.wait)
    with aside():
        found = queries.find_login(login)
        person_id = found[0].id if found and not found[0].disabled_at else None
        stored = found[1] if found else None
    if not (_matches(stored, password) and person_id):
        return Checked(*keys, person_id, None, 0)
    with transaction():
        tries.succeed(counted.id, person_id)
    return Checked(*keys, person_id, Proof(person_id, "password", clock.now()), 0)


def _matches(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def check_own_password(by: Actor, password: str, address: str) -> Checked:
    """Check the password that a signed-in person enters again; a wrong one counts as any try."""
    with aside():
        login = queries.login_of(by.id)
    return check_login(login, password, address)


def sign_in(checked: Checked, *, device: str | None = None) -> Actor | None:
    """Begin a session for who was proved; a failure was counted and is returned as None.

    Args:
        device: kind of browser and system, so that a person knows their sessions apart.

    Raises:
        Throttled: too many failures lately; the words are the same whoever was asked for.
    """
    if checked.wait:
        raise tries.throttled(checked.wait)
    person = db.session.get(Person, checked.person_id) if checked.proof else None
    if person is None:
        if checked.person_id and (known := db.session.get(Person, checked.person_id)):
            record("person.sign-in-failed", known, by=Actor(known.id, known.name))
        return None
    return begin_session(person, device=device)


def begin_session(person: Person, *, device: str | None = None) -> Actor | None:
    """Begin a session for a person who has proved who they are; None if they are disabled."""
    session = SessionHeld(id=new_id(), person_id=person.id, begun_at=clock.now(), device=device)
    db.session.add(session)
    record("person.signed-in", person, by=Actor(person.id, person.name))
    return queries.actor_of_session(session.id)


def confirm_proof(checked: Checked | None) -> Proof:
    """Return the proof for a signature.

    Raises:
        RuleBroken: no password or a wrong one; shown at its field.
        Throttled: too many wrong ones lately.
    """
    if checked is not None and checked.wait:
        raise tries.throttled(checked.wait)
    if checked is None or checked.proof is None:
        raise RuleBroken(N_("This is not your password. Nothing was signed."), field="password")
    return checked.proof


def sign_out(*, by: Actor) -> None:
    """End the actor's session."""
    session = db.session.get(SessionHeld, by.session) if by.session else None
    person = db.session.get(Person, by.id)
    if session and session.ended_at is None and person:
        session.ended_at = clock.now()
        record("person.signed-out", person, by=by)


def add_organisation(
    *, name: str, country: str, parent: Organisation | None, by: Actor
) -> Organisation:
    """Add an organisation below `parent` (None: a root); country is an ISO 3166 code.

    Raises:
        NotAllowed: `by` does not administer the place above.
        RuleBroken: a name that is none.
    """
    if not rules.may_run(by, parent.path if parent else ""):
        raise NotAllowed()
    rules.check_name(name)
    id = new_id()
    organisation = Organisation(
        id=id,
        name=name.strip(),
        country=country.upper(),
        parent_id=parent.id if parent else None,
        path=f"{parent.path if parent else '/'}{id}/",
        created_at=clock.now(),
    )
    db.session.add(organisation)
    record("organisation.added", organisation, by=by)
    return organisation


def add_person(
    *,
    name: str,
    login: str,
    organisation: Organisation,
    by: Actor,
    native_name: str | None = None,
    locale: str | None = None,
) -> Person:
    """Add a person at an organisation.

    Raises:
        NotFound: `by` oversees nobody at that organisation.
        RuleBroken: a name that is none, or a sign-in name that is none or taken.
    """
    if not rules.may_oversee(by, organisation.path):
        raise NotFound()
    rules.check_name(name)
    if native_name:
        rules.check_name(native_name, field="native_name")
    check_login_is_free(login)
    person = Person(
        name=name.strip(),
        native_name=native_name,
        login=login.strip().lower(),
        organisation_id=organisation.id,
        locale=locale,
        created_at=clock.now(),
    )
    db.session.add(person)
    record("person.added", person, by=by)
    return person


def check_login_is_free(login: str) -> None:
    """Refuse a sign-in name that is none or somebody's already.

    Raises:
        RuleBroken: with what to do about a staff number that two sites have given.
    """
    rules.check_login(login)
    if not queries.find_login(login):
        return
    said = N_(
        "The sign-in name %(login)s is taken. Is it the same person? Then search for them."
        " If it is a staff number that another site gave as well, put your site before it,"
        " as in SITE-%(login)s."
    )
    if "@" in login:
        said = N_("The sign-in name %(login)s is taken. Is it the same person? Search for them.")
    raise RuleBroken(said, field="login", login=login.strip())


def hashed(password: str) -> str:
    """Return what is stored of a password; takes a tenth of a second, so call it early."""
    return _hasher.hash(password)


def set_password(
    *, person: Person, password: str, by: Actor, stored: str | None = None
) -> Password:
    """Give a person a new password; older ones stay on record and count no more.

    Args:
        stored: its hash, where that was made before the writing transaction opened.

    Raises:
        RuleBroken: too short.
    """
    rules.check_password(password, person.login)
    row = Password(person_id=person.id, hash=stored or hashed(password), set_at=clock.now())
    db.session.add(row)
    record("password.set", row, by=by)
    return row


def grant_role(*, person: Person, role: str, organisation: Organisation, by: Actor) -> RoleHeld:
    """Give a person a role at an organisation and everything below it.

    A role that they hold there already is returned as it is.

    Raises:
        NotFound: `by` oversees neither that person nor that organisation.
        NotAllowed: not a role that `by` may give there.
        RuleBroken: there is no such role.
    """
    rules.check_role(role)
    queries.hold_person(person.id)
    home = queries.subjects_of([person.id])[person.id].home
    if not (rules.may_oversee(by, home) and rules.may_oversee(by, organisation.path)):
        raise NotFound()
    if not rules.may_grant(by, role, organisation.path):
        raise NotAllowed()
    if standing := queries.role_held(person.id, role, organisation.id):
        return standing
    held = RoleHeld(
        person_id=person.id,
        role=role,
        organisation_id=organisation.id,
        granted_at=clock.now(),
    )
    db.session.add(held)
    record("role.granted", held, by=by)
    return held


def find_person(login: str) -> Person:
    """Return the person with this sign-in name.

    Raises:
        NotFound: there is none.
    """
    found = queries.find_login(login)
    if found is None:
        raise NotFound(N_("There is no person with the sign-in name %(login)s."), login=login)
    return found[0]
