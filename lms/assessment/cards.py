"""What assessment shows on shared pages: the open attempt, results to come and results out."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from lms import clock
from lms.actor import Actor
from lms.assessment import queries, retakes
from lms.assessment.chances import Chance, chance, chances
from lms.assessment.results import voided
from lms.assessment.timing.queries import allowed, deadlines_of
from lms.curriculum.exams import is_exam
from lms.curriculum.models import ModuleVersion
from lms.errors import N_
from lms.learning.queries import lessons_read, own_enrolment
from lms.web.navigation import Card, Standing

_SHOWN_PASSED = 5
_GOOD = ("good", N_("Passed"))
_PASSED = 45  # the order of what is done: below all that waits, and a certificate (40)
# What one may do now, what a day has to pass for, what somebody else has to do first.
_ORDER = {
    retakes.NOW: 5,
    retakes.WAIT: 15,
    retakes.USED_UP: 25,
    retakes.MARKING: 30,
    retakes.PASSED: _PASSED,
}


def home_cards(user: Actor) -> Iterable[Card]:
    """Return how the actor's newest attempt of each enrolment stands, and what to do about it."""
    passed = 0
    of_person = queries.attempts_of_person(user)
    next_ones = chances(of_person, clock.now())
    newest = [earlier[-1] for _version, earlier in of_person.values()]
    ends = deadlines_of([attempt for attempt, closed, _result in newest if closed is None])
    for enrolment_id, (version, earlier) in of_person.items():
        template, order, values = _standing(version, earlier, next_ones[enrolment_id], ends)
        if template == "result" and is_exam(version):  # whose room says what comes next
            continue
        passed += order == _PASSED
        if passed <= _SHOWN_PASSED or order != _PASSED:
            yield Card(
                f"assessment/cards/{template}.html", values, order, about=enrolment_id, stage=1
            )


def _standing(
    version: ModuleVersion,
    earlier: list[queries.Earlier],
    after: Chance,
    ends: Mapping[str, datetime],
) -> tuple[str, int, dict[str, Any]]:
    """Return the card's template, its order and its values."""
    attempt, submission, result = earlier[-1]
    values: dict[str, Any] = {"attempt": attempt, "version": version, "result": result}
    if submission is None:
        left = ends[attempt.id] - clock.now()
        if left >= timedelta(0):
            minutes = int(left.total_seconds() // 60)
            return "open", 1, values | {"minutes_left": minutes, "ends_at": ends[attempt.id]}
    if result is None:
        return "waiting", 30, values
    return "result", _ORDER[after.following.state], values | {"chance": after}


def module_standings(learner: Actor) -> Iterable[Standing]:
    """Return how the newest attempt in each module stands, for lists of modules: one query."""
    for version, earlier in queries.attempts_of_person(learner).values():
        attempt, submission, result = earlier[-1]
        if result is not None and result.passed:
            tone, word = ("info", N_("Passed for practice")) if attempt.practice else _GOOD
            yield Standing(version.code, "passed", tone, word, stage=4)
        elif voided(result):
            yield Standing(version.code, "learning", "wait", N_("Attempt is void"), stage=1)
        elif result is not None:
            yield Standing(version.code, "learning", "bad", N_("Not passed yet"), stage=1)
        elif submission is not None:
            word = N_("Waiting for a result")
            yield Standing(version.code, "waiting", "info", word, stage=2)
        else:
            yield Standing(version.code, "learning", "wait", N_("Assessment open"), stage=3)


def attempt_panel(learner: Actor, module: ModuleVersion) -> Iterable[Card]:
    """Return the panel of a module's page: start, go on, or why not now."""
    enrolled = own_enrolment(module.code, learner)
    if enrolled is None:
        return
    enrolment, version = enrolled
    earlier = queries.attempts_of(enrolment.id)
    values = {
        "enrolment": enrolment,
        "version": version,
        "attempts": earlier,
        "open": earlier[-1][0] if earlier and earlier[-1][1] is None else None,
        "chance": chance(enrolment.id, version, earlier, clock.now()),
        "extra": allowed(learner.id, version.manifest["paper"]["minutes"], clock.today()),
        "all_read": lessons_read(enrolment.id) >= set(version.manifest["lessons"]),
    }
    yield Card("assessment/cards/panel.html", values, order=50)
