"""The table of who may: one row for each endpoint. A route without a row fails the matrix."""

from typing import Any

from tests.isolation.attested import ATTESTED
from tests.isolation.calibrated import CALIBRATED
from tests.isolation.certified import CERTIFIED
from tests.isolation.door import DESK, EVERYBODY, OVERSEE, Door
from tests.isolation.examined import EXAMINED
from tests.isolation.exchanged import EXCHANGED
from tests.isolation.finding import FINDING
from tests.isolation.marking import MARKING
from tests.isolation.moderated import MODERATED
from tests.isolation.statistics import STATISTICS
from tests.isolation.timed import TIMED
from tests.isolation.world import MODULE, ROLES, Records


def _answer(of: Records) -> dict[str, Any]:
    return {
        "item": of.item,
        "client": "the-world",
        "sequence": 99,
        "seen": 1,
        "claimed": "2026-01-01T00:00:00Z",
        "given": {f"item-{of.item}-number": ["1"]},
    }


def _tap(_of: Records) -> dict[str, Any]:
    return {
        "client": "the-world",
        "sequence": 99,
        "subject": "help",
        "value": "None",
        "tapped": "2026-01-01T00:00:00Z",
    }


def _of_sheet(path: str, **more: Any) -> Door:
    more = {"roles": ("instructor",)} | more
    return Door(f"/practicals/{{sheet}}/{path}", record="sheet", others=("instructor",), **more)


def _of_answer(path: str, **more: Any) -> Door:
    return Door(
        f"/grading/answers/{{essay}}/{path}",
        roles=("instructor",),
        record="essay",
        neighbour="submitted",
        others=("instructor",),
        **more,
    )


def _of_person(path: str, **more: Any) -> Door:
    return Door(path, roles=OVERSEE, record="person", others=OVERSEE, **more)


def _of_place(path: str, *, runs: bool = False, **more: Any) -> Door:
    roles = ("administrator",) if runs else OVERSEE
    return Door(path, roles=roles, record="place", others=roles, **more)


def _coordinated(path: str, **more: Any) -> Door:
    roles = ("coordinator",)
    return Door(path, roles=roles, record="enrolment", others=roles, **more)


def _brought(path: str, **more: Any) -> Door:
    return Door(path, roles=("coordinator",), record="roster", neighbour="coordinator", **more)


DOORS = {
    "web.asset": Door(
        "/static/web/any/style.css", get=200, roles=EVERYBODY, absent="/static/web/any/no.css"
    ),
    "people.home": Door("/", get=200),
    "people.sign_in": Door("/sign-in", get=200, post=422, roles=EVERYBODY),
    "people.sign_out": Door("/sign-out", post=303),
    "account.slip": Door("/sign-in/slip", get=200, post=422, roles=EVERYBODY),
    "account.account": Door("/account/", get=200),
    "account.password": Door("/account/password", post=422),
    "account.choose_language": Door("/account/language", post=303),
    "account.end_session": Door("/account/sessions/{laptop}/end", post=303, record="laptop"),
    "account.end_others": Door("/account/sessions/end-others", post=303),
    "organisations.tree": Door("/organisations/", get=200, roles=OVERSEE, others=OVERSEE),
    "organisations.place": _of_place("/organisations/{place}/", get=200),
    "organisations.add": _of_place("/organisations/{place}/add", get=200, post=422, runs=True),
    "organisations.edit": _of_place("/organisations/{place}/edit", get=200, post=422, runs=True),
    "directory.listing": Door("/people/", get=200, roles=OVERSEE, others=OVERSEE),
    "directory.file": Door("/people/people.csv", get=200, roles=OVERSEE, others=OVERSEE),
    "directory.add": Door("/people/add", get=200, post=422, roles=OVERSEE),
    "directory.slips": Door("/people/slips/", post=422, roles=OVERSEE, others=OVERSEE),
    "person.page": _of_person("/people/{person}/", get=200),
    "person.edit": _of_person("/people/{person}/edit", get=200, post=422, not_own=("coordinator",)),
    "person.grant": _of_person("/people/{person}/roles", post=422),
    "person.end_role": _of_person(
        "/people/{person}/roles/{held}/end", get=200, post=422, not_own=("coordinator",)
    ),
    "person.access": _of_person("/people/{person}/access", get=200, post=422, not_own=OVERSEE),
    "person.end_sessions": _of_person("/people/{person}/sessions/end", post=303, not_own=OVERSEE),
    **{name: Door(path, get=200) for name, path in FINDING.items()},
    "catalogue.competency": Door("/competencies/FND-02/", get=200, absent="/competencies/X/"),
    "programmes.listing": Door("/programmes/", get=200),
    "programmes.programme": Door("/programmes/C01/", get=200, absent="/programmes/C99/"),
    "curriculum.module": Door(f"/modules/{MODULE}/", get=200, absent="/modules/FND999/"),
    "curriculum.lesson": Door(
        f"/modules/{MODULE}/lessons/{{lesson}}/",
        get=200,
        absent=f"/modules/{MODULE}/lessons/99-nothing/",
    ),
    "curriculum.sources": Door(
        f"/modules/{MODULE}/lessons/{{lesson}}/sources",
        get=200,
        absent=f"/modules/{MODULE}/lessons/99-nothing/sources",
    ),
    "curriculum.file": Door(
        f"/modules/{MODULE}/files/{{figure}}", get=200, absent=f"/modules/{MODULE}/files/no.svg"
    ),
    "learning.read": Door(
        f"/modules/{MODULE}/lessons/{{lesson}}/read",
        post=303,
        absent=f"/modules/{MODULE}/lessons/99-nothing/read",
    ),
    "content.desk": Door("/content/", get=200, roles=DESK),
    "content.version": Door(
        "/content/{version}/", get=200, post=422, roles=DESK, absent="/content/none/"
    ),
    "content.questions": Door(
        "/content/{version}/questions/", get=200, roles=DESK, absent="/content/none/questions/"
    ),
    "content.practical": Door(
        "/content/{version}/practicals/histidine-buffer/",
        get=200,
        roles=DESK,
        absent="/content/{version}/practicals/nothing/",
    ),
    "authoring.guide": Door("/content/uploads/guide/", get=200, roles=DESK),
    "authoring.example": Door("/content/uploads/example/module.zip", get=200, roles=DESK),
    "authoring.uploads": Door("/content/uploads/", get=200, post=422, roles=DESK),
    "authoring.upload": Door(
        "/content/uploads/{upload}/",
        get=200,
        post=303,
        roles=DESK,
        absent="/content/uploads/none/",
    ),
    "authoring.lesson": Door(
        "/content/uploads/{upload}/lessons/20-balances/",
        get=200,
        roles=DESK,
        absent="/content/uploads/none/lessons/20-balances/",
    ),
    "authoring.questions": Door(
        "/content/uploads/{upload}/questions/",
        get=200,
        roles=DESK,
        absent="/content/uploads/none/questions/",
    ),
    "authoring.practical": Door(
        "/content/uploads/{upload}/practicals/histidine-buffer/",
        get=200,
        roles=DESK,
        absent="/content/uploads/none/practicals/histidine-buffer/",
    ),
    "authoring.figure": Door(
        "/content/uploads/{upload}/files/figures/mass-ladder.svg",
        get=200,
        roles=DESK,
        absent="/content/uploads/none/files/figures/mass-ladder.svg",
    ),
    **EXCHANGED,
    "assessment.start": Door(
        "/attempts/enrolments/{enrolment}/start", post=303, record="enrolment"
    ),
    "assessment.attempt": Door("/attempts/{attempt}/", get=200, record="attempt"),
    "assessment.send": Door("/attempts/{attempt}/", post=422, record="attempt"),
    "assessment.save": Door(
        "/attempts/{attempt}/responses", post=200, record="attempt", sends=_answer
    ),
    # The world's answers are no files: who may passes the door, and finds none.
    "assessment.file": Door("/attempts/files/{item}", get=404, record="item"),
    "assessment.take_over": Door(
        "/attempts/{attempt}/lease",
        post=200,
        record="attempt",
        sends=lambda _of: {"client": "another-tab"},
    ),
    "enrolments.listing": Door("/enrolments/", get=200, roles=("coordinator",)),
    "enrolments.export": Door("/enrolments/enrolments.csv", get=200, roles=("coordinator",)),
    "enrolments.enrol": Door("/enrolments/new", get=200, post=422, roles=("coordinator",)),
    "enrolments.end": _coordinated("/enrolments/{enrolment}/end", get=200, post=422),
    "enrolments.again": _coordinated("/enrolments/{enrolment}/again", post=303),
    "rosters.bring": Door("/enrolments/import/", get=200, post=422, roles=("coordinator",)),
    "rosters.confirm": Door("/enrolments/import/confirm", post=422, roles=("coordinator",)),
    "rosters.refused_now": Door("/enrolments/import/refused.csv", post=422, roles=("coordinator",)),
    "rosters.template": Door("/enrolments/import/template.csv", get=200, roles=("coordinator",)),
    "rosters.result": _brought("/enrolments/imports/{roster}/", get=200),
    "rosters.refused": _brought("/enrolments/imports/{roster}/refused.csv", get=200),
    "progress.people": Door("/progress/", get=200),
    "progress.export": Door("/progress/progress.csv", get=200),
    "progress.detail": Door(
        "/progress/{enrolment}/",
        get=200,
        record="enrolment",
        others=("instructor", "coordinator"),
    ),
    "progress.ending": Door("/progress/ending/", get=200, roles=("coordinator",)),
    "progress.ending_export": Door("/progress/ending/ending.csv", get=200, roles=("coordinator",)),
    "grading.desk": Door("/grading/", get=200, roles=("instructor",)),
    "grading.answer": Door(
        "/grading/answers/{essay}/",
        get=200,
        post=422,
        roles=("instructor",),
        record="essay",
        neighbour="submitted",
        others=("instructor",),
    ),
    "grading.file": _of_answer("file", get=404),
    "turns.take": Door("/grading/questions/{question}/next", post=303, roles=("instructor",)),
    "turns.keep": _of_answer("keep", post=204),
    "turns.skip": _of_answer("skip", post=303),
    "turns.pass_on": _of_answer("pass-on", get=200, post=422),
    "turns.take_back": _of_answer("take-back", post=422),
    "appeals.appeal": Door(
        "/appeals/attempts/{appealed}/",
        get=200,
        post=422,
        record="appealed",
        neighbour="appealing",
        also=("appealing",),
    ),
    "appeals.desk": Door("/appeals/", get=200, roles=("instructor",)),
    "appeals.decide": Door(
        "/appeals/{appeal}/",
        get=200,
        post=422,
        roles=("instructor",),
        record="appeal",
        neighbour="appealing",
        others=("instructor",),
    ),
    "grading.sign": Door("/grading/sign", get=200, post=422, roles=("instructor",)),
    "grading.release_ready": Door("/grading/release", get=200, post=422, roles=("instructor",)),
    "grading.release": Door(
        "/grading/attempts/{attempt}/release",
        get=200,
        post=422,
        roles=("instructor",),
        record="attempt",
        neighbour="marked",
        others=("instructor",),
    ),
    "practicals.desk": Door("/practicals/", get=200, roles=("instructor",)),
    "practicals.worker": Door("/practicals/keep/worker.js", get=200, roles=EVERYBODY),
    "practicals.blank": Door(
        "/practicals/blank/{practical}/", get=200, absent="/practicals/blank/none/"
    ),
    "practicals.open_sheet": Door(
        "/practicals/learners/{enrolment}/{practical}/open",
        post=303,
        roles=("instructor",),
        record="enrolment",
        neighbour="submitted",
        others=("instructor",),
        not_own=("instructor",),
    ),
    "sheets.checklist": _of_sheet("", get=200),
    "sheets.send": _of_sheet("", post=303),
    "sheets.tap": _of_sheet("taps", post=200, sends=_tap),
    "sheets.review": _of_sheet("review", get=200, post=422, roles=ROLES),
    "sheets.set_aside": _of_sheet("set-aside", get=200, post=422),
    "plans.desk": Door("/grading/plans/", get=200, roles=("instructor",)),
    "plans.plan": Door(
        "/grading/plans/{enrolment}/",
        get=200,
        post=422,
        roles=("instructor",),
        record="enrolment",
        others=("instructor",),
        not_own=("instructor",),  # nobody plans for themselves
    ),
    # The trail names people of the whole hub: only who holds the role at its root reads it, and
    # the people of the matrix hold theirs at a site.
    "records.trail": Door("/records/", get=200, roles=()),
    "operation.page": Door("/operation/", get=200, roles=()),
    "jobs.health": Door("/healthz", get=200, roles=EVERYBODY),
    **ATTESTED,
    **EXAMINED,
    **CERTIFIED,
    **STATISTICS,
    **MODERATED,
    **MARKING,
    **CALIBRATED,
    **TIMED,
}
