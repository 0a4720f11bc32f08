"""What an instructor finds in the queue, and which of several answers is graded."""

from flask import Flask

from lms import clock
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt
from lms.db import db, transaction
from lms.grading import queries as marking
from tests import walk
from tests.factories import actor_for, signed_in
from tests.walk import Hub


def newcomers_attempt(hub: Hub, name: str) -> str:
    learner = walk.newcomer(hub, name)
    return walk.sit(walk.take_part(hub, learner), learner)


def test_marked_answers_take_no_place_from_those_that_wait(walked: Flask, hub: Hub) -> None:
    instructor = actor_for(hub.instructor)
    marked, waiting = newcomers_attempt(hub, "First"), newcomers_attempt(hub, "Second")
    walk.grade(marked, instructor)
    with transaction(write=False):
        assert [one.attempt.id for one in marking.queue(instructor, limit=1)] == [waiting]
        assert marking.count_queue(instructor) == 1
        assert marking.count_ready(instructor) == 1
        assert marking.to_release(instructor, limit=1)[0][0].id == marked


def test_what_is_graded_is_what_counts_when_answers_came_in_another_order(
    walked: Flask, hub: Hub
) -> None:
    learner = walk.newcomer(hub, "Slow Line")
    enrolment_id = walk.take_part(hub, learner)
    with transaction():
        attempt = assessment.start_attempt(
            enrolment=db.session.get_one(walk.Enrolment, enrolment_id),
            version=walk.current_version(),
            locale="en",
            by=learner,
        )
    with transaction():
        paper = attempts.items_of(db.session.get_one(Attempt, attempt.id).id)
        essay = next(item.id for item in paper if item.kind == "essay")
        for sequence, text in ((2, "the later text"), (1, "the earlier text")):
            assessment.save_response(
                attempt_id=attempt.id,
                item_id=essay,
                client="tab-of-the-test",
                sequence=sequence,
                seen=0,
                fields={"text": [text]},
                claimed_at=clock.now().isoformat(),
                by=learner,
            )
        assessment.submit_attempt(attempt_id=attempt.id, by=learner)
    page = signed_in(walked, "instructor@walk").get(f"/grading/answers/{essay}/").text
    assert "the later text" in page
    assert "the earlier text" not in page
