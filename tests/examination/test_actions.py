"""Claims about sittings: who may begin, what is put, what is signed, and when an exam is shown."""

import pytest
from sqlalchemy import select

from lms.assessment import queries as attempts
from lms.assessment.actions import start_attempt
from lms.assessment.models import Attempt
from lms.assessment.results import result_of
from lms.curriculum.exams import questions_by_id
from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import catalogue, version_by_id
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.examination import actions, queries
from lms.examination.models import Seat
from lms.learning.models import Enrolment
from tests import walk
from tests.examination import acts
from tests.examination.acts import Room


def _sat(room: Room, *, right: bool = True) -> tuple[str, str]:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    attempt = acts.begin(room, acts.code_of(room, sitting))
    acts.answer(attempt, room.learner, right=right)
    return sitting, attempt


def test_an_exam_passed_in_a_signed_sitting_is_evidence(room: Room) -> None:
    sitting, attempt = _sat(room)
    assert not acts.passed(room)
    with pytest.raises(RuleBroken, match="has not signed the sitting"):
        walk.release(attempt, room.invigilator)
    acts.sign(room, sitting)
    walk.grade(attempt, room.invigilator)
    walk.release(attempt, room.invigilator)
    with transaction(write=False):
        result = result_of(attempt)
        assert result is not None
        assert result.passed
        assert set(result.outcome["by_outcome"]) == {"1", "2"}
    assert acts.passed(room)


def test_a_failed_exam_is_no_evidence(room: Room) -> None:
    sitting, attempt = _sat(room, right=False)
    acts.sign(room, sitting)
    walk.grade(attempt, room.invigilator, points=0)
    walk.release(attempt, room.invigilator)
    assert not acts.passed(room)


def test_the_paper_runs_over_every_module_by_hours(room: Room) -> None:
    _sitting, attempt = _sat(room)
    with transaction(write=False):
        items = attempts.items_of(attempt)
        pairs = questions_by_id({item.question_id for item in items})
        modules = {version_by_id(pairs[i.question_id][0].module_version_id).code for i in items}
        assert [item.position for item in items] == list(range(1, 13))
        assert modules == {"FND101", "FND103", "FND104"}
        assert len(pairs) == 12


def test_nobody_begins_before_the_identity_agrees(room: Room) -> None:
    sitting = acts.open_sitting(room)
    code = acts.code_of(room, sitting)
    with pytest.raises(RuleBroken, match="not the code"):
        acts.begin(room, code)
    acts.look(room, sitting, agrees=False, note="Another face")
    with pytest.raises(RuleBroken, match="not the code"):
        acts.begin(room, code)
    acts.look(room, sitting, number=1)
    with pytest.raises(RuleBroken, match="not the code"):
        acts.begin(room, "AAAAAA")
    assert acts.begin(room, f"{code[:3].lower()} {code[3:]}")


def test_a_code_is_good_for_twelve_hours(room: Room) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    code = acts.code_of(room, sitting)
    acts.later(13)
    with pytest.raises(RuleBroken, match="not the code"):
        acts.begin(room, code)


def test_beginning_twice_gives_the_open_paper_back(room: Room) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    code = acts.code_of(room, sitting)
    assert acts.begin(room, code) == acts.begin(room, code)
    with transaction(write=False):
        assert len(db.session.scalars(select(Seat)).all()) == 1


def test_an_exam_never_begins_outside_its_sitting(room: Room) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    with transaction():
        check = queries.checks(sitting, room.learner.id)[0][0]
        enrolment = db.session.get_one(Enrolment, check.enrolment_id)
        version = version_by_id(enrolment.module_version_id)
        with pytest.raises(RuleBroken, match="begins in its sitting"):
            start_attempt(enrolment=enrolment, version=version, locale="en", by=room.learner)


def test_a_disagreement_needs_words(room: Room) -> None:
    sitting = acts.open_sitting(room)
    with pytest.raises(RuleBroken, match="did not agree"):
        acts.look(room, sitting, agrees=False)


def test_who_looked_later_is_told_of_the_first_look(room: Room) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    with pytest.raises(Conflict):
        acts.look(room, sitting)


def test_a_sitting_is_not_signed_while_somebody_answers(room: Room) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    attempt = acts.begin(room, acts.code_of(room, sitting))
    with pytest.raises(RuleBroken, match="still answering"):
        acts.sign(room, sitting)
    acts.answer(attempt, room.learner)
    assert acts.sign(room, sitting) == acts.sign(room, sitting)
    with pytest.raises(Conflict, match="signed"):
        acts.look(room, sitting, number=1)


def test_what_changed_since_the_page_was_opened_is_not_signed(room: Room) -> None:
    sitting = acts.open_sitting(room)
    with pytest.raises(Conflict), transaction():
        actions.sign_sitting(
            sitting_id=sitting, read="0" * 64, checked=walk.checked(room.invigilator),
            by=room.invigilator,
        )  # fmt: skip


def test_another_site_sees_no_sitting_and_no_learner(room: Room) -> None:
    sitting = acts.open_sitting(room)
    with transaction(write=False):
        assert queries.sittings(room.stranger) == []
        with pytest.raises(NotFound):
            queries.sitting(sitting, room.stranger)
        held = queries.sitting(sitting, room.invigilator)
        assert [p.id for _e, p in queries.expected(held, room.invigilator)] == [room.learner.id]
        assert queries.expected(held, room.stranger) == []


def test_an_exam_is_in_no_catalogue(room: Room) -> None:
    _sat(room)
    with transaction(write=False):
        assert db.session.scalars(
            select(ModuleVersion).where(ModuleVersion.code == "X02-EXAM")
        ).one()
        assert "X02-EXAM" not in {one.version.code for one in catalogue(walk.clock.today())}


def test_a_retake_draws_other_questions_and_waits_a_day(room: Room) -> None:
    sitting, attempt = _sat(room, right=False)
    acts.sign(room, sitting)
    walk.grade(attempt, room.invigilator, points=0)
    walk.release(attempt, room.invigilator)
    again = acts.open_sitting(room)
    acts.look(room, again)
    with pytest.raises(RuleBroken, match="try again from"):
        acts.begin(room, acts.code_of(room, again))
    acts.later(25)
    again = acts.open_sitting(room)
    acts.look(room, again)
    second = acts.begin(room, acts.code_of(room, again))
    with transaction(write=False):
        first, then = (
            {item.question_id for item in attempts.items_of(id)} for id in (attempt, second)
        )
        assert not first & then
        assert db.session.get_one(Attempt, second).number == 2
