"""Whether live marking of a question is open to a marker: the one thing others ask here."""

from lms.actor import Actor
from lms.errors import N_, RuleBroken
from lms.grading.calibration.queries import closed_to


def is_closed(question_id: str, by: Actor) -> bool:
    """Tell whether `by` must meet the agreed levels of a question before marking its answers."""
    return bool(closed_to(by, [question_id]))


def check_calibrated(question_id: str, by: Actor) -> None:
    """Refuse the mark of somebody who has not met the agreed levels of a question.

    Raises:
        RuleBroken: they mark its calibration answers first.
    """
    if is_closed(question_id, by):
        raise RuleBroken(
            N_("Mark the calibration answers of this question first: Grading, Calibration.")
        )
