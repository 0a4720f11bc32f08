"""A question that was put in an exam is regraded with the papers of its module."""

from sqlalchemy import select

from lms.assessment.models import AttemptItem
from lms.assessment.paper import standing_fractions
from lms.assessment.results import results_of
from lms.curriculum.models import Question
from lms.db import db, transaction
from lms.regrade import actions
from tests import walk
from tests.examination import acts
from tests.examination.acts import Room
from tests.factories import actor_for


def test_a_question_regraded_in_its_module_changes_the_exam_by_domain(room: Room) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    attempt = acts.begin(room, acts.code_of(room, sitting))
    acts.answer(attempt, room.learner, right=False)
    acts.sign(room, sitting)
    walk.grade(attempt, room.invigilator, points=0)
    walk.release(attempt, room.invigilator)
    owner, reviewer = actor_for(room.hub.owner), actor_for(room.hub.reviewer)
    with transaction():
        version = walk.current_version()
        asked = select(Question.id).join(AttemptItem, AttemptItem.question_id == Question.id)
        asked = asked.where(
            AttemptItem.attempt_id == attempt,
            AttemptItem.id.in_(standing_fractions(attempt)),
            Question.module_version_id == version.id,
        )
        run = actions.propose_run(
            version=version, questions=list(db.session.scalars(asked)), policy="full-marks",
            reason="They can be read in two ways.", checked=walk.checked(owner), by=owner,
        )  # fmt: skip
        assert [one["attempt"] for one in run.plan["attempts"]] == [attempt]
        actions.decide_run(
            run_id=run.id, carry_out=True, note="", checked=walk.checked(reviewer), by=reviewer
        )
    with transaction(write=False):
        before, after = (one.outcome["by_outcome"] for one in results_of(attempt))
        assert (before["1"], before["2"]) == ("0", "0")
        assert after["1"] == "0"
        assert after["2"] not in ("0", "1")
