"""Who may mark a second time, and who may moderate: instructors of the site that teaches."""

from typing import Any

from tests.isolation.door import Door


def _door(path: str, record: str = "", **more: Any) -> Door:
    if record:
        more |= {"record": record, "neighbour": record, "others": ("instructor",)}
    return Door(f"/grading/second/{path}", roles=("instructor",), **more)


_AGREE = ("instructor", "coordinator")

MODERATED = {
    "agreement.page": Door("/grading/agreement/", get=200, roles=_AGREE),
    "agreement.file": Door("/grading/agreement/agreement.csv", get=200, roles=_AGREE),
    "moderation.desk": _door("", get=200),
    "moderation.take": _door("questions/{question}/next", post=303),
    "moderation.answer": _door("answers/{called}/", "called", get=200, post=422),
    "moderation.file": _door("answers/{called}/file", "called", get=404),
    "moderation.skip": _door("answers/{called}/skip", "called", post=303),
    "moderation.sign": _door("sign", get=200, post=422),
    "moderation.moderate": _door("moderate/{apart}/", "apart", get=200, post=422),
}
