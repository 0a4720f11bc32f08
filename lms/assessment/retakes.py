"""Whether a further attempt may start, from when, and how many are left. Pure.

Source: the curriculum map, section 0: two attempts a day apart; one more only after an instructor
has recorded what to learn again; what a pass gives counts for the module's months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from lms.competency.rules import add_months
from lms.errors import N_, RuleBroken

NOW, WAIT, MARKING, PASSED, USED_UP = "now", "wait", "marking", "passed", "used-up"
# So long before the end of what a pass gave it may be renewed: the first of the map's reminders.
RENEWAL = timedelta(days=90)


@dataclass(frozen=True)
class Tried:
    """An earlier attempt: when it was handed in (None: open), and its result (None: not out).

    `counts_until` is the last day on which what a pass gave counts; None means for ever.
    """

    submitted_at: datetime | None
    passed: bool | None
    counts_until: date | None = None


@dataclass(frozen=True)
class Next:
    """What stands between a learner and the next attempt.

    Attributes:
        state: NOW, WAIT, MARKING, PASSED or USED_UP.
        at: the moment from which it may start (WAIT).
        left: how many may still start, a planned one included; 0 where none may.
        begun: whether any attempt counts already.
        until: the last day on which an earlier pass counts, None where none ends.
        renew_on: the day from which that pass may be renewed (PASSED).
        expired: that day is over.
    """

    state: str
    at: datetime | None = None
    left: int = 0
    begun: bool = True
    until: date | None = None
    renew_on: date | None = None
    expired: bool = False

    @property
    def said(self) -> tuple[str, dict[str, Any]]:
        """Return it as a sentence: a translatable template and its parameters."""
        if self.state == NOW and self.until:
            return self._renewal()
        if self.state == NOW:
            again = N_("You can try again now.")
            return (again if self.begun else N_("You can take the assessment now.")), {}
        if self.state == WAIT:
            return N_("You can try again from %(when)s."), {"when": self.at}
        if self.state == MARKING:
            return N_("Your last attempt is being marked. Its result comes first."), {}
        if self.state == USED_UP:
            return N_(
                "Your attempts are used up. An instructor must record what to learn again first;"
                " then you get one more."
            ), {}
        if self.until is None:
            return N_("You have passed this assessment already."), {}
        return N_("You have passed. It counts until %(until)s; you can renew it from %(renew)s."), {
            "until": self.until,
            "renew": self.renew_on,
        }

    def _renewal(self) -> tuple[str, dict[str, Any]]:
        if self.expired:
            message = N_("What you passed counted until %(until)s. Take the assessment again.")
        else:
            message = N_("What you passed counts until %(until)s. You can renew it now.")
        return message, {"until": self.until}


def counts_until(passed_on: date, months: int | None) -> date | None:
    """Return the last day on which a pass counts, by the module's `requalify_months` (0: ever)."""
    return add_months(passed_on, months) if months else None


def next_attempt(
    earlier: Sequence[Tried],
    now: datetime,
    rule: Mapping[str, Any],
    remediated_at: datetime | None = None,
) -> Next:
    """Return whether a further attempt may start.

    A pass that ends within 90 days, or has ended, begins a new round: what was tried before it
    no longer stands in the way.

    Args:
        earlier: first to last.
        rule: `attempts` that are free and `wait_hours` between them.
        remediated_at: when an instructor last recorded what to learn again; a plan recorded
            after the last attempt opens one more, and the wait stays.
    """
    old, tried = _round(earlier, now.date())
    if passed := next((t for t in reversed(tried) if t.passed), None):
        end = passed.counts_until
        return Next(PASSED, until=end, renew_on=end - RENEWAL if end else None)
    until = old.counts_until if old else None
    following = Next(
        NOW,
        left=max(rule["attempts"] - len(tried), 0),
        begun=bool(tried),
        until=until,
        expired=until is not None and now.date() > until,
    )
    if any(t.passed is None for t in tried):
        return replace(following, state=MARKING, left=0)
    last = max((t.submitted_at for t in tried if t.submitted_at), default=None)
    if not following.left and (remediated_at is None or (last and remediated_at <= last)):
        return replace(following, state=USED_UP)
    following = replace(following, left=following.left or 1)
    again = last + timedelta(hours=rule["wait_hours"]) if last else now
    return replace(following, state=WAIT, at=again) if now < again else following


def _round(earlier: Sequence[Tried], today: date) -> tuple[Tried | None, Sequence[Tried]]:
    """Return the last pass that may be renewed, and the attempts since."""
    for place in reversed(range(len(earlier))):
        one = earlier[place]
        if one.passed and one.counts_until and today >= one.counts_until - RENEWAL:
            return one, earlier[place + 1 :]
    return None, earlier


def check_may_start(following: Next) -> None:
    """Refuse a further attempt that may not start.

    Raises:
        RuleBroken: passed, waiting for a result, too soon (with when), or none left.
    """
    if following.state != NOW:
        message, params = following.said
        raise RuleBroken(message, **params)
