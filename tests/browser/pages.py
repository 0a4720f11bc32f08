"""Every page in each state that the town offers, by who sees it; steps work in any language."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from sqlalchemy import select

from certificates.models import Certificate
from lms.assessment.models import Attempt, AttemptItem
from lms.db import db, transaction
from tests.browser import (
    attesting,
    calibrating,
    content,
    coordinating,
    counting,
    deciding,
    examining,
    finding,
    markers,
    office,
    sheets,
    timing,
    world,
)
from tests.browser.conftest import Town

Steps = Callable[[Page, Town], None]


@dataclass(frozen=True)
class State:
    """A page in a state: what it is called, whose it is (None: a stranger's), how to get there."""

    name: str
    who: str | None
    get: str | Steps

    def open(self, page: Page, town: Town) -> None:
        """Lead a browser of that person there."""
        if callable(self.get):
            self.get(page, town)
        else:
            page.goto(self.get)


def _number(key: str) -> Callable[[Town], str]:
    def find(town: Town) -> str:
        with town.hub.inside():
            person = world.person_id(key)
            with transaction(write=False):
                statement = select(Certificate.number).where(Certificate.person_id == person)
                return db.session.scalars(statement).one()

    return find


def _verdict(key: str) -> Steps:
    return lambda page, town: _go(page, f"/verify/{_number(key)(town)}")


def _verdicts(page: Page, town: Town) -> None:
    """Check a list with a number of each kind, one twice, as of a day to come."""
    numbers = [_number(key)(town) for key in ("long", "asha", "glyph", "mina")]
    page.goto("/verify/several")
    page.locator("#numbers").fill("\n".join([*numbers, "ST-0000-1", "A Name", numbers[0]]))
    page.locator("#on").fill("2099-01-02")
    page.locator("main form button").first.click()
    page.wait_for_selector("tbody")


def _verdicts_refused(page: Page, _town: Town) -> None:
    page.goto("/verify/several")
    page.locator("main form button").first.click()
    page.wait_for_selector(".errors")


def _go(page: Page, path: str) -> None:
    page.goto(path)


def _attempt(town: Town, key: str) -> str:
    with town.hub.inside():
        person = world.person_id(key)
        with transaction(write=False):
            statement = select(Attempt.id).where(Attempt.person_id == person)
            return db.session.scalars(statement).one()


def _paper(key: str) -> Steps:
    return lambda page, town: _go(page, f"/attempts/{_attempt(town, key)}/")


def essay(town: Town) -> str:
    """Return the essay that waits for a mark."""
    attempt = _attempt(town, "waiting")
    with town.hub.inside(), transaction(write=False):
        statement = select(AttemptItem.id).where(
            AttemptItem.attempt_id == attempt, AttemptItem.kind == "essay"
        )
        return db.session.scalars(statement).one()


def _essay(page: Page, town: Town) -> None:
    page.goto(f"/grading/answers/{essay(town)}/")


def _essay_refused(page: Page, town: Town) -> None:
    _essay(page, town)
    page.locator("main form button[data-key=Enter]").click()
    page.wait_for_selector(".errors")


def _newest(page: Page, town: Town, key: str) -> None:
    with town.hub.inside():
        person = world.person_id(key)
        with transaction(write=False):
            statement = select(Attempt.id).where(Attempt.person_id == person)
            id = db.session.scalars(statement.order_by(Attempt.number.desc())).first()
    page.goto(f"/attempts/{id}/")


def _plan(page: Page, _town: Town) -> None:
    page.goto("/grading/plans/")
    page.locator("main .tasks a").first.click()
    page.wait_for_selector("textarea")


def _plan_refused(page: Page, town: Town) -> None:
    _plan(page, town)
    page.locator("main button").last.click()
    page.wait_for_selector(".errors")


def _release(page: Page, town: Town) -> None:
    page.goto(f"/grading/attempts/{_attempt(town, 'marked')}/release")


def _sheet(key: str, of_it: str = "") -> Steps:
    return lambda page, town: _go(page, sheets.path(town, key, of_it))


def _not_signed(page: Page, town: Town) -> None:
    content.version(page, town)
    page.locator("main form button").last.click()
    page.wait_for_selector(".errors")


def _sign_in_refused(page: Page, _town: Town) -> None:
    page.goto("/sign-in")
    page.locator("#login").fill("nobody@browser.test")
    page.locator("#password").fill("not a password of anybody")
    page.locator("main button").click()
    page.wait_for_selector(".errors")


LESSON = "/modules/FND103/lessons/20-balances/"
STATES = (
    State("sign-in", None, "/sign-in"),
    State("sign-in refused", None, _sign_in_refused),
    State("verify", None, "/verify/"),
    State("verify several", None, "/verify/several"),
    State("verdicts", None, _verdicts),
    State("verdicts refused", None, _verdicts_refused),
    State("verdict malformed", None, "/verify/no-number-at-all"),
    State("verdict valid", None, _verdict("long")),
    State("verdict practice", None, _verdict("asha")),
    State("verdict refused", None, _verdict("glyph")),
    State("nowhere", None, "/nowhere"),
    State("home, no lesson read", "enrolled", "/"),
    State("module, no lesson read", "enrolled", "/modules/FND103/"),
    State("home, reading", "reading", "/"),
    State("modules", "reading", "/modules/"),
    State("module", "reading", "/modules/FND103/"),
    State("lesson", "reading", LESSON),
    State("sources", "reading", f"{LESSON}sources"),
    State("modules, none fits", "reading", "/modules/?role=UPO&state=passed"),
    State("programmes", "reading", "/programmes/"),
    State("programmes, none fits", "reading", "/programmes/?role=AFO&state=open"),
    State("programme, open", "reading", "/programmes/B02/"),
    State("programme, not open", "reading", "/programmes/C20/"),
    State("programme, electives", "reading", "/programmes/C15/"),
    State("certificates, none", "reading", "/certificates/"),
    State("not allowed", "reading", "/grading/"),
    State("home, all read", "ready", "/"),
    State("module, all read", "ready", "/modules/FND103/"),
    State("home, answering", "answering", "/"),
    State("module, answering", "answering", "/modules/FND103/"),
    State("paper", "answering", _paper("answering")),
    State("home, waiting", "waiting", "/"),
    State("handed in", "waiting", _paper("waiting")),
    State("home, failed", "failed", "/"),
    State("module, failed", "failed", "/modules/FND103/"),
    State("result, failed", "failed", _paper("failed")),
    State("home, used up", "used-up", "/"),
    State("module, used up", "used-up", "/modules/FND103/"),
    State("result, used up", "used-up", lambda page, town: _newest(page, town, "used-up")),
    State("home, planned", "planned", "/"),
    State("module, planned", "planned", "/modules/FND103/"),
    State("result, planned", "planned", lambda page, town: _newest(page, town, "planned")),
    State("home, certificate", "long", "/"),
    State("module, passed", "long", "/modules/FND103/"),
    State("result, passed", "long", _paper("long")),
    State("certificates", "long", "/certificates/"),
    State("home, practice", "asha", "/"),
    State("home, refused", "glyph", "/"),
    State("certificates, refused", "glyph", "/certificates/"),
    State("home, not enrolled", "abebe", "/"),
    State("module, not enrolled", "abebe", "/modules/FND103/"),
    State("home, instructor", "instructor", "/"),
    State("grading", "instructor", "/grading/"),
    State("answer", "instructor", _essay),
    State("answer refused", "instructor", _essay_refused),
    State("signing", "signer", "/grading/sign"),
    State("signing, nothing", "stranger", "/grading/sign"),
    State("release", "instructor", _release),
    State("releases", "instructor", "/grading/release"),
    State("releases, nothing", "stranger", "/grading/release"),
    State("second marking, nothing", "stranger", "/grading/second/"),
    State("second marks to sign, nothing", "stranger", "/grading/second/sign"),
    State("agreement of markers, none", "stranger", "/grading/agreement/"),
    State("attempts used up", "instructor", "/grading/plans/"),
    State("plan", "instructor", _plan),
    State("plan refused", "instructor", _plan_refused),
    State("home, nothing to mark", "stranger", "/"),
    State("attempts used up, none", "stranger", "/grading/plans/"),
    State("grading, nothing", "stranger", "/grading/"),
    State("practicals", "instructor", "/practicals/"),
    State("practicals, nobody of this name", "instructor", "/practicals/?q=nobody"),
    State("practicals, nothing", "stranger", "/practicals/"),
    State("checklist", "instructor", _sheet("tapping")),
    State("sheet, incomplete", "instructor", _sheet("tapping", "review")),
    State("sheet, second signature", "instructor", _sheet("paired", "review")),
    State("sheet, not signed", "instructor", sheets.not_signed),
    State("sheet, set aside", "instructor", _sheet("tapping", "set-aside")),
    State("home, to countersign", "countersigning", "/"),
    State("module, to countersign", "countersigning", "/modules/FND103/"),
    State("sheet, to countersign", "countersigning", _sheet("countersigning", "review")),
    State("checklist on paper", "countersigning", sheets.on_paper),
    State("home, reviewer", "reviewer", "/"),
    State("content", "reviewer", "/content/"),
    State("version", "reviewer", content.version),
    State("questions", "reviewer", content.questions),
    State("uploads, none", "reviewer", "/content/uploads/"),
    State("upload refused", "reviewer", content.upload_refused),
    State("upload", "reviewer", content.upload),
    State("upload, lesson", "reviewer", content.draft("lessons/20-balances/")),
    State("upload, questions", "reviewer", content.draft("questions/")),
    State("upload, every kind", "reviewer", content.every_kind),
    State("upload, practical", "reviewer", content.draft("practicals/histidine-buffer/")),
    State("practical of a version", "reviewer", content.practical),
    State("guide for authors", "reviewer", "/content/uploads/guide/"),
    State("questions from elsewhere", "reviewer", "/content/import/"),
    State("questions from elsewhere, report", "reviewer", content.questions_read),
    State("questions from elsewhere, refused", "reviewer", content.questions_refused),
    State("questions to elsewhere", "reviewer", content.questions_taken),
    State("home, owner", "owner", "/"),
    State("version, owner", "owner", content.version),
    State("version, not signed", "owner", _not_signed),
    State("home, coordinator", "coordinator", "/"),
    State("certificates, all", "coordinator", "/certificates/"),
    State("enrolments", "coordinator", "/enrolments/"),
    State("enrolments, none", "coordinator", "/enrolments/?q=nobody+at+all"),
    State("enrol", "coordinator", "/enrolments/new?what=FND103"),
    State("enrol refused", "coordinator", coordinating.enrolling_refused),
    State("end an enrolment", "coordinator", coordinating.ending),
    State("end refused", "coordinator", coordinating.ending_refused),
    State("list", "coordinator", "/enrolments/import/"),
    State("list refused", "coordinator", coordinating.list_refused),
    State("list, each row", "coordinator", coordinating.preview),
    State("list, in", "coordinator", coordinating.brought_in),
    State("progress", "coordinator", "/progress/"),
    State("progress, programme", "coordinator", "/progress/?what=C01"),
    State("progress, none", "coordinator", "/progress/?q=nobody+at+all"),
    State("progress in full", "coordinator", coordinating.enrolment_in_full),
    State("levels that end", "coordinator", "/progress/ending/"),
    State("own progress", "reading", "/progress/"),
    State("progress of learners", "instructor", "/progress/"),
    State("home, regulator", "regulator", "/"),
    State("home, administrator", "administrator", "/"),
    *(State(*one) for one in office.STATES),
    *(State(*one) for one in finding.STATES),
    *(State(*one) for one in deciding.STATES),
    *(State(*one) for one in counting.STATES),
    *(State(*one) for one in attesting.STATES),
    *(State(*one) for one in calibrating.STATES),
    *(State(*one) for one in examining.STATES),
    *(State(*one) for one in timing.STATES),
    *(State(*one) for one in markers.STATES),
    State("trail", "administrator", "/records/"),
    State("trail, none", "administrator", "/records/?kind=nothing"),
)
PEOPLE = list(dict.fromkeys(state.who for state in STATES))
