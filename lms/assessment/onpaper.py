"""Put an attempt on paper, and take over what was written; who entered it is not told here."""

from collections.abc import Mapping
from datetime import datetime

from lms import clock
from lms.actor import Actor
from lms.assessment import queries
from lms.assessment.actions import add_lease, append_response, close_attempt
from lms.assessment.models import Attempt, Submission
from lms.assessment.standing import COUNTS, PAPER
from lms.assessment.timing.models import OnPaper
from lms.assessment.timing.queries import on_paper
from lms.curriculum.kind import Plain
from lms.db import insert_once
from lms.errors import N_, Conflict
from lms.people.queries import hold_person
from lms.records.actions import record


def put_on_paper(*, attempt: Attempt, reason: str, by: Actor) -> OnPaper:
    """Let a running attempt be written with a pen from here on; a second time gives the first back.

    What was saved before stays, and counts where the sheet has no answer.

    Raises:
        Conflict: the attempt is handed in.
    """
    hold_person(attempt.person_id)
    if queries.is_closed(attempt.id):
        raise Conflict(N_("This attempt is already handed in."))
    row, created = insert_once(
        OnPaper,
        ("attempt_id",),
        attempt_id=attempt.id,
        reason=reason.strip(),
        taken_by=by.id,
        taken_at=clock.now(),
    )
    if created:
        record("attempt.put-on-paper", row, by=by)
        add_lease(attempt, PAPER, by)
    return row


def close_paper(
    *, attempt: Attempt, answers: Mapping[str, Plain | None], written_at: datetime, by: Actor
) -> Submission:
    """Append what stands on the sheet of an attempt as its answers, and close it.

    Args:
        answers: by item what was given; of what is blank there, an earlier answer stays.
        written_at: when the sheet was given back.

    Raises:
        Conflict: the attempt is not on paper, or is closed.
    """
    hold_person(attempt.person_id)
    if on_paper(attempt.id) is None or queries.is_closed(attempt.id):
        raise Conflict(N_("This attempt is already handed in."))
    now, epoch, number = clock.now(), queries.epoch(), queries.last_number(attempt.id)
    written = [item for item in queries.items_of(attempt.id) if answers.get(item.id) is not None]
    for sequence, item in enumerate(written, 1):
        append_response(
            "response.taken-from-paper",
            by,
            attempt_id=attempt.id,
            item_id=item.id,
            client=PAPER,
            sequence=sequence,
            number=number + sequence,
            seen=number,
            given=answers[item.id],
            standing=COUNTS,
            claimed_at=written_at.isoformat(),
            received_at=now,
            epoch=epoch,
        )
    return close_attempt(attempt, "paper", now, by)
