"""Claims about sheets that people work on at the same moment, on threads of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Submission
from lms.assessment.timing.queries import on_paper
from lms.db import Overtaken, db, transaction
from lms.errors import Conflict
from lms.examination.onpaper.models import PaperEntry
from tests.examination import acts, papers
from tests.examination.acts import Room


def _at_once(app: Flask, *calls: Callable[[], object]) -> list[bool]:
    """Do all at once; returns which of them were done, the others having been refused."""

    def one(call: Callable[[], object]) -> bool:
        with app.app_context():
            for _turn in range(10):
                try:
                    call()
                except Overtaken:
                    continue
                except Conflict:
                    return False
                return True
        raise AssertionError("overtaken ten times")

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_of_three_who_enter_at_once_two_are_taken(taught: Flask, room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    papers.note(room, attempt)
    readers = [room.invigilator, papers.reader(room, "Second"), papers.reader(room, "Third")]
    done = _at_once(taught, *(lambda by=by: papers.enter(attempt, {}, by) for by in readers))  # type: ignore[misc]
    assert sorted(done) == [False, True, True]
    with transaction(write=False):
        numbers = db.session.scalars(select(PaperEntry.number)).all()
        assert sorted(numbers) == [1, 2]


def test_one_person_entering_twice_at_once_enters_once(taught: Flask, room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    papers.note(room, attempt)
    by = room.invigilator
    done = _at_once(taught, *[lambda: papers.enter(attempt, {}, by)] * 3)
    assert sorted(done) == [False, False, True]


def test_a_sheet_is_taken_over_once(taught: Flask, room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    second = papers.reader(room, "Second")
    papers.note(room, attempt)
    for by in (room.invigilator, second):
        papers.enter(attempt, papers.right(attempt), by)
    done = _at_once(
        taught,
        *(lambda by=by: papers.take(attempt, by) for by in (room.invigilator, second)),  # type: ignore[misc]
    )
    assert sorted(done) == [False, True]
    with transaction(write=False):
        assert db.session.scalar(select(func.count(Submission.id))) == 1
        assert len(attempts.effective(attempt)) == 12


@pytest.mark.parametrize("turn", range(3))
def test_handing_in_and_going_on_paper_never_both_happen(
    taught: Flask, room: Room, turn: int
) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    attempt = acts.begin(room, acts.code_of(room, sitting))

    def hand_in() -> None:
        with transaction():
            assessment.submit_attempt(attempt_id=attempt, by=room.learner)

    def to_paper() -> None:
        try:
            papers.seat(room, sitting)
        except Exception as error:  # a paper that is handed in waits for its result
            raise Conflict(str(error)) from error

    done = _at_once(taught, *([hand_in, to_paper] if turn % 2 else [to_paper, hand_in]))
    assert sorted(done) == [False, True]
    with transaction(write=False):
        assert attempts.is_closed(attempt) == (on_paper(attempt) is None)
