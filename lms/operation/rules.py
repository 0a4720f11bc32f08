"""What is well on a machine, what wants a look, what has failed: words for each number. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from lms.errors import N_

WELL, LOOK, BAD = "well", "look", "bad"
WORDS = {WELL: N_("Well"), LOOK: N_("Look at this"), BAD: N_("Not well")}


@dataclass(frozen=True)
class Check:
    """One line of the operator's page: a name, a state, a sentence and its values."""

    name: str
    state: str
    said: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """A kind of work: how many items wait, whether there are more, since when, how many failed."""

    kind: str
    number: int
    more: bool
    oldest: datetime | None
    failed: int


def worst(checks: Iterable[Check]) -> str:
    """Return the state of the worst of some checks."""
    states = {check.state for check in checks}
    return BAD if BAD in states else LOOK if LOOK in states else WELL


def of_part(name: str, well: bool) -> Check:
    """Judge a part that answers or does not."""
    return Check(name, WELL if well else BAD, N_("It answers.") if well else N_("No answer."))


def of_scanner(is_set: bool, answers: bool) -> Check:
    """Judge the scanner for malware; a hub without one works, and says so."""
    name = N_("Scanner for malware")
    if not is_set:
        said = N_("None is set: files of learners are handed out unscanned.")
        return Check(name, WELL, said)
    silent = N_("No answer: files that learners sent wait, and markers do not get them.")
    return Check(name, WELL if answers else BAD, N_("It answers.") if answers else silent)


def of_worker(seen_at: datetime | None, now: datetime) -> Check:
    """Judge the worker by when it last said that it lives, which it does every minute."""
    name = N_("Background worker")
    if seen_at is None:
        return Check(name, BAD, N_("None was seen for a day: certificates and the audit log wait."))
    quiet = now - seen_at
    values = {"when": seen_at}
    if quiet < timedelta(minutes=3):
        return Check(name, WELL, N_("Last seen %(when)s."), values)
    state = LOOK if quiet < timedelta(minutes=15) else BAD
    return Check(name, state, N_("Last seen %(when)s; it should be seen every minute."), values)


def of_disk(free: int, total: int) -> Check:
    """Judge the room left on the disk, in bytes: below 5 % or 500 MB nothing may be stored soon."""
    share = free / total if total else 0
    state = WELL
    if share < 0.15 or free < 2_000_000_000:
        state = LOOK
    if share < 0.05 or free < 500_000_000:
        state = BAD
    values = {"free": size(free), "total": size(total)}
    return Check(N_("Disk"), state, N_("%(free)s of %(total)s are free."), values)


def of_backup(made_at: datetime | None, now: datetime) -> Check:
    """Judge the age of the last backup that this machine made."""
    name = N_("Backup")
    if made_at is None:
        return Check(name, BAD, N_("None was made on this machine yet."))
    age = now - made_at
    state = WELL if age < timedelta(days=2) else LOOK if age < timedelta(days=8) else BAD
    return Check(name, state, N_("The last was made %(when)s."), {"when": made_at})


def state_of(waiting: Waiting, now: datetime) -> str:
    """Judge a kind of work: failures are not well, an hour of waiting wants a look."""
    if waiting.failed:
        return BAD
    long = waiting.oldest is not None and now - waiting.oldest > timedelta(hours=1)
    return LOOK if long else WELL


def size(number: int) -> str:
    """Return a number of bytes as people read it, in powers of 1000: "12.3 MB"."""
    value = float(number)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"
