"""How grading comes in: the marking desk, and what waits on an instructor's first page."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms import clock
from lms.actor import Actor
from lms.assessment.models import Attempt, Result
from lms.assessment.results import voided
from lms.errors import N_
from lms.grading import queries
from lms.grading.appeals import queries as appeal_queries
from lms.grading.appeals.rules import last_moment
from lms.grading.moderation import queries as moderation_queries
from lms.grading.plans import queries as plans_queries
from lms.grading.routes.agreement import blueprint as agreement
from lms.grading.routes.anchors import blueprint as anchors
from lms.grading.routes.appeals import blueprint as appeals
from lms.grading.routes.calibration import blueprint as calibration
from lms.grading.routes.desk import blueprint
from lms.grading.routes.markers import blueprint as markers
from lms.grading.routes.moderation import blueprint as moderation
from lms.grading.routes.plans import blueprint as plans
from lms.grading.routes.turns import blueprint as turns
from lms.hookspecs import impl
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the desk, the taking of answers, the plans of learners without an attempt left."""
    return [blueprint, turns, plans, appeals, moderation, markers, agreement, calibration, anchors]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give instructors the marking desk, coordinators and owners the markers, owners what markers
    are held against."""
    if user.has("instructor"):
        yield Entry(N_("Grading"), url_for("grading.desk"), order=30)
    elif user.has("coordinator", "owner"):
        yield Entry(N_("Markers"), url_for("markers.page"), order=30)
    if user.has("owner"):
        yield Entry(N_("Calibration answers"), url_for("anchors.desk"), order=31)


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give instructors what waits, oldest first."""
    if not user.has("instructor"):
        return []
    oldest = queries.queue(user, limit=1)
    values = {
        "waiting": queries.count_queue(user) if oldest else 0,
        "oldest": oldest[0] if oldest else None,
        "unsigned": 0 if oldest else queries.count_unsigned(user),
        "ready": 0 if oldest else queries.count_ready(user),  # shown when nothing is to be marked
    }
    due = any(values[name] for name in ("waiting", "unsigned", "ready"))
    cards = [Card("grading/card.html", values, order=5 if due else 19)]  # what is to be done first
    if waiting := appeal_queries.count_waiting(user):
        cards.append(Card("grading/appeals_card.html", {"appeals": waiting}, order=6))
    if twice := moderation_queries.count_waiting(user, clock.now()):
        cards.append(Card("grading/second_card.html", {"answers": twice}, order=6))
    if need_plan := plans_queries.used_up(user):
        cards.append(Card("grading/plans_card.html", {"learners": need_plan}, order=7))
    return cards


@impl
def result_panels(learner: Actor, attempt: Attempt, result: Result) -> Iterable[Card]:
    """Give the way to an appeal, or the appeals that there are."""
    if voided(result):  # two people decided, and no marks are to be looked at again
        return
    found = appeal_queries.of_own_attempt(attempt.id, learner)
    until = last_moment(result.released_at)
    if found or clock.now() <= until:
        values = {"attempt": attempt.id, "appeals": found, "until": until}
        yield Card("grading/appeal_card.html", values, order=90)
