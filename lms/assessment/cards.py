"""What assessment shows on shared pages: the open attempt, results to come and results out."""

from collections.abc import Iterable

from lms import clock
from lms.actor import Actor
from lms.assessment import queries, rules
from lms.curriculum.models import ModuleVersion
from lms.errors import RuleBroken
from lms.learning.queries import own_enrolment
from lms.web.navigation import Card

_SHOWN_RESULTS = 5


def home_cards(user: Actor) -> Iterable[Card]:
    """Return the actor's attempts as cards: open ones first, then waiting, then results."""
    now = clock.now()
    results = 0
    for attempt, version, submitted, result in queries.attempts_of_person(user):
        values = {"attempt": attempt, "version": version, "result": result}
        if not submitted and now <= attempt.deadline:
            yield Card("assessment/cards/open.html", values, order=1)
        elif result is None:
            yield Card("assessment/cards/waiting.html", values, order=30)
        elif results < _SHOWN_RESULTS:
            results += 1
            yield Card("assessment/cards/result.html", values, order=40)


def attempt_panel(learner: Actor, module: ModuleVersion) -> Iterable[Card]:
    """Return the panel of a module's page: start, go on, or why not now."""
    enrolled = own_enrolment(module.code, learner)
    if enrolled is None:
        return
    enrolment, version = enrolled
    earlier = queries.attempts_of(enrolment.id)
    open_attempt = earlier[-1][0] if earlier and earlier[-1][1] is None else None
    values = {
        "enrolment": enrolment,
        "version": version,
        "attempts": earlier,
        "open": open_attempt,
        "refusal": None if open_attempt else _refusal(earlier, version),
    }
    yield Card("assessment/cards/panel.html", values, order=50)


def _refusal(earlier: list[queries.Earlier], version: ModuleVersion) -> RuleBroken | None:
    now = clock.now()
    try:
        rules.may_start(
            queries.tried(earlier, version.id, now.date()), now, version.manifest["pass"]
        )
    except RuleBroken as refusal:
        return refusal
    return None
