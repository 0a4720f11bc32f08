"""What becomes of a result that is released twice."""

from flask import Flask
from sqlalchemy import func, select

from lms.assessment.models import Result
from lms.assessment.queries import attempts_of
from lms.db import db, transaction
from lms.grading import actions
from lms.grading import queries as marking
from lms.people.actions import Checked
from lms.people.queries import actor_of_person
from lms.records.models import Signature
from tests.factories import make_organisation, proof_of
from tests.faults.world import complete, hand_in, person_of, walker


def test_second_release_gives_the_first_back_and_signs_nothing(taught: Flask) -> None:
    with transaction():
        place = make_organisation("Centre")
        first = person_of("first", "instructor", place).id
        second = person_of("second", "instructor", place).id
    learner = hand_in(walker("walker", place))
    complete(learner, first)
    with transaction():
        by = actor_of_person(second)
        attempt = attempts_of(learner.enrolment)[0][0]
        assert not marking.queue(by)
        again = actions.release_result(
            attempt_id=attempt.id, checked=Checked("", "", by.id, proof_of(by), 0), by=by
        )
        assert again.released_by == first
    with transaction(write=False):
        assert db.session.scalar(select(func.count(Result.id))) == 1
        signers = select(Signature.person_id).where(Signature.meaning == "released")
        assert list(db.session.scalars(signers)) == [first]
