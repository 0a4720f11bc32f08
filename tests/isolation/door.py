"""What a row of the table of who may says, and the roles that rows share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.isolation.world import ROLES, Records

EVERYBODY = ("stranger", *ROLES)
DESK = ("reviewer", "owner")
OVERSEE = ("administrator", "coordinator")
DECIDE = ("owner", "coordinator")


@dataclass(frozen=True)
class Door:
    """Who may do what at an endpoint.

    Attributes:
        path: its address; `{name}` is a field of Records, or `{version}`.
        get, post: the status for those who may, with an empty form; None: 405.
        roles: who passes the door; everybody else is refused by role.
        record: which field of Records names what is opened; "" when nobody owns it.
        neighbour: whose record stands for another person's, of the same and of the other site.
        others: the roles that reach such a record of their own site; nobody reaches the other's.
        absent: an address of the same kind where nothing is.
        sends: what makes the JSON that is posted, of one's own records.
        reads: what is posted changes nothing, and so needs no token.
        also: a further person of this site who tries, beside one of each role.
        not_own: the roles that open it for others and not for themselves.
        everywhere: the roles that answer for the whole hub and reach the other site's as well.
    """

    path: str
    get: int | None = None
    post: int | None = None
    roles: tuple[str, ...] = ROLES
    record: str = ""
    neighbour: str = "colleague"
    others: tuple[str, ...] = ()
    absent: str = ""
    sends: Callable[[Records], Any] | None = None
    also: tuple[str, ...] = field(default=())
    reads: bool = False
    not_own: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
