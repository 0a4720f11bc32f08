"""What evidence shows on first pages: what programmes still ask for, what waits for assessors."""

from collections.abc import Iterable

from lms import clock
from lms.actor import Actor
from lms.attestation import queries
from lms.attestation.lines import own_lines
from lms.attestation.log.queries import to_countersign
from lms.attestation.panel.queries import own_open, unscored
from lms.web.navigation import Card


def home_cards(user: Actor) -> Iterable[Card]:
    """Return what the user's own programmes ask for, and what waits for them as an assessor."""
    lines = own_lines(user, clock.today())
    if lines:
        open_lines = [
            one for one in lines if not one.standing.met and not one.clause.get("level_3")
        ]
        panels = own_open(user)
        values = {"open": open_lines, "panel": next(iter(panels), None)}
        if open_lines or panels:
            yield Card("attestation/cards/mine.html", values, order=8 if panels else 20)
    if user.has("instructor"):
        yield from _desk(user)


def _desk(user: Actor) -> Iterable[Card]:
    pending = queries.pending(user)
    second = sum(one.verdict == "second" and one.row.attested_by != user.id for one in pending)
    counts = {
        "second": second,
        "unread": sum(one.verdict == "provisional" for one in pending),
        "entries": len(to_countersign(user)),
        "panels": len(unscored(user)),
    }
    if any(counts.values()):
        yield Card("attestation/cards/desk.html", counts, order=7)
