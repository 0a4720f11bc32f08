"""Who agrees on levels that markers meet, and who is held against them."""

from typing import Any

from lms.curriculum import queries as curriculum
from lms.grading import queries as marking
from lms.grading.calibration.actions import agree_on_anchor
from lms.people.actions import Checked
from lms.people.queries import actor_of_person
from tests.factories import proof_of
from tests.isolation.door import Door


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


def _marker(path: str, **more: Any) -> Door:
    return Door(f"/grading/calibration/{path}", roles=("instructor",), **more)


def _lead(path: str, **more: Any) -> Door:
    return Door(f"/grading/anchors/{path}", roles=("owner",), others=("owner",), **more)


CALIBRATED = {
    "calibration.desk": _marker("", get=200),
    "calibration.course": _marker("{written}/", get=200, absent="/grading/calibration/none/"),
    "calibration.finish": _marker(
        "{written}/finish", post=303, absent="/grading/calibration/none/finish"
    ),
    "calibration.answer": _marker(
        "answers/{anchor}/", get=200, post=422, absent="/grading/calibration/answers/none/"
    ),
    "calibration.difference": _marker("answers/{anchor}/1/", get=404),  # of one's own try
    "anchors.desk": _lead("", get=200),
    "anchors.question": _lead("{written}/", get=200, absent="/grading/anchors/none/"),
    "anchors.file": _lead(
        "{written}/markers.csv", get=200, absent="/grading/anchors/none/markers.csv"
    ),
    "anchors.add": _lead("{written}/add", get=200, post=422, absent="/grading/anchors/none/add"),
    "anchors.withdraw": _lead(
        "withdraw/{anchor}/", get=200, post=422, absent="/grading/anchors/withdraw/none/"
    ),
}
