"""What can be noted on a sheet, and what of it stands after all taps. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from lms.errors import N_, RuleBroken

DONE, CORRECTED, NOT_DONE, NOT_OBSERVED = "done", "self-corrected", "not-done", "not-observed"
VALUES = (DONE, CORRECTED, NOT_DONE, NOT_OBSERVED)
ACHIEVED = frozenset({DONE, CORRECTED})
RATINGS = ("1", "2", "3", "4", "5")

# How a tap stood when it came in; the closing one is the sheet's last.
COUNTS, LATE, CLOSING = "counts", "late", "closing"

# Who writes the closing row of a sheet; no page may go by this name.
CLOSER = "server"

# What can be noted besides steps: whether the learner had the site's safety induction (which
# stands in for the biosafety module where that is not required), and text of so many characters.
STEP = "step:"
INDUCTION = "induction"
YES = "yes"
RECORDS = ("room", "equipment", "lot")
TEXTS = {"room": 200, "equipment": 400, "lot": 200, "help": 2000, "note": 4000, "stop": 1000}


class Noted(Protocol):
    """A tap as far as it decides what stands."""

    @property
    def subject(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def standing(self) -> str: ...
    @property
    def tapped_at(self) -> datetime: ...


@dataclass(frozen=True)
class Standing:
    """What stands for a subject: its value, when it was tapped, since when it is achieved."""

    value: str
    tapped_at: datetime
    achieved_at: datetime | None


def check_tap(practical: Mapping[str, Any], subject: str, value: str) -> None:
    """Refuse a tap on what the practical does not have, or with a value that is none.

    Raises:
        RuleBroken: nothing of it is kept.
    """
    if subject.startswith(STEP):
        known = any(STEP + step["id"] == subject for step in practical["steps"])
        fine = known and value in VALUES
    elif subject == "rating":
        fine = value in RATINGS
    elif subject == INDUCTION:
        fine = value in (YES, "")
    else:
        fine = subject in TEXTS and len(value) <= TEXTS[subject]
    if not fine:
        raise RuleBroken(N_("This practical has nothing of this kind to note."))


def current(taps: Iterable[Noted]) -> dict[str, Standing]:
    """Return what stands for each subject, whatever order and however often taps came in.

    Among taps of one client its own highest sequence counts; between clients (a phone, then a
    tablet) the one whose last word on the subject was tapped later, as the devices say.
    """
    by_subject: dict[str, dict[str, dict[int, Noted]]] = {}
    for tap in taps:
        if tap.standing == COUNTS:
            clients = by_subject.setdefault(tap.subject, {})
            clients.setdefault(tap.client, {})[tap.sequence] = tap
    return {subject: _standing(clients) for subject, clients in by_subject.items()}


def _standing(clients: Mapping[str, Mapping[int, Noted]]) -> Standing:
    runs = [[rows[sequence] for sequence in sorted(rows)] for rows in clients.values()]
    newest = max(runs, key=lambda run: (run[-1].tapped_at, run[-1].client))
    since: datetime | None = None
    for tap in newest:
        since = (since or tap.tapped_at) if tap.value in ACHIEVED else None
    return Standing(newest[-1].value, newest[-1].tapped_at, since)


def content(taps: Iterable[Noted]) -> list[list[str]]:
    """Return everything that counts on a sheet, as plain values: what a signature is bound to."""
    rows = {(t.client, t.sequence): t for t in taps if t.standing == COUNTS}
    return [
        [client, str(sequence), tap.subject, tap.value, tap.tapped_at.isoformat()]
        for (client, sequence), tap in sorted(rows.items(), key=lambda item: item[0])
    ]
