"""Puts one more question, of any kind, on an open paper: for claims about its whole way."""

from random import Random
from typing import Any

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt, AttemptItem
from lms.columns import digest
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.curriculum.queries import prompts
from lms.curriculum.text import markdown
from lms.db import db, transaction
from lms.learning.models import Enrolment
from lms.records.actions import record
from tests import walk


def open_paper(hub: walk.Hub, learner: Actor) -> str:
    """Let a learner take part and start an attempt; return it."""
    enrolment_id = walk.take_part(hub, learner)
    with transaction():
        enrolment = db.session.get_one(Enrolment, enrolment_id)
        return assessment.start_attempt(
            enrolment=enrolment,
            version=db.session.get_one(ModuleVersion, enrolment.module_version_id),
            locale="en",
            by=learner,
        ).id


def ask(attempt_id: str, table: dict[str, Any]) -> str:
    """Put a question as the last of an open paper; return its item."""
    with transaction():
        attempt = db.session.get_one(Attempt, attempt_id)
        kind = attempts.kinds()[table["kind"]]
        made = kind.parse({"outcome": "LO1", "lesson": "10-units", **table})
        stored = Question(
            module_version_id=attempt.module_version_id, code=made.id, kind=made.kind,
            outcome=made.outcome, lesson=made.lesson, critical=made.critical,
            points=str(made.points), shown=made.shown, shown_digest=digest(made.shown),
        )  # fmt: skip
        db.session.add(stored)
        record("question.stored", stored, by=SYSTEM)
        add_key(stored.id, 1, made.key)
        variant = kind.draw(made.shown, made.key, Random(1))
        block = prompts(attempt.module_version_id)
        shown = kind.present(made.shown, variant, block=block, inline=markdown.inline)
        item = AttemptItem(
            attempt_id=attempt_id, position=len(attempts.items_of(attempt_id)) + 1,
            question_id=stored.id, kind=made.kind, variant=variant, shown=shown,
            shown_digest=digest(shown), points=str(made.points),
        )  # fmt: skip
        db.session.add(item)
        record("paper.item-set", item, by=SYSTEM)
        return item.id


def add_key(question_id: str, number: int, key: dict[str, Any]) -> None:
    """Store a version of a question's key, in the open transaction."""
    row = QuestionKey(
        question_id=question_id,
        number=number,
        key=key,
        key_digest=digest(key),
        stored_at=clock.now(),
    )
    db.session.add(row)
    record("question-key.stored", row, by=SYSTEM)


def hand_in(attempt_id: str, learner: Actor, **given: dict[str, list[str]]) -> None:
    """Answer everything rightly, but for what is given otherwise by item, and hand in."""
    with transaction():
        attempt = db.session.get_one(Attempt, attempt_id)
        for item, fields in (walk.right_fields(attempt) | given).items():
            walk.save(attempt_id, item, fields, learner)
        assessment.submit_attempt(attempt_id=attempt_id, by=learner)
