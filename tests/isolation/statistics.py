"""The doors of the figures of questions: owners and reviewers, over the whole hub, no names."""

from typing import Any

from tests.isolation.door import DESK, Door


def _of(what: str, path: str, post: int | None = None) -> Door:
    address = f"/statistics/{what}s/"
    return Door(
        f"{address}{{{what}}}{path}",
        get=200,
        post=post,
        roles=DESK,
        absent=f"{address}none{path}",
    )


def _panel(path: str, **more: Any) -> Door:
    absent = f"/statistics/panels/none{path}"
    return Door(f"/statistics/panels/{{panel}}{path}", roles=DESK, absent=absent, **more)


STATISTICS = {
    "statistics.desk": Door("/statistics/", get=200, roles=DESK),
    "statistics.version": _of("version", ""),
    "statistics.version_file": _of("version", ".csv"),
    "statistics.papers": _of("version", "/rows"),
    "statistics.papers_file": _of("version", "/rows.csv"),
    "statistics.question": _of("question", "", post=422),
    "statistics.question_file": _of("question", ".csv"),
    "statistics.answers": _of("question", "/rows"),
    "statistics.answers_file": _of("question", "/rows.csv"),
    "panels.desk": Door("/statistics/panels/", get=200, roles=DESK),
    "panels.begin": Door(
        "/statistics/panels/of/{version}",
        get=200,
        post=422,
        roles=("owner",),
        absent="/statistics/panels/of/none",
    ),
    "panels.panel": _panel("", get=200, post=422),
    "panels.sheet": _panel("/sheet", get=200, post=422),
    "borderline.desk": Door("/statistics/practicals/", get=200, roles=DESK),
    "borderline.practical": _of("practical", ""),
    "borderline.export": _of("practical", ".csv"),
    "panels.export": _panel(".csv", get=200),
}
