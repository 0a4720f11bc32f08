"""What practicals show on shared pages: what waits, and how a learner stands in each practical."""

from collections.abc import Iterable

from lms import clock
from lms.actor import Actor
from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import practicals_of
from lms.learning.queries import own_enrolment
from lms.practicals import queries, rules, waiting
from lms.web.navigation import Card


def home_cards(user: Actor) -> Iterable[Card]:
    """Return what the user is to sign as a learner, and what waits for them as an instructor."""
    for seen in queries.to_countersign(user):
        yield Card("practicals/cards/countersign.html", {"seen": seen}, order=3)
    if user.has("instructor"):
        sheets = [one for one in waiting.undecided(user) if one.awaits(user)]
        second = [one for one in sheets if one.stage == rules.SECOND]
        values = {
            "second": len(second),
            "open": len(sheets) - len(second),
            "first": next(iter(second or sheets), None),
            "due": 0 if sheets else waiting.count_due(user, clock.today()),
        }
        if sheets or values["due"]:
            yield Card("practicals/cards/desk.html", values, order=6)


def panels(learner: Actor, module: ModuleVersion) -> Iterable[Card]:
    """Return a panel for each practical of the version that the learner is enrolled in."""
    enrolled = own_enrolment(module.code, learner)
    if enrolled is None:
        return
    practicals = practicals_of(enrolled[1].id)
    sheets = queries.own_sheets(learner, enrolled[1].id) if practicals else []
    for place, practical in enumerate(practicals):
        own = [one for one in sheets if one.practical.id == practical.id]
        values = {"practical": practical, "last": own[0] if own else None}
        yield Card("practicals/cards/panel.html", values, order=60 + place)
