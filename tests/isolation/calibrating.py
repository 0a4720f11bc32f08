"""Levels that somebody agreed on; their doors are in calibrated.py."""

from lms.curriculum import queries as curriculum
from lms.grading import queries as marking
from lms.grading.calibration.actions import agree_on_anchor
from lms.people.actions import Checked
from lms.people.queries import actor_of_person
from tests.factories import proof_of


def agreed_anchors(version_id: str, owner: str) -> tuple[str, str]:
    """Agree on three answers to the essay of a version; return its question, one of them."""
    by = actor_of_person(owner)
    question = next(q for q, _key in curriculum.questions_of(version_id) if q.kind == "essay")
    criteria = [one["id"] for one in marking.rubric_of(question.id).key["criteria"]]
    for number in range(3):
        row = agree_on_anchor(
            question_id=question.id,
            text="An answer.",
            levels=dict.fromkeys(criteria, number + 1),
            reasons=dict.fromkeys(criteria, "As the rubric says."),
            item_id=None,
            read_number=number,
            checked=Checked("", "", by.id, proof_of(by), 0),
            by=by,
        )
    return question.id, row.id
