"""How the cohort comes in: enrolments, rosters, progress; what a coordinator's people need."""

from collections.abc import Iterable

from flask import Blueprint, url_for

from lms.actor import Actor
from lms.cohort import rules
from lms.cohort.progress.attention import attention
from lms.cohort.routes.enrolments import blueprint as enrolments
from lms.cohort.routes.imports import blueprint as rosters
from lms.cohort.routes.progress import blueprint as progress
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the pages of enrolments, rosters and progress."""
    return [enrolments, rosters, progress]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give who learns, teaches or coordinates the progress, coordinators their enrolments too."""
    if user.has("coordinator"):
        yield Entry(N_("Enrolments"), url_for("enrolments.listing"), order=22)
    if user.has("coordinator", "instructor", "learner"):
        yield Entry(N_("Progress"), url_for("progress.people"), order=24)


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give coordinators how many of their people need attention, and where they are."""
    if not user.has("coordinator"):
        return
    values = {"attention": attention(user), "rules": rules}
    yield Card("cohort/attention.html", values, order=4)
