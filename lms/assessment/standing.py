"""How a response stands when it comes in: it counts, or it is kept and does not. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

COUNTS, STALE, ELSEWHERE, LATE = "counts", "stale", "elsewhere", "late"
CLOSING = "closing"
# Who writes the closing row of an attempt; no page may go by this name.
CLOSER = "server"
# Who writes what was answered with a pen; as it holds the lease, no page is let in beside it.
PAPER = "paper"
# Answers typed before the deadline may take this long to arrive over a slow line.
GRACE = timedelta(seconds=60)


@dataclass(frozen=True)
class State:
    """What is known of an attempt when a response comes in.

    Attributes:
        holder: the client that holds the lease (None: nobody has answered yet).
        item_number: the server number of the response that counts for this item, 0 for none.
    """

    deadline: datetime
    submitted: bool
    holder: str | None
    item_number: int


def standing(state: State, *, client: str, seen: int, now: datetime) -> str:
    """Return how a response stands.

    Late after the deadline (and its grace) or the submission; elsewhere when another tab or
    device holds the attempt; stale when the page had not seen the answer that it would replace.
    A client's own later answers are never stale: it sends them in order and knows them all.
    """
    if state.submitted or now > state.deadline + GRACE:
        return LATE
    if state.holder not in (None, client):
        return ELSEWHERE
    if is_form(client) and state.item_number > seen:
        return STALE
    return COUNTS


def is_form(client: str) -> bool:
    """Tell whether a client is the plain form, which all tabs of a session share."""
    return client.startswith("form-")
