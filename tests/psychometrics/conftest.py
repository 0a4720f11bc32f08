"""What tests of stored figures start from: people who sat a paper, some answers right, some not."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.actor import Actor
from lms.assessment import actions as assessment
from lms.assessment.models import Attempt
from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from lms.learning.models import Enrolment
from tests import walk
from tests.factories import actor_for

Sit = Callable[..., str]


def sit_in(enrolment_id: str, learner: Actor, locale: str, right: Callable[[int], bool]) -> str:
    """Start an attempt and hand it in, the items right whose number (from 0) `right` says."""
    with transaction():
        enrolment = db.session.get_one(Enrolment, enrolment_id)
        attempt = assessment.start_attempt(
            enrolment=enrolment,
            version=db.session.get_one(ModuleVersion, enrolment.module_version_id),
            locale=locale,
            by=learner,
        )
    with transaction():
        attempt = db.session.get_one(Attempt, attempt.id)
        for number, (item_id, fields) in enumerate(walk.right_fields(attempt).items()):
            if right(number):
                walk.save(attempt.id, item_id, fields, learner)
        assessment.submit_attempt(attempt_id=attempt.id, by=learner)
        return attempt.id


@pytest.fixture
def sit(walked: Flask, hub: walk.Hub) -> Sit:
    """Let somebody new sit the paper: sit(number, locale="en", right=…); returns the attempt."""

    def sit(number: int, locale: str = "en", right: Callable[[int], bool] | None = None) -> str:
        learner = walk.newcomer(hub, f"Learner {number}")
        enrolment = walk.take_part(hub, learner)
        return sit_in(enrolment, learner, locale, right or (lambda item: (item + number) % 3 > 0))

    return sit


@pytest.fixture
def acting(walked: Flask, hub: walk.Hub) -> dict[str, Any]:
    """The people who read figures and sign reviews."""
    return {name: actor_for(getattr(hub, name)) for name in ("owner", "reviewer", "instructor")}


@pytest.fixture
def version(walked: Flask) -> str:
    """The id of the version whose paper was sat."""
    with transaction(write=False):
        return db.session.scalars(select(Attempt.module_version_id)).one()
