"""Who agrees on levels that markers meet, and who is held against them."""

from typing import Any

from tests.isolation.door import Door


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
