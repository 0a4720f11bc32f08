"""The doors of attested evidence: one's own to read, a learner's to judge by who teaches them."""

from typing import Any

from tests.isolation.door import Door

_BY = ("instructor",)


def _of_piece(path: str, **more: Any) -> Door:
    return Door(
        f"/evidence/records/{{attested}}/{path}", get=200, record="attested", others=_BY, **more
    )


ATTESTED = {
    "attestation.mine": Door("/evidence/", get=200),
    # Nobody's programme of this world has clauses; tests/attestation opens these from within.
    "attestation.own": Door("/evidence/clauses/none/", get=404),
    "attestation.desk": Door("/evidence/desk/", get=200, roles=_BY),
    "attestation.desk_file": Door("/evidence/desk.csv", get=200, roles=_BY),
    "attestation.attest": Door(
        "/evidence/learners/{enrolment}/none/", get=404, post=404, roles=_BY
    ),
    "attestation.page": _of_piece(""),
    "attestation.second": _of_piece("second", post=422, roles=_BY, not_own=_BY),
    "attestation.amend": _of_piece("change", post=422, roles=_BY, not_own=_BY),
    "attestation.withdraw": _of_piece("withdraw", post=422, roles=_BY, not_own=_BY),
    "log.own": Door("/evidence/log/none/", get=404),
    "log.own_file": Door("/evidence/log/none.csv", get=404),
    "log.add": Door("/evidence/log/none/add", get=404, post=404),
    "log.learner": Door("/evidence/log/learners/{enrolment}/none/", get=404, roles=_BY),
    "log.learner_file": Door("/evidence/log/learners/{enrolment}/none.csv", get=404, roles=_BY),
    "log.change": Door("/evidence/log/entries/{entry}/change", get=404, post=404),
    "log.answer": Door(
        "/evidence/log/entries/{entry}/answer",
        get=200,
        post=422,
        record="entry",
        roles=_BY,
        others=_BY,
        not_own=_BY,
    ),
    "blinded.make": Door(
        "/evidence/panels/learners/{enrolment}/none/", get=404, post=404, roles=_BY
    ),
    "blinded.page": Door("/evidence/panels/{samples}/", get=200, record="samples", others=_BY),
    "blinded.values": Door(
        "/evidence/panels/{samples}/values", get=200, post=422, record="samples"
    ),
    # Nothing is handed in: what is sealed stays so, for everybody.
    "blinded.sealed": Door("/evidence/panels/{samples}/sealed.json", get=404),
    "blinded.assess": Door("/evidence/panels/{samples}/assess", get=404, post=404, roles=_BY),
}
