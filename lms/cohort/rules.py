"""How far somebody is in a module, what comes next and who must act. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from lms.assessment.retakes import PASSED as DONE
from lms.assessment.retakes import USED_UP as NONE_LEFT
from lms.assessment.retakes import WAIT, Tried, next_attempt
from lms.errors import N_

NOT_STARTED, READING, READY = "not-started", "reading", "ready"
OPEN, WAITING, FAILED, USED_UP = "open", "waiting", "failed", "used-up"
PRACTICAL, PASSED, COMPLETE = "practical", "passed", "complete"
IDLE_AFTER = timedelta(days=14)
EXPIRY_DAYS = (7, 30, 90)  # curriculum map, section 0: reminders

# For each state: colour, icon, words, what comes next.
SHOWN: dict[str, tuple[str, str, str, str]] = {
    NOT_STARTED: (
        "plain",
        "cannot-tell",
        N_("Not started"),
        N_("The learner opens the first lesson."),
    ),
    READING: (
        "info",
        "info",
        N_("Reading: %(read)s of %(of)s lessons"),
        N_("The learner reads on."),
    ),
    READY: (
        "info",
        "info",
        N_("All lessons read, assessment next"),
        N_("The learner starts the assessment."),
    ),
    OPEN: (
        "info",
        "expired",
        N_("Assessment open"),
        N_("The learner answers and hands in; at the deadline it is handed in by itself."),
    ),
    WAITING: (
        "wait",
        "expired",
        N_("Waiting for a result"),
        N_("An instructor of the delivering organisation marks and releases the result."),
    ),
    FAILED: (
        "bad",
        "cross",
        N_("Not passed, can try again now"),
        N_("The learner reads again what was missed and tries again."),
    ),
    USED_UP: (
        "bad",
        "warn",
        N_("Not passed, attempts used up"),
        N_("An instructor of the delivering organisation records what to learn again."),
    ),
    PRACTICAL: (
        "wait",
        "vessels",
        N_("Practical due: %(shown)s of %(practicals)s passed"),
        N_("An instructor of the delivering organisation observes the practical."),
    ),
    PASSED: (
        "info",
        "practice",
        N_("Passed, for practice"),
        N_("Nothing for now: the module is not in effect yet, so it gives no competency."),
    ),
    COMPLETE: ("good", "tick", N_("Complete"), N_("Nothing: the module is complete.")),
}
LATER = N_("Not passed, can try again from %(again)s")
RENEW = N_("Complete, to be renewed by %(until)s")
OVER = N_("Counted until %(until)s, to be taken again")

# What a list can be narrowed to: states that a query tells apart.
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    NOT_STARTED: (N_("Not started"), frozenset({NOT_STARTED})),
    READING: (N_("Reading"), frozenset({READING, READY})),
    OPEN: (N_("Assessment open"), frozenset({OPEN})),
    WAITING: (N_("Waiting for a result"), frozenset({WAITING})),
    FAILED: (N_("Not passed"), frozenset({FAILED, USED_UP})),
    PRACTICAL: (N_("Practical due"), frozenset({PRACTICAL})),
    COMPLETE: (N_("Passed or complete"), frozenset({PASSED, COMPLETE})),
}
IDLE = "idle"
ATTENTION = {
    IDLE: N_("Not started for two weeks"),
    USED_UP: N_("Attempts used up"),
}


@dataclass(frozen=True)
class Facts:
    """What is known of an enrolment.

    Attributes:
        lessons, read: how many lessons the version has, how many were said to be read.
        tried: the attempts that count, first to last.
        practice: whether what was passed was passed on content that was not effective.
        rule: the version's pass rule, with `attempts` and `wait_hours`.
        practicals, shown: how many practicals the version has, how many were passed.
        planned_at: when an instructor last recorded what to learn again.
    """

    lessons: int
    read: int
    tried: Sequence[Tried] = ()
    practice: bool = False
    rule: Mapping[str, Any] = field(default_factory=dict)
    practicals: int = 0
    shown: int = 0
    planned_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """A state with what its words need.

    Attributes:
        again: the moment before which no further attempt starts.
        until: the last day on which a pass counts that may be renewed already.
        over: that day is past.
    """

    state: str
    params: Mapping[str, Any] = field(default_factory=dict)
    again: datetime | None = None
    until: date | None = None
    over: bool = False

    @property
    def tone(self) -> str:
        """Return the colour that goes with the words."""
        if self.until:
            return "bad" if self.over else "wait"
        return SHOWN[self.state][0]

    @property
    def icon(self) -> str:
        """Return the picture that goes with the words."""
        return "expired" if self.until else SHOWN[self.state][1]

    @property
    def words(self) -> str:
        """Return the words, a message to be filled from `params`."""
        if self.until:
            return OVER if self.over else RENEW
        return LATER if self.again else SHOWN[self.state][2]

    @property
    def next(self) -> str:
        """Return what comes next and who does it."""
        if self.until:
            return N_("The learner takes the assessment again, to renew what it gave.")
        return SHOWN[self.state][3]


def standing(facts: Facts, now: datetime) -> Standing:
    """Return how an enrolment stands at a moment."""
    if any(tried.passed for tried in facts.tried):
        return _after_passing(facts, now)
    if any(tried.submitted_at is None for tried in facts.tried):
        return Standing(OPEN)
    if any(tried.passed is None for tried in facts.tried):
        return Standing(WAITING)
    if facts.tried:
        return _after_failing(facts, now)
    if not facts.read:
        return Standing(NOT_STARTED)
    if facts.read < facts.lessons:
        return Standing(READING, {"read": facts.read, "of": facts.lessons})
    return Standing(READY)


def _after_passing(facts: Facts, now: datetime) -> Standing:
    if facts.shown < facts.practicals:
        return Standing(PRACTICAL, {"shown": facts.shown, "practicals": facts.practicals})
    if facts.practice:
        return Standing(PASSED)
    following = next_attempt(facts.tried, now, facts.rule, facts.planned_at)
    if following.until and following.state != DONE:
        params = {"until": following.until}
        return Standing(COMPLETE, params, until=following.until, over=following.expired)
    return Standing(COMPLETE)


def _after_failing(facts: Facts, now: datetime) -> Standing:
    following = next_attempt(facts.tried, now, facts.rule, facts.planned_at)
    if following.state == NONE_LEFT:
        return Standing(USED_UP)
    if following.state == WAIT:
        return Standing(FAILED, {"again": following.at}, following.at)
    return Standing(FAILED)
