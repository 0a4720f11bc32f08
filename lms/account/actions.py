"""Write slips, set a password by one, change one's own password and language, end sessions."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from lms import clock
from lms.account import queries
from lms.account.models import Slip, SlipUse
from lms.account.rules import COUNTS_FOR, is_good, new_code, plain_code
from lms.actor import Actor
from lms.db import aside, db, insert_once
from lms.errors import N_, NotFound, RuleBroken
from lms.people import actions as people
from lms.people import rules, tries
from lms.people.actions import Checked
from lms.people.models import Person, SessionHeld
from lms.people.queries import find_login, hold_person, subjects_of
from lms.records.actions import record

FEWEST, MOST = 1, 60


@dataclass(frozen=True)
class Written:
    """A slip just written: the only moment at which its code is known."""

    person: Person
    code: str
    slip: Slip

    @property
    def until(self) -> datetime:
        """Return the moment at which it stops counting."""
        return self.slip.written_at + COUNTS_FOR


def _digest(person_id: str, code: str) -> str:
    return tries.veiled(f"slip:{person_id}:{plain_code(code)}")


def write_slips(*, people: Sequence[Person], batch: str, by: Actor) -> list[Written]:
    """Write a one-time slip for each of some people; any slip they had counts no more.

    Args:
        people: 1 to 60 of them.
        batch: a random id of the page from which this was asked for.

    Raises:
        NotFound: somebody whom `by` does not manage.
        RuleBroken: nobody was named, too many, somebody is disabled, or this was asked already.
    """
    if not FEWEST <= len(people) <= MOST:
        raise RuleBroken(N_("Choose 1 to %(most)s people for slips."), most=MOST)
    ids = sorted(person.id for person in people)
    subjects = subjects_of(ids)
    if not all(rules.may_manage(by, subjects[id]) for id in ids):
        raise NotFound()
    for id in ids:
        hold_person(id)
    if queries.was_written(ids, batch):
        raise RuleBroken(
            N_(
                "These slips were shown already, and are shown only once. If none was printed,"
                " open the page again and make new ones."
            )
        )
    return [_write(person, batch, by) for person in people]


def _write(person: Person, batch: str, by: Actor) -> Written:
    if person.disabled_at:
        raise RuleBroken(N_("%(name)s may not sign in. Let them in first."), name=person.name)
    code = new_code()
    slip = Slip(
        person_id=person.id,
        number=queries.next_number(person.id),
        batch=batch,
        code_digest=_digest(person.id, code),
        written_at=clock.now(),
        written_by=by.id,
    )
    db.session.add(slip)
    record("slip.written", slip, by=by)
    return Written(person, code, slip)


@dataclass(frozen=True)
class Shown:
    """What was typed from a slip, checked before any writing transaction opened."""

    try_id: str
    person_id: str | None
    slip_id: str | None
    password: str
    stored: str
    wait: int


def check_slip(login: str, code: str, password: str, address: str) -> Shown:
    """Check a sign-in name and a slip's code; counted and throttled as any try to sign in.

    Whoever is asked for, the same is read and one password is hashed.
    """
    counted = tries.begin(login, address)
    if counted.wait:
        return Shown("", None, None, password, "", counted.wait)
    with aside():
        found = find_login(login)
        person_id = found[0].id if found and not found[0].disabled_at else None
        slip, used = queries.newest_slip(person_id or "")
        right = slip is not None and hmac.compare_digest(
            slip.code_digest, _digest(person_id or "", code)
        )
        good = slip is not None and is_good(
            written_at=slip.written_at, used=used, newer=False, now=clock.now()
        )
        slip_id = slip.id if slip and right and good else None
    return Shown(counted.id, person_id, slip_id, password, people.hashed(password), 0)


def use_slip(*, shown: Shown, device: str | None = None) -> Actor | None:
    """Set the password that was typed with a good slip and begin a session; else None.

    Whoever was signed in as this person is out. Of two at once with one slip one gets in.

    Raises:
        Throttled: too many failures lately.
        RuleBroken: a password that is none; the slip stays good.
    """
    if shown.wait:
        raise tries.throttled(shown.wait)
    if shown.person_id is None or shown.slip_id is None:
        return None
    hold_person(shown.person_id)
    slip = queries.good_slip(shown.person_id, clock.now())
    person = db.session.get_one(Person, shown.person_id, populate_existing=True)
    if slip is None or slip.id != shown.slip_id or person.disabled_at:
        return None
    by = Actor(person.id, person.name)
    use, mine = insert_once(SlipUse, ("slip_id",), slip_id=slip.id, used_at=clock.now())
    if not mine:
        return None
    record("slip.used", use, by=by)
    people.set_password(person=person, password=shown.password, by=by, stored=shown.stored)
    end_sessions(person_id=person.id)
    tries.succeed(shown.try_id, person.id)
    return people.begin_session(person, device=device)


def end_sessions(*, person_id: str, but: str | None = None) -> int:
    """End every session of a person, save perhaps one; returns how many there were."""
    ended = db.session.execute(
        update(SessionHeld)
        .where(
            SessionHeld.person_id == person_id,
            SessionHeld.ended_at.is_(None),
            SessionHeld.id != (but or ""),
        )
        .values(ended_at=clock.now())
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]


def change_password(*, password: str, stored: str, checked: Checked | None, by: Actor) -> None:
    """Set one's own new password, having entered the old one; other sessions end.

    Raises:
        RuleBroken: the old one is wrong, or the new one is none.
        Throttled: too many wrong ones lately.
    """
    if checked is not None and checked.wait:
        raise tries.throttled(checked.wait)
    if checked is None or checked.proof is None:
        raise RuleBroken(N_("This is not your password. Nothing was changed."), field="current")
    person = queries.own_person(by.id)
    people.set_password(person=person, password=password, by=by, stored=stored)
    end_sessions(person_id=by.id, but=by.session)


def choose_language(*, locale: str, by: Actor) -> None:
    """Choose the language in which the platform speaks to oneself."""
    person = queries.own_person(by.id)
    if person.locale != locale:
        old, person.locale = person.locale, locale
        record(
            "person.language-chosen", person, by=by, old={"locale": old},
            reason="chosen by the person",
        )  # fmt: skip


def end_own_session(*, session_id: str, by: Actor) -> None:
    """End one of one's own sessions, as on a laptop left behind.

    Raises:
        NotFound: it is not one's own, or it has ended.
    """
    session = queries.own_session(session_id, by.id)
    session.ended_at = clock.now()
    record("person.session-ended", queries.own_person(by.id), by=by)


def end_other_sessions(*, by: Actor) -> int:
    """End all of one's own sessions but this one; returns how many."""
    ended = end_sessions(person_id=by.id, but=by.session)
    if ended:
        record("person.sessions-ended", queries.own_person(by.id), by=by)
    return ended
