"""Pages of calibration answers in the town: the lead's, and those of a marker who tries them."""

from playwright.sync_api import Page
from sqlalchemy import select

from lms.curriculum.models import Question
from lms.db import db, transaction
from lms.grading.calibration import actions, queries
from lms.grading.queries import rubric_of
from tests import walk
from tests.browser import world
from tests.browser.conftest import Town
from tests.factories import actor_for


def _agreed(town: Town) -> tuple[str, str]:
    """Let the owner agree on three answers, once; return the question and one of them."""
    with town.hub.inside():
        owner = actor_for(world.person_id("owner"))
        with transaction():
            question = db.session.scalars(select(Question).where(Question.kind == "essay")).first()
            assert question is not None
            criteria = [one["id"] for one in rubric_of(question.id).key["criteria"]]
            for number in range(queries.last_number(question.id), 3):
                actions.agree_on_anchor(
                    question_id=question.id,
                    text="The balance is 112 %, and a yield of 107 % cannot be. I stop the step.",
                    levels=dict.fromkeys(criteria, number + 1),
                    reasons=dict.fromkeys(criteria, "The rubric says so in these words."),
                    item_id=None,
                    read_number=number,
                    checked=walk.checked(owner),
                    by=owner,
                )
            return question.id, queries.anchors_of([question.id])[question.id][0].id


def _tried(town: Town) -> tuple[str, str]:
    """Let the instructor finish a try two levels off; return the question and an answer."""
    question, anchor = _agreed(town)
    with town.hub.inside():
        by = actor_for(world.person_id("instructor"))
        with transaction():
            found = queries.course(question, by)
            for one in found.waiting if not found.tries else ():
                levels = {name: min(4, level + 2) for name, level in one.levels.items()}
                actions.mark_anchor(anchor_id=one.id, levels=levels, number=found.number, by=by)
    return question, anchor


def _list(page: Page, town: Town) -> None:
    _agreed(town)
    page.goto("/grading/anchors/")


def _question(page: Page, town: Town) -> None:
    page.goto(f"/grading/anchors/{_tried(town)[0]}/")


def _adding(page: Page, town: Town) -> None:
    page.goto(f"/grading/anchors/{_agreed(town)[0]}/add")


def _refused(page: Page, town: Town) -> None:
    _adding(page, town)
    page.locator("main form .button").last.click()
    page.wait_for_selector(".errors")


def _withdrawing(page: Page, town: Town) -> None:
    page.goto(f"/grading/anchors/withdraw/{_agreed(town)[1]}/")


def _course(page: Page, town: Town) -> None:
    page.goto(f"/grading/calibration/{_tried(town)[0]}/")


def _begun(page: Page, town: Town) -> None:
    page.goto(f"/grading/calibration/{_agreed(town)[0]}/")


def _answer(page: Page, town: Town) -> None:
    page.goto(f"/grading/calibration/answers/{_tried(town)[1]}/")


def _difference(page: Page, town: Town) -> None:
    page.goto(f"/grading/calibration/answers/{_tried(town)[1]}/1/")


STATES = (
    ("calibration answers", "owner", _list),
    ("calibration answers, none such", "owner", "/grading/anchors/?show=nothing"),
    ("calibration answers to a question", "owner", _question),
    ("calibration answer, adding", "owner", _adding),
    ("calibration answer, refused", "owner", _refused),
    ("calibration answer, withdrawing", "owner", _withdrawing),
    ("calibration", "instructor", "/grading/calibration/"),
    ("calibration, not begun", "signer", _begun),
    ("calibration, not met", "instructor", _course),
    ("calibration, an answer", "instructor", _answer),
    ("calibration, levels beside", "instructor", _difference),
)
