"""The one clock: UTC now and today; tests and drills may set it, nothing else reads the time."""

from collections.abc import Callable
from datetime import UTC, date, datetime

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """Return the present moment as an aware UTC datetime."""
    return _source() if _source else datetime.now(UTC)


def today() -> date:
    """Return the present day in UTC, the day that certificates and levels count in."""
    return now().date()


def set_clock(source: Callable[[], datetime] | None) -> None:
    """Let `source` tell the time instead of the machine (None gives the machine back)."""
    global _source
    _source = source
