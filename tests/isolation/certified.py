"""The doors of certificates, of their verification, and of the regrades that may touch them."""

from tests.isolation.door import DECIDE, DESK, EVERYBODY, Door

CERTIFIED = {
    "certificates.mine": Door("/certificates/", get=200, also=("graduate",)),
    "certificates.file": Door(
        "/certificates/{number}.pdf",
        get=200,
        record="number",
        neighbour="graduate",
        others=("instructor", "coordinator"),
        also=("graduate",),
    ),
    "standing.suspended": Door("/certificates/suspended/", get=200, roles=DECIDE),
    "standing.change": Door(
        "/certificates/{number}/standing",
        get=200,
        post=422,
        roles=DECIDE,
        record="number",
        neighbour="graduate",
        others=DECIDE,
        everywhere=("owner",),
    ),
    "regrade.desk": Door("/regrade/", get=200, roles=DESK),
    "regrade.propose": Door(
        "/regrade/versions/{version}",
        get=200,
        post=422,
        roles=DESK,
        absent="/regrade/versions/none",
    ),
    "regrade.run": Door(
        "/regrade/runs/{run}", get=200, post=422, roles=DESK, absent="/regrade/runs/none"
    ),
    "regrade.export": Door(
        "/regrade/runs/{run}.csv", get=200, roles=DESK, absent="/regrade/runs/none.csv"
    ),
    "verify.ask": Door("/verify/", get=200, roles=EVERYBODY),
    "verify.several": Door("/verify/several", get=200, roles=EVERYBODY),
    "verify.check_several": Door("/verify/several", post=422, roles=EVERYBODY, reads=True),
    "verify_api.verify": Door(
        "/api/v1/verify",
        post=200,
        roles=EVERYBODY,
        sends=lambda of: {"numbers": [of.number or "none"]},
        reads=True,
    ),
    "verify.answer": Door("/verify/{number}", get=200, roles=EVERYBODY),
}
