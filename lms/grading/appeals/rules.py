"""Until when a result may be appealed against, and who may decide. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from lms.errors import N_, RuleBroken

WINDOW = timedelta(days=30)  # after the result was released


def last_moment(released_at: datetime) -> datetime:
    """Return until when a result may be appealed against."""
    return released_at + WINDOW


def check_appeal(*, now: datetime, released_at: datetime, is_open: bool) -> None:
    """Refuse an appeal that comes too late, or beside one that nobody has decided yet.

    Raises:
        RuleBroken: with what to do instead.
    """
    if is_open:
        raise RuleBroken(N_("Your last appeal is not decided yet. Its answer comes first."))
    if now > last_moment(released_at):
        raise RuleBroken(
            N_("A result can be appealed against for %(days)s days. Ask your coordinator."),
            days=WINDOW.days,
        )


def check_decider(decider: str, involved: Collection[str]) -> None:
    """Refuse a decision by somebody who marked an answer of the attempt or released its result.

    Raises:
        RuleBroken: it must be somebody else.
    """
    if decider in involved:
        raise RuleBroken(
            N_("You marked or released this attempt. Somebody who did not decides the appeal.")
        )
