"""An appeal goes to somebody who had no part in the result, and stays visible."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.assessment.models import Attempt
from lms.assessment.results import result_of
from lms.competency.queries import levels_of
from lms.db import db, transaction
from lms.errors import NotFound, RuleBroken
from lms.grading.appeals import actions, queries
from lms.grading.appeals.rules import WINDOW, check_appeal, check_decider
from lms.people.models import Organisation
from lms.records.verify import verify
from tests import walk
from tests.factories import PASSWORD, actor_for, csrf_of, make_person, signed_in

DAY = datetime(2026, 11, 3, tzinfo=clock.now().tzinfo)


def test_an_appeal_comes_in_time_and_one_at_a_time():
    check_appeal(now=DAY + WINDOW, released_at=DAY, is_open=False)
    with pytest.raises(RuleBroken, match="30"):
        check_appeal(now=DAY + WINDOW + timedelta(seconds=1), released_at=DAY, is_open=False)
    with pytest.raises(RuleBroken, match="not decided yet"):
        check_appeal(now=DAY, released_at=DAY, is_open=True)


def test_who_marked_or_released_does_not_decide():
    check_decider("third", {"first", "second"})
    with pytest.raises(RuleBroken, match="Somebody who did not"):
        check_decider("first", {"first", "second"})


@pytest.fixture
def other(walked: Flask, hub: walk.Hub) -> Actor:
    """A second instructor of the site, who had no part in the walk."""
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        id = make_person(
            place, "instructor", name="Other Instructor", login="other@walk", password=PASSWORD
        ).id
    return actor_for(id)


@pytest.fixture
def failed(walked: Flask, hub: walk.Hub) -> tuple[Actor, str]:
    """A learner whose essay got a 0 in every criterion, and the attempt."""
    learner, instructor = walk.newcomer(hub, "Appealing Learner"), actor_for(hub.instructor)
    attempt = walk.sit(walk.take_part(hub, learner), learner)
    walk.grade(attempt, instructor, points=0)
    walk.release(attempt, instructor)
    return learner, attempt


def _appeal(learner: Actor, attempt: str) -> str:
    with transaction():
        return actions.appeal_against(
            attempt_id=attempt, reason="The second balance was not read.", by=learner
        ).id


def _decide(by: Actor, appeal: str, *, points: int | None) -> None:
    with transaction():
        answers = queries.written(queries.appeal(appeal, by).attempt.id)
        levels = {
            one.item.id: {c["id"]: points for c in one.key.key["criteria"]} for one in answers
        }
        actions.decide_appeal(
            appeal_id=appeal,
            changed=points is not None,
            levels=levels if points is not None else {},
            note="Both balances are there.",
            checked=walk.checked(by),
            by=by,
        )


def test_changed_marks_supersede_the_result_and_give_the_level(other, failed):
    learner, attempt = failed
    _decide(other, _appeal(learner, attempt), points=3)
    with transaction(write=False):
        result = result_of(attempt)
        assert (result.number, result.passed) == (2, True)
        assert result.outcome["corrected"] == "Both balances are there."
        assert levels_of(learner.id, practice=False)
        assert not verify().mismatches


def test_a_result_that_stands_stays_the_first(other, failed):
    learner, attempt = failed
    _decide(other, _appeal(learner, attempt), points=None)
    with transaction(write=False):
        assert result_of(attempt).number == 1
        (one,) = queries.of_own_attempt(attempt, learner)
        assert (one.decision.changed, one.decider) == (False, "Other Instructor")


def test_a_change_that_changes_nothing_is_refused_whole(other, failed):
    learner, attempt = failed
    appeal = _appeal(learner, attempt)
    with pytest.raises(RuleBroken, match="No mark differs"):
        _decide(other, appeal, points=0)
    with transaction(write=False):
        assert queries.of_own_attempt(attempt, learner)[0].decision is None


def test_the_marker_neither_sees_nor_decides_it(hub, other, failed):
    learner, attempt = failed
    appeal, marker = _appeal(learner, attempt), actor_for(hub.instructor)
    with transaction(write=False):
        assert not queries.waiting(marker)
        assert [one.row.id for one in queries.waiting(other)] == [appeal]
        assert queries.count_waiting(other) == 1
    with pytest.raises(NotFound):
        _decide(marker, appeal, points=3)


def test_a_second_appeal_waits_for_the_answer_to_the_first(failed):
    learner, attempt = failed
    _appeal(learner, attempt)
    with pytest.raises(RuleBroken, match="not decided yet"):
        _appeal(learner, attempt)


def test_nobody_appeals_for_another(hub, failed):
    _learner, attempt = failed
    with pytest.raises(NotFound), transaction():
        actions.appeal_against(attempt_id=attempt, reason="x", by=actor_for(hub.learner))


def test_the_pages_lead_from_the_result_to_the_answer(walked, hub, other):
    with transaction(write=False):
        attempt = db.session.scalars(
            select(Attempt.id).where(Attempt.person_id == hub.learner)
        ).one()
    learner, decider = signed_in(walked, "learner@walk"), signed_in(walked, "other@walk")
    page = f"/appeals/attempts/{attempt}/"
    assert page in learner.get(f"/attempts/{attempt}/").text
    sent = {"csrf_token": csrf_of(learner, page), "reason": "Look at my blank."}
    assert learner.post(page, data=sent | {"reason": ""}).status_code == 422
    assert learner.post(page, data=sent).status_code == 303
    desk = decider.get("/appeals/").text
    place = re.findall(r"/appeals/[0-9a-z]{26}/", desk)[0]
    shown = decider.get(place).text
    assert "Look at my blank." in shown
    assert "Learner Walk" not in shown
    form = {
        "csrf_token": csrf_of(decider, place),
        "decision": "stands",
        "note": "The blank was weighed.",
        "password": PASSWORD,
    }
    assert decider.post(place, data=form).status_code == 303
    assert "The blank was weighed." in learner.get(page).text
