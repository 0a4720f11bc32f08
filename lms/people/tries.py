"""Count tries to sign in before anything is looked at, so that many at once pass no limit."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from lms import clock
from lms.columns import new_id
from lms.db import aside, db, transaction
from lms.errors import N_, Throttled
from lms.people import queries, rules
from lms.people.models import SignInTry
from lms.settings import setting


@dataclass(frozen=True)
class Counted:
    """A try that was counted as failed ("" where it must wait), and for how many seconds."""

    id: str
    login_digest: str
    address_digest: str
    wait: int


def veiled(text: str) -> str:
    """Return a digest that cannot be had without the hub's secret key."""
    return hmac.new(setting("SECRET_KEY").encode(), text.encode(), sha256).hexdigest()


def begin(login: str, address: str) -> Counted:
    """Count a try as failed and say whether it may go on; before the request's transaction.

    Counted first and looked at afterwards: of any number of tries at once at most as many go on
    as one after the other. Whoever waits already is not written down again.
    """
    keys = veiled(login.strip().lower()), veiled(address)
    with aside():
        wait = rules.wait_seconds(queries.failed_tries(*keys, clock.now()), clock.now())
    if wait:
        return Counted("", *keys, wait)
    id = new_id()
    with transaction():
        db.session.add(
            SignInTry(
                id=id,
                at=clock.now(),
                login_digest=keys[0],
                address_digest=keys[1],
                succeeded=False,
            )
        )
    with aside():
        tries = rules.without_own(queries.failed_tries(*keys, clock.now()))
    return Counted(id, *keys, rules.wait_seconds(tries, clock.now()))


def succeed(try_id: str, person_id: str) -> None:
    """Say in the open transaction that a try was right: the count of its name starts anew."""
    row = db.session.get(SignInTry, try_id)
    if row is not None:
        row.succeeded, row.person_id = True, person_id


def throttled(wait: int) -> Throttled:
    """Return the refusal; its words are the same whoever was asked for."""
    return Throttled(
        N_("Too many tries. Wait %(minutes)s minutes, then try again."),
        retry_after=wait,
        minutes=-(-wait // 60),
    )
