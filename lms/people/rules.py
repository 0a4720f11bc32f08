"""Who may hold what, when a sign-in is throttled, what a password must be. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.errors import N_, RuleBroken

ROLES = (
    "learner",
    "instructor",
    "reviewer",
    "owner",
    "coordinator",
    "regulator",
    "administrator",
)
LABELS = {
    "learner": N_("Learner"),
    "instructor": N_("Instructor"),
    "reviewer": N_("Reviewer"),
    "owner": N_("Content owner"),
    "coordinator": N_("Coordinator"),
    "regulator": N_("Regulator"),
    "administrator": N_("Administrator"),
}

WINDOW = timedelta(minutes=15)
TRIES_PER_LOGIN = 5
TRIES_PER_ADDRESS = 50  # one address may be a whole classroom behind one router
SHORTEST_PASSWORD = 10
LONGEST_NAME = 200
# They turn the direction of what follows: a name that is not what it seems.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Tries:
    """Failed tries within the window, for this login and for this address, and their oldest."""

    login: int
    login_oldest: datetime | None
    address: int
    address_oldest: datetime | None


def wait_seconds(tries: Tries, now: datetime) -> int:
    """Return for how many seconds the next try must wait, 0 when it need not."""
    waits = [0]
    if tries.login >= TRIES_PER_LOGIN and tries.login_oldest:
        waits.append(int((tries.login_oldest + WINDOW - now).total_seconds()) + 1)
    if tries.address >= TRIES_PER_ADDRESS and tries.address_oldest:
        waits.append(int((tries.address_oldest + WINDOW - now).total_seconds()) + 1)
    return max(waits)


def check_password(password: str, login: str) -> None:
    """Refuse a password that is too short or is the login itself.

    Raises:
        RuleBroken: with the words to show.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(
            N_("Use at least %(count)s characters; a short sentence is good."),
            field="password",
            count=SHORTEST_PASSWORD,
        )
    if password.casefold() == login.casefold():
        raise RuleBroken(N_("The password must not be the sign-in name."), field="password")


def check_name(name: str) -> None:
    """Refuse a name that is empty, too long for its column, or has what no line can hold.

    Any script will do: what a certificate can print is the certificate's own question.
    """
    unprintable = [c for c in name if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in _TURNS]
    if not name.strip() or len(name) > LONGEST_NAME or unprintable:
        raise RuleBroken(
            N_("A name has 1 to %(most)s characters, on one line."), field="name", most=LONGEST_NAME
        )


def check_role(role: str) -> None:
    """Refuse a role that does not exist."""
    if role not in ROLES:
        raise RuleBroken(N_("There is no role %(role)s."), field="role", role=role)
