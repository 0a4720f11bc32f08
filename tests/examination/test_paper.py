"""Claims about exams on paper: who enters, what is compared, what is taken over, what waits."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt, Response, Submission
from lms.assessment.results import result_of
from lms.assessment.standing import COUNTS, ELSEWHERE, PAPER
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.examination import queries as sittings
from lms.examination import reporting
from lms.examination.models import Seat
from lms.examination.onpaper import actions, queries
from lms.examination.onpaper.models import PaperEntry
from lms.records.models import Signature
from tests import walk
from tests.examination import acts, papers
from tests.examination.acts import Room
from tests.factories import actor_for


def test_a_sheet_goes_from_the_print_to_the_evidence(room: Room) -> None:
    sitting, attempt = papers.seated(room)
    second, third = papers.reader(room, "Second"), papers.reader(room, "Third")
    papers.note(room, attempt)
    papers.enter(attempt, papers.right(attempt), room.invigilator)
    papers.enter(attempt, papers.right(attempt, but=[1, 2]), second)
    with pytest.raises(RuleBroken, match="where the two entries differ"):
        papers.take(attempt, second)
    for item in papers.differing(attempt):
        papers.settle(attempt, item, 1, third)
    with pytest.raises(RuleBroken, match="still answering"):
        acts.sign(room, sitting)
    papers.take(attempt, third)
    acts.sign(room, sitting)
    walk.grade(attempt, room.invigilator)
    walk.release(attempt, room.invigilator)
    with transaction(write=False):
        result = result_of(attempt)
        assert result is not None
        assert result.passed
        written = queries.sheet(attempt, third).times
        assert written is not None
        rows = db.session.scalars(select(Response).where(Response.client == PAPER)).all()
        assert {row.claimed_at for row in rows} == {written.ended_at.isoformat()}
        assert len(rows) == 12
        assert db.session.scalars(select(Submission)).one().how == "paper"
    assert acts.passed(room)


def test_the_invigilator_signs_instead_of_the_candidate_and_says_so(room: Room) -> None:
    sitting, attempt = papers.seated(room)
    assert papers.seat(room, sitting) == attempt
    with transaction(write=False):
        seat = db.session.scalars(select(Seat)).one()
        assert seat.attempt_id == attempt
        signatures = db.session.scalars(select(Signature)).all()
        assert [(one.meaning, one.person_id) for one in signatures] == [
            ("seated on paper", room.invigilator.id)
        ]
        held = sittings.sitting(sitting, room.invigilator)
        (candidate,) = reporting.statement(held)["candidates"]
        assert candidate["paper"]["by"] == room.invigilator.id
        assert candidate["paper"]["ended_at"] is None


def test_nobody_is_seated_before_the_identity_agrees(room: Room) -> None:
    sitting = acts.open_sitting(room)
    with pytest.raises(RuleBroken, match="identity first"):
        papers.seat(room, sitting)
    acts.look(room, sitting, agrees=False, note="Another face")
    with pytest.raises(RuleBroken, match="identity first"):
        papers.seat(room, sitting)


def test_the_clock_does_not_close_what_is_written_on_paper(room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    acts.later(30)
    with transaction():
        assert attempts.overdue(clock.now(), 10) == []
        assessment.close_overdue(attempt)
        assert not attempts.is_closed(attempt)


def test_an_attempt_that_runs_goes_on_on_paper_and_keeps_what_was_saved(room: Room) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    attempt = acts.begin(room, acts.code_of(room, sitting))
    fields = papers.right(attempt)
    with transaction():
        items = attempts.items_of(attempt)
        own = {
            item.id: {
                name.removeprefix(f"item-{item.id}-"): values
                for name, values in fields.items()
                if name.startswith(f"item-{item.id}-")
            }
            for item in items
        }
        walk.save(attempt, items[0].id, own[items[0].id], room.learner)
    assert papers.seat(room, sitting) == attempt
    with transaction():
        late = assessment.save_response(
            attempt_id=attempt, item_id=items[1].id, client="another", sequence=1, seen=0,
            fields=own[items[1].id], claimed_at="", by=room.learner,
        )  # fmt: skip
        assert late.standing == ELSEWHERE
    with pytest.raises(Conflict, match="on paper"), transaction():
        assessment.take_over(attempt_id=attempt, client="another", by=room.learner)
    with pytest.raises(Conflict, match="on paper"), transaction():
        assessment.submit_attempt(attempt_id=attempt, by=room.learner)
    second = papers.reader(room, "Second")
    papers.note(room, attempt)
    for by in (room.invigilator, second):
        papers.enter(attempt, papers.right(attempt, but=[1]), by)
    papers.take(attempt, second)
    with transaction(write=False):
        assert len(attempts.effective(attempt)) == 12


def test_nothing_counts_after_a_sheet_is_taken_over(room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    second = papers.reader(room, "Second")
    papers.note(room, attempt)
    for by in (room.invigilator, second):
        papers.enter(attempt, {}, by)
    papers.take(attempt, second)
    with transaction():
        item = attempts.items_of(attempt)[0]
        late = assessment.save_response(
            attempt_id=attempt, item_id=item.id, client="another", sequence=1, seen=0,
            fields=papers.Fields(), claimed_at="", by=room.learner,
        )  # fmt: skip
        assert late.standing != COUNTS
    for act in (
        lambda: papers.take(attempt, second),
        lambda: papers.enter(attempt, {}, papers.reader(room, "Third")),
        lambda: papers.note(room, attempt, number=1),
    ):
        with pytest.raises(Conflict, match="taken over"):
            act()


def test_the_same_person_enters_a_sheet_once_and_a_third_not_at_all(room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    with pytest.raises(RuleBroken, match="when the sheet was written"):
        papers.enter(attempt, {}, room.invigilator)
    papers.note(room, attempt)
    papers.enter(attempt, {}, room.invigilator)
    with pytest.raises(Conflict, match="entered this sheet already"):
        papers.enter(attempt, {}, room.invigilator)
    papers.enter(attempt, {}, papers.reader(room, "Second"))
    with pytest.raises(Conflict, match="Two people"):
        papers.enter(attempt, {}, papers.reader(room, "Third"))


def test_a_candidate_and_another_site_reach_no_sheet(room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    with transaction(write=False):
        for by in (room.stranger, room.learner, actor_for(room.hub.coordinator)):
            with pytest.raises(NotFound):
                queries.sheet(attempt, by)


def test_who_decides_again_takes_the_place_of_the_decision_before(room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    second = papers.reader(room, "Second")
    papers.note(room, attempt)
    papers.enter(attempt, papers.right(attempt), room.invigilator)
    papers.enter(attempt, papers.right(attempt, but=[3]), second)
    (item,) = papers.differing(attempt)
    papers.settle(attempt, item, 1, second)
    with pytest.raises(Conflict, match="changed"):
        papers.settle(attempt, item, 2, room.invigilator)
    papers.settle(attempt, item, 2, room.invigilator, read_number=1)
    papers.take(attempt, second)
    with transaction(write=False):
        assert item not in attempts.effective(attempt)
        agreed = queries.compared(attempt)
        assert agreed is not None
        other = next(one.id for one in agreed.items if one.id != item)
        with pytest.raises(NotFound):
            queries.differing(agreed, other)


def test_a_sheet_written_for_longer_than_there_is_time_is_refused(room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    with transaction(write=False):
        row = db.session.get_one(Attempt, attempt)
        allowed = int((row.deadline - row.started_at) / timedelta(minutes=1))
    with pytest.raises(RuleBroken, match="longer than"):
        papers.note(room, attempt, minutes=allowed + 2)
    papers.note(room, attempt, minutes=allowed)
    with pytest.raises(Conflict, match="changed"):
        papers.note(room, attempt, minutes=5)
    papers.note(room, attempt, minutes=5, number=1)


def test_a_signed_sitting_seats_nobody_on_paper(room: Room) -> None:
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    acts.sign(room, sitting)
    with pytest.raises(Conflict, match="signed"):
        papers.seat(room, sitting)
    with transaction(write=False):
        assert db.session.scalars(select(PaperEntry)).all() == []
        assert actions.SEATED
