"""What people of the demonstration disagree about: an appeal, and an answer that was passed on."""

from lms.assessment.queries import attempts_of
from lms.db import db, transaction
from lms.demo.signing import member
from lms.grading import queries as marking
from lms.grading.appeals.actions import appeal_against
from lms.grading.models import Appeal, Escalation
from lms.grading.turns.actions import pass_on
from lms.learning.queries import own_enrolment

_OTHERWISE = (
    "In the written answer I did stop the batch: it stands in my second sentence. I ask somebody"
    " else to read it."
)


def play_disputes() -> None:
    """Let one learner appeal and one instructor pass an answer on, once."""
    with transaction():
        if db.session.scalar(db.select(Appeal.id).limit(1)) is None:
            _appeal()
        if db.session.scalar(db.select(Escalation.id).limit(1)) is None:
            _pass_on()


def _appeal() -> None:
    learner = member("failed")
    if found := own_enrolment("FND103", learner):
        attempt, _submission, result = attempts_of(found[0].id)[-1]
        if result is not None:
            appeal_against(attempt_id=attempt.id, reason=_OTHERWISE, by=learner)


def _pass_on() -> None:
    instructor, learner = member("instructor"), member("waiting")
    for waiting in marking.queue(instructor):
        if waiting.attempt.person_id == learner.id:
            pass_on(
                item_id=waiting.item.id,
                reason="I trained this learner, and the text names the shift: I know whose it is.",
                by=instructor,
            )
            return
