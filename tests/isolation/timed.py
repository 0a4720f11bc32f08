"""The doors of extra time and voids: for who teaches or coordinates a learner, never oneself."""

from typing import Any

from tests.isolation.door import Door

_BY = ("instructor", "coordinator")


def _of(path: str, record: str, **more: Any) -> Door:
    values: dict[str, Any] = {"get": 200, "post": 422, "roles": _BY, "record": record}
    return Door(f"/time/{path}", others=_BY, not_own=_BY, **values | more)


TIMED = {
    "accommodation.desk": Door("/time/", get=200, roles=_BY, others=_BY),
    "accommodation.export": Door("/time/extra-time.csv", get=200, roles=_BY, others=_BY),
    "accommodation.own": Door("/time/own/", get=200),
    "accommodation.until": Door("/time/attempts/{attempt}/until", get=200, record="attempt"),
    "accommodation.learner": _of("learners/{person}/", "person"),
    "accommodation.end": _of("learners/{person}/end", "person"),
    "accommodation.attempt": _of("attempts/{attempt}/", "attempt"),
    "accommodation.propose": _of("attempts/{attempt}/void", "attempt"),
    "accommodation.void": _of("voids/{void}/", "void"),
}
