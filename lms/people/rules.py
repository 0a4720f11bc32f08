"""Who may manage whom, when a sign-in is throttled, what names and passwords must be. Pure."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lms.actor import SYSTEM, Actor, Role
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

# These count for the whole hub wherever they are held: by what they sign everybody learns.
WHOLE_HUB = frozenset({"reviewer", "owner", "regulator"})

WINDOW = timedelta(minutes=15)
TRIES_PER_LOGIN = 5
TRIES_PER_ADDRESS = 50  # one address may be a whole classroom behind one router
KEPT_AFTER_END = timedelta(days=30)  # how long the row of an ended session is kept
LONGEST_SESSION = timedelta(days=90)
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


def without_own(tries: Tries) -> Tries:
    """Return the tries besides the one at hand, which was counted before it was looked at."""
    return replace(tries, login=tries.login - 1, address=tries.address - 1)


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


def check_name(name: str, field: str = "name") -> None:
    """Refuse a name that is empty, too long for its column, or has what no line can hold.

    Any script will do: what a certificate can print is the certificate's own question.
    """
    unprintable = [c for c in name if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in _TURNS]
    if not name.strip() or len(name) > LONGEST_NAME or unprintable:
        raise RuleBroken(
            N_("A name has 1 to %(most)s characters, on one line."), field=field, most=LONGEST_NAME
        )


def check_login(login: str) -> None:
    """Refuse a sign-in name that is empty, too long, or has a blank or what cannot be typed."""
    plain = login.strip()
    odd = [c for c in plain if c.isspace() or not c.isprintable()]
    if not plain or len(plain) > LONGEST_NAME or odd:
        raise RuleBroken(
            N_("A sign-in name is an e-mail address or a staff number, without blanks."),
            field="login",
        )


def check_role(role: str) -> None:
    """Refuse a role that does not exist."""
    if role not in ROLES:
        raise RuleBroken(N_("There is no role %(role)s."), field="role", role=role)


_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
             ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"),
             ("CriOS", "Chrome"), ("Safari", "Safari"))  # fmt: skip


def device_of(user_agent: str) -> str | None:
    """Return the kind of browser and system, "Firefox · Windows": enough to know one's own by."""
    found = [
        next((word for mark, word in kinds if mark in user_agent), None)
        for kinds in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(word for word in found if word) or None


# --- who may manage whom --------------------------------------------------------------------


@dataclass(frozen=True)
class Subject:
    """Somebody whose account is managed: the path of where they belong, the roles they hold."""

    id: str
    home: str
    roles: tuple[Role, ...] = ()


def is_root(path: str) -> bool:
    """Tell whether the organisation at `path` has none above it: "/<id>/"."""
    return path.count("/") == 2


def runs_hub(by: Actor) -> bool:
    """Tell whether somebody is administrator at a root, or is the platform itself."""
    return by.id == SYSTEM.id or by.at_root("administrator")


def may_run(by: Actor, path: str) -> bool:
    """Tell whether somebody administers the organisation at `path`: adds below it, renames it."""
    return runs_hub(by) or by.covers(path, "administrator")


def may_oversee(by: Actor, path: str) -> bool:
    """Tell whether somebody sees, and adds to, the people of the organisation at `path`."""
    return runs_hub(by) or by.covers(path, "administrator", "coordinator")


def may_grant(by: Actor, role: str, path: str) -> bool:
    """Tell whether somebody may give (or end) a role at the organisation at `path`."""
    if runs_hub(by):
        return True
    if role == "learner":
        return may_oversee(by, path)
    return role not in WHOLE_HUB and by.covers(path, "administrator")


def may_manage(by: Actor, subject: Subject) -> bool:
    """Tell whether somebody may change a person's names and sign-in, and write slips for them.

    Whoever holds a slip can become that person. So one manages whom one oversees, as long as
    every role they hold is one that one could give: nobody gains a power in this way.
    """
    return may_oversee(by, subject.home) and all(
        may_grant(by, held.name, held.path) for held in subject.roles
    )


def may_end(by: Actor, subject: Subject, role: str, path: str) -> bool:
    """Tell whether somebody may end a role that a person holds at `path`.

    An administrator there may whoever holds it; a coordinator only of people they manage.
    """
    return may_grant(by, role, path) and (may_run(by, path) or may_manage(by, subject))
