"""What regrade tests start from: a certified learner, and keys that are corrected afterwards."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms import clock
from lms.actor import SYSTEM
from lms.assessment.models import AttemptItem, Score
from lms.columns import digest
from lms.curriculum.models import Question, QuestionKey
from lms.curriculum.queries import version_by_id
from lms.db import db, transaction
from lms.people.actions import Checked
from lms.records.actions import record
from lms.regrade import actions
from tests import walk
from tests.factories import actor_for


def newest_key(question_id: str) -> QuestionKey:
    """Return the key of a question that counts, in the open transaction."""
    statement = select(QuestionKey).where(QuestionKey.question_id == question_id)
    return db.session.scalars(statement.order_by(QuestionKey.number.desc())).first()


def correct(question_id: str, **changed: Any) -> None:
    """Append a corrected key, as the content owner's signed act does."""
    with transaction():
        old = newest_key(question_id)
        key = old.key | changed
        row = QuestionKey(
            question_id=question_id,
            number=old.number + 1,
            key=key,
            key_digest=digest(key),
            stored_at=clock.now(),
        )
        db.session.add(row)
        record("question-key.stored", row, by=SYSTEM)


def answered_right(attempt_id: str, kind: str = "single") -> tuple[str, str]:
    """Return (question, item) of the first answer of a kind in an attempt that is fully right."""
    with transaction(write=False):
        statement = (
            select(AttemptItem.question_id, AttemptItem.id)
            .join(Score, Score.item_id == AttemptItem.id)
            .where(
                AttemptItem.attempt_id == attempt_id,
                AttemptItem.kind == kind,
                Score.fraction == "1",
            )
            .order_by(AttemptItem.position)
        )
        row = db.session.execute(statement).first()
        assert row, f"no right answer of kind {kind}"
        return row[0], row[1]


def critical_question(attempt_id: str) -> str:
    """Return a critical single-choice question of an attempt: one wrong, and it is not passed."""
    with transaction(write=False):
        statement = (
            select(Question.id)
            .join(AttemptItem, AttemptItem.question_id == Question.id)
            .where(
                AttemptItem.attempt_id == attempt_id,
                Question.kind == "single",
                Question.critical != "",
            )
        )
        found = db.session.scalars(statement).first()
        assert found, "the paper has no critical single choice"
        return found


def right_options(question_id: str) -> list[str]:
    """Return what the key that counts says is right."""
    with transaction(write=False):
        return newest_key(question_id).key["correct"]


def another_option(question_id: str) -> str:
    """Return an option that the key says is wrong."""
    with transaction(write=False):
        question = db.session.get_one(Question, question_id)
        right = newest_key(question_id).key["correct"]
        return next(o["id"] for o in question.shown["options"] if o["id"] not in right)


@pytest.fixture
def acting(walked: Flask, hub: walk.Hub) -> dict[str, Any]:
    """The people who sign runs, with their passwords entered again."""
    return {name: actor_for(getattr(hub, name)) for name in ("owner", "reviewer", "second")}


def checked(by: Any) -> Checked:
    """Return the proof of a password entered again."""
    return walk.checked(by)


def propose(by: Any, question_id: str, policy: str = "both-ways") -> str:
    """Propose a run over one question; return its id."""
    with transaction():
        question = db.session.get_one(Question, question_id)
        version = version_by_id(question.module_version_id)
        return actions.propose_run(
            version=version,
            questions=[question_id],
            policy=policy,
            reason="The key named the wrong option.",
            checked=checked(by),
            by=by,
        ).id


def carry_out(by: Any, run_id: str) -> None:
    """Carry a run out as a second person."""
    with transaction():
        actions.decide_run(run_id=run_id, carry_out=True, note="", checked=checked(by), by=by)
