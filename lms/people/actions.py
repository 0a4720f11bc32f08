"""Prove who one is, sign in and out, add organisations, people and roles."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from lms import clock
from lms.actor import Actor, Proof
from lms.columns import digest, new_id
from lms.db import aside, db, transaction
from lms.errors import N_, NotFound, RuleBroken, Throttled
from lms.people import queries, rules
from lms.people.models import Organisation, Password, Person, RoleHeld, SessionHeld, SignInTry
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

    Runs in a short read transaction before the request's own: argon2 takes a tenth of a
    second, during which the only write lock must stay free.
    """
    login_digest, address_digest = digest(login.strip().lower()), digest(address)
    with aside():
        tries = queries.failed_tries(login_digest, address_digest, clock.now())
        found = queries.find_login(login)
        person_id = found[0].id if found and not found[0].disabled_at else None
        stored = found[1] if found else None
    wait = rules.wait_seconds(tries, clock.now())
    if wait:
        return Checked(login_digest, address_digest, person_id, None, wait)
    proof = None
    if _matches(stored, password) and person_id:
        proof = Proof(person_id, "password", clock.now())
    return Checked(login_digest, address_digest, person_id, proof, 0)


def _matches(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def check_own_password(by: Actor, password: str, address: str) -> Checked:
    """Check the password that a signed-in person enters again in order to sign.

    A wrong one is counted at once, in a transaction of its own: what follows is refused.
    """
    with aside():
        login = queries.login_of(by.id)
    checked = check_login(login, password, address)
    if checked.proof is None and not checked.wait:
        with transaction():
            _count(checked)
    return checked


def _count(checked: Checked) -> None:
    db.session.add(
        SignInTry(
            at=clock.now(),
            login_digest=checked.login_digest,
            address_digest=checked.address_digest,
            succeeded=checked.proof is not None,
            person_id=checked.person_id,
        )
    )


def sign_in(checked: Checked) -> Actor | None:
    """Begin a session for who was proved; a failure is counted and returned as None.

    Raises:
        Throttled: too many failures lately; the words are the same whoever was asked for.
    """
    if checked.wait:
        raise _throttled(checked)
    _count(checked)
    person = db.session.get(Person, checked.person_id) if checked.proof else None
    if person is None:
        if checked.person_id and (known := db.session.get(Person, checked.person_id)):
            record("person.sign-in-failed", known, by=Actor(known.id, known.name))
        return None
    session = SessionHeld(id=new_id(), person_id=person.id, begun_at=clock.now())
    db.session.add(session)
    record("person.signed-in", person, by=Actor(person.id, person.name))
    return queries.actor_of_session(session.id)


def _throttled(checked: Checked) -> Throttled:
    return Throttled(
        N_("Too many tries. Wait %(minutes)s minutes, then try again."),
        retry_after=checked.wait,
        minutes=-(-checked.wait // 60),
    )


def confirm_proof(checked: Checked | None) -> Proof:
    """Return the proof for a signature.

    Raises:
        RuleBroken: no password or a wrong one; shown at its field.
        Throttled: too many wrong ones lately.
    """
    if checked is not None and checked.wait:
        raise _throttled(checked)
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
    """Add an organisation below `parent` (None: a root); country is an ISO 3166 code."""
    id = new_id()
    organisation = Organisation(
        id=id,
        name=name,
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
        RuleBroken: a name that is none, or a sign-in name that is taken.
    """
    rules.check_name(name)
    if native_name:
        rules.check_name(native_name)
    if queries.find_login(login):
        raise RuleBroken(N_("The sign-in name %(login)s is taken."), field="login", login=login)
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


def set_password(*, person: Person, password: str, by: Actor) -> Password:
    """Give a person a new password; older ones stay on record and count no more.

    Raises:
        RuleBroken: too short.
    """
    rules.check_password(password, person.login)
    row = Password(person_id=person.id, hash=_hasher.hash(password), set_at=clock.now())
    db.session.add(row)
    record("password.set", row, by=by)
    return row


def grant_role(*, person: Person, role: str, organisation: Organisation, by: Actor) -> RoleHeld:
    """Give a person a role at an organisation and everything below it.

    Raises:
        RuleBroken: there is no such role.
    """
    rules.check_role(role)
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
