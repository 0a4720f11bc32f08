"""What a kind of background work is; the domain's own rows say what is pending, never a queue."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """One kind of work.

    Attributes:
        name: unique, e.g. "certificates.seal".
        pending: returns up to so many items that still need doing, oldest first (reads only).
        do: does one item, idempotently, in transactions of its own; raising leaves it pending.
    """

    name: str
    pending: Callable[[int], list[str]]
    do: Callable[[str], None]
