"""Time in the demonstration: who has more of it, a power cut made good, a void that waits."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from lms import clock
from lms.accommodation.actions import extend_attempt, grant_time
from lms.accommodation.voiding import propose_void
from lms.assessment.actions import start_attempt
from lms.assessment.queries import attempts_of
from lms.assessment.timing.models import Accommodation
from lms.columns import new_id
from lms.curriculum.queries import version_by_id
from lms.db import db, transaction
from lms.demo.signing import checked, member
from lms.learning.queries import own_enrolment

MODULE = "FND103"
_CUT = "The lights went out in room 2 at half past; the generator took twelve minutes."
_OUTAGE = (
    "The link of the whole site was down for the last hour of this attempt: the log of the site"
    " and two other learners say so. Most answers never came."
)


def play_accommodations() -> None:
    """Give two learners extra time and one running attempt more minutes; propose a void. Once."""
    with transaction():
        if db.session.scalar(select(Accommodation.id).limit(1)) is None:
            _grant("trainee", percent=25, category="language", note="First language Amharic.")
            _grant(
                "timed", percent=50, category="access", note="Asked for by the site, in writing."
            )
            _interrupted()
            _lost()


def _grant(login: str, *, percent: int, category: str, note: str) -> None:
    coordinator, today = member("coordinator"), clock.today()
    grant_time(
        once=new_id(),
        person_id=member(login).id,
        percent=percent,
        category=category,
        note=note,
        valid_from=today,
        valid_until=today + timedelta(days=365),
        checked=checked(coordinator),
        by=coordinator,
    )


def _interrupted() -> None:
    """Let somebody begin some time ago, and get back what a power cut took."""
    learner = member("timed")
    if found := own_enrolment(MODULE, learner):
        clock.set_clock(lambda: datetime.now(UTC) - timedelta(minutes=20))
        try:
            attempt = start_attempt(
                enrolment=found[0],
                version=version_by_id(found[0].module_version_id),
                locale="en",
                by=learner,
            )
        finally:
            clock.set_clock(None)
        extend_attempt(
            once=new_id(),
            attempt_id=attempt.id,
            minutes=12,
            category="power",
            note=_CUT,
            by=member("instructor"),
        )


def _lost() -> None:
    """Propose that the attempt of somebody who was cut off does not count."""
    instructor, learner = member("instructor"), member("stuck")
    if found := own_enrolment(MODULE, learner):
        propose_void(
            attempt_id=attempts_of(found[0].id)[-1][0].id,
            category="outage",
            reason=_OUTAGE,
            gives_back=True,
            checked=checked(instructor),
            by=instructor,
        )
