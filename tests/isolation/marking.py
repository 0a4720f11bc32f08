"""Who sees markers at work and says who may mark: coordinators of the place, owners of the hub."""

from tests.isolation.door import DECIDE, Door

_LEAD = ("coordinator",)

MARKING = {
    # Owners answer for who marks on the whole hub, and so see its instructors by name.
    "markers.page": Door(
        "/grading/markers/", get=200, roles=("instructor", *DECIDE), everywhere=("owner",)
    ),
    "markers.times": Door(
        "/grading/markers/times.csv", get=200, roles=("instructor", "coordinator")
    ),
    "markers.approve": Door(
        "/grading/markers/approve", get=200, post=422, roles=DECIDE, everywhere=("owner",)
    ),
    "markers.end": Door(
        "/grading/markers/approvals/{approval}/end",
        get=200,
        post=422,
        roles=DECIDE,
        record="approval",
        neighbour="instructor",
        others=DECIDE,
        everywhere=("owner",),
    ),
    "markers.release": Door(
        "/grading/markers/{person}/questions/{question}/release", get=200, post=422, roles=_LEAD
    ),
    # No answer of the world is a file.
    "markers.file": Door("/grading/markers/files/{essay}/", get=404, post=404, roles=_LEAD),
    "markers.as_sent": Door("/grading/markers/files/{essay}/as-sent", get=404, roles=_LEAD),
}
