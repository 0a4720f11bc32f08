"""The doors of exams: one's own to read, a sitting to the instructors of its organisation."""

from typing import Any

from tests.isolation.door import Door

_BY = ("instructor",)


def _of_sitting(path: str, **more: Any) -> Door:
    return Door(
        f"/exams/sittings/{{sitting}}/{path}",
        get=200,
        roles=_BY,
        record="sitting",
        others=_BY,
        **more,
    )


def _of_sheet(path: str, **more: Any) -> Door:
    return Door(
        f"/exams/papers/{{sheet_on_paper}}/{path}",
        get=200,
        roles=_BY,
        record="sheet_on_paper",
        others=_BY,
        not_own=_BY,
        **more,
    )


EXAMINED = {
    "examination.mine": Door("/exams/", get=200),
    "examination.enter": Door("/exams/enter", post=422),
    "examination.sittings": Door("/exams/sittings/", get=200, roles=_BY),
    "examination.open_sitting": Door("/exams/sittings/open", get=200, post=422, roles=_BY),
    "examination.sitting": _of_sitting("", post=422),
    "examination.candidates_file": _of_sitting("candidates.csv"),
    "examination.identity": _of_sitting("identity/{person}", post=422, not_own=_BY),
    "examination.sign": _of_sitting("sign", post=422),
    "onpaper.seat": _of_sitting("paper/{person}", post=422, not_own=_BY),
    "onpaper.desk": _of_sheet("", post=422),
    "onpaper.print_out": _of_sheet("print"),
    "onpaper.enter": _of_sheet("enter", post=422),
    "onpaper.settle": _of_sheet("questions/{differing}", post=422),
    "onpaper.take_over": _of_sheet("take-over", post=422),
}
