"""Acts on one learner that come in at the same moment: the later judges what the earlier left."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep

from flask import Flask
from sqlalchemy import select

from lms.assessment.models import Result
from lms.competency.actions import record_evidence
from lms.competency.models import LevelHeld
from lms.db import db, transaction
from lms.grading import actions, queries
from lms.people.models import Organisation
from tests import walk
from tests.factories import actor_for
from tests.walk import Hub

LONG_ENOUGH = 0.5  # seconds in which a transaction that waits for nobody is over


def while_open(app: Flask, first: Callable[[], None], second: Callable[[], None]) -> None:
    """Do `second` in a thread while the transaction of `first` is still open."""

    def elsewhere() -> None:
        with app.app_context():
            second()

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            first()
            db.session.flush()
            later: Future[None] = pool.submit(elsewhere)
            sleep(LONG_ENOUGH)
        later.result()


def test_release_judges_the_mark_that_was_being_signed(walked: Flask, hub: Hub) -> None:
    instructor, learner = actor_for(hub.instructor), walk.newcomer(hub)
    attempt = walk.sit(walk.take_part(hub, learner), learner)
    walk.grade(attempt, instructor, points=4)
    with transaction(write=False):
        [(item, mark)] = queries.marks_of(attempt).items()
        levels = dict.fromkeys(mark.levels, 0)

    def mark_again() -> None:
        mark = actions.mark_answer(
            item_id=item,
            levels=levels,
            comment="",
            read_number=1,
            by=instructor,
        )
        checked = walk.checked(instructor)
        actions.sign_marks(mark_ids={mark.id}, checked=checked, by=instructor)

    while_open(walked, mark_again, lambda: walk.release(attempt, instructor))
    with transaction(write=False):
        result = db.session.scalars(select(Result).where(Result.attempt_id == attempt)).one()
        assert result.outcome["essay"] == "0"


def test_two_pieces_of_evidence_at_once_give_one_level_on_both(walked: Flask, hub: Hub) -> None:
    instructor, learner = actor_for(hub.instructor), walk.newcomer(hub)

    def show(organisation_id: str) -> None:
        record_evidence(
            db.session.get_one(Organisation, organisation_id),  # any row may be a source
            person_id=learner.id,
            shows={"FND-02": 1},
            kind="paper",
            practice=False,
            counts_until=None,
            module_version_id=walk.current_version().id,
            by=instructor,
        )

    def show_the_other() -> None:
        with transaction():
            show(hub.delivering)

    while_open(walked, lambda: show(hub.sending), show_the_other)
    with transaction(write=False):
        mine = select(LevelHeld).where(LevelHeld.person_id == learner.id)
        levels = db.session.scalars(mine.order_by(LevelHeld.number)).all()
        assert [len(level.basis) for level in levels] == [1, 2]
