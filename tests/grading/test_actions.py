"""Claims about marking: signed, superseded, never rewritten, by those who teach there."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.actor import SYSTEM, Actor
from lms.assessment.models import AttemptItem, Result
from lms.db import db, transaction
from lms.errors import Conflict, DomainError, NotFound, RuleBroken
from lms.grading import actions, queries
from lms.grading.models import Mark
from lms.people.actions import Checked, grant_role
from lms.people.models import Organisation, Person
from lms.people.queries import actor_of_person
from lms.records.models import Signature
from tests import walk
from tests.factories import actor_for, make_person


@pytest.fixture
def handed_in(taught: Flask) -> tuple[walk.Hub, str, str]:
    """A hub, an attempt that was handed in, and its written answer."""
    hub = walk.people_of_a_hub()
    learner = actor_for(hub.learner)
    attempt_id = walk.sit(walk.take_part(hub, learner), learner)
    with transaction(write=False):
        (waiting,) = queries.queue(actor_of_person(hub.instructor))
        return hub, attempt_id, waiting.item.id


def _mark(item_id: str, by: Actor, **values: Any) -> int:
    settings = {"read_number": 0, "comment": "Good."} | values
    with transaction():
        criteria = _criteria(item_id)
        points = settings.pop("points", 3)
        return actions.mark_answer(
            item_id=item_id,
            levels={criterion["id"]: points for criterion in criteria},
            by=by,
            **settings,
        ).number


def _criteria(item_id: str) -> list[dict[str, Any]]:
    item = db.session.get_one(AttemptItem, item_id)
    criteria: list[dict[str, Any]] = queries.rubric_of(item.question_id).key["criteria"]
    return criteria


def _count(model: Any) -> int:
    with transaction(write=False):
        return db.session.scalar(sa.select(sa.func.count(model.id))) or 0


def test_a_second_mark_supersedes_the_first_and_both_stay(handed_in) -> None:
    hub, attempt_id, item_id = handed_in
    instructor = actor_for(hub.instructor)
    assert _mark(item_id, instructor, points=1) == 1
    assert _mark(item_id, instructor, points=4, read_number=1) == 2
    with transaction(write=False):
        assert set(queries.marks_of(attempt_id)[item_id].levels.values()) == {4}
        levels = db.session.scalars(sa.select(Mark.levels).order_by(Mark.number)).all()
        assert [set(one.values()) for one in levels] == [{1}, {4}]


def test_a_mark_on_what_somebody_marked_meanwhile_is_a_conflict(handed_in) -> None:
    hub, _attempt_id, item_id = handed_in
    instructor = actor_for(hub.instructor)
    _mark(item_id, instructor)
    with pytest.raises(Conflict):
        _mark(item_id, instructor, points=0)
    assert _count(Mark) == 1


@pytest.mark.parametrize(
    ("checked", "refusal"),
    [
        (None, RuleBroken),
        (Checked("", "", None, None, 0), RuleBroken),
        (Checked("", "", None, None, 60), DomainError),  # too many wrong ones lately
    ],
)
def test_without_the_right_password_nothing_is_signed_or_released(
    handed_in, checked, refusal
) -> None:
    hub, attempt_id, item_id = handed_in
    instructor = actor_for(hub.instructor)
    _mark(item_id, instructor)
    with transaction(write=False):
        (mark,) = db.session.scalars(sa.select(Mark.id))
    with pytest.raises(refusal), transaction():
        actions.sign_marks(mark_ids={mark}, checked=checked, by=instructor)
    with pytest.raises(refusal), transaction():
        actions.release_result(attempt_id=attempt_id, checked=checked, by=instructor)
    assert (_graded(), _count(Result)) == (0, 0)


def _graded() -> int:
    with transaction(write=False):
        graded = sa.select(sa.func.count(Signature.id)).where(Signature.meaning == "graded")
        return db.session.scalar(graded) or 0


def test_marks_are_signed_together_with_one_password_and_each_once(handed_in) -> None:
    hub, _attempt_id, item_id = handed_in
    instructor = actor_for(hub.instructor)
    _mark(item_id, instructor)
    walk.sign_marks(instructor)
    walk.sign_marks(instructor)
    assert _graded() == 1


def test_nobody_signs_the_mark_of_another_marker(handed_in) -> None:
    hub, _attempt_id, item_id = handed_in
    _mark(item_id, actor_for(hub.instructor))
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        other = make_person(place, "instructor").id
    walk.sign_marks(actor_for(other))
    assert _graded() == 0


def test_a_result_waits_until_its_marks_are_signed(handed_in) -> None:
    hub, attempt_id, item_id = handed_in
    instructor = actor_for(hub.instructor)
    _mark(item_id, instructor)
    with pytest.raises(RuleBroken, match="not signed"):
        walk.release(attempt_id, instructor)
    walk.sign_marks(instructor)
    _mark(item_id, instructor, points=1, read_number=1)  # changed after the signature
    with pytest.raises(RuleBroken, match="not signed"):
        walk.release(attempt_id, instructor)
    walk.sign_marks(instructor)
    walk.release(attempt_id, instructor)
    assert _count(Result) == 1


@pytest.mark.parametrize("who", ["learner", "coordinator", "administrator", "owner"])
def test_who_does_not_teach_there_marks_and_releases_nothing(handed_in, who: str) -> None:
    hub, attempt_id, item_id = handed_in
    by = actor_for(getattr(hub, who))
    with pytest.raises(NotFound):
        _mark(item_id, by)
    with pytest.raises(NotFound):
        walk.release(attempt_id, by)
    assert (_count(Mark), _count(Result)) == (0, 0)


def test_an_instructor_of_the_sending_site_does_not_mark_what_is_taught_elsewhere(
    handed_in,
) -> None:
    hub, _attempt_id, item_id = handed_in
    with pytest.raises(NotFound):
        _mark(item_id, _with_role(hub.coordinator, hub.sending))


def test_nobody_marks_their_own_answer_though_they_teach_there(handed_in) -> None:
    hub, attempt_id, item_id = handed_in
    own = _with_role(hub.learner, hub.delivering)
    with pytest.raises(NotFound):
        _mark(item_id, own)
    _mark(item_id, actor_for(hub.instructor))
    with pytest.raises(NotFound):
        walk.release(attempt_id, own)


def _with_role(person_id: str, place_id: str) -> Actor:
    with transaction():
        grant_role(
            person=db.session.get_one(Person, person_id),
            role="instructor",
            organisation=db.session.get_one(Organisation, place_id),
            by=SYSTEM,
        )
    return actor_for(person_id)


def test_a_result_is_not_released_before_every_answer_is_marked(handed_in) -> None:
    hub, attempt_id, _item_id = handed_in
    with pytest.raises(RuleBroken, match="marked"):
        walk.release(attempt_id, actor_for(hub.instructor))
    assert _count(Result) == 0


def test_a_released_answer_leaves_the_queue_and_takes_no_further_mark(handed_in) -> None:
    hub, attempt_id, item_id = handed_in
    instructor = actor_for(hub.instructor)
    _mark(item_id, instructor)
    walk.sign_marks(instructor)
    walk.release(attempt_id, instructor)
    with transaction(write=False):
        assert queries.queue(actor_of_person(hub.instructor)) == []
    with pytest.raises(NotFound):
        _mark(item_id, instructor, read_number=1)


def test_a_criterion_with_no_points_fails_the_attempt_whatever_else_was_right(handed_in) -> None:
    hub, attempt_id, _item_id = handed_in
    instructor = actor_for(hub.instructor)
    walk.grade(attempt_id, instructor, points=0)
    walk.release(attempt_id, instructor)
    with transaction(write=False):
        result = db.session.scalars(sa.select(Result)).one()
        assert result.passed is False
        assert result.outcome["zero_criteria"]
