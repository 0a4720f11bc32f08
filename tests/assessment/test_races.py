"""Answers, and the closing of their attempt, that come in at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select

from lms.assessment import queries
from lms.assessment.actions import start_attempt
from lms.assessment.models import Response
from lms.assessment.standing import CLOSING, COUNTS
from lms.curriculum.queries import version_by_id
from lms.db import db, transaction
from lms.people.queries import actor_of_person
from tests.factories import (
    PASSWORD,
    csrf_of,
    make_enrolment,
    make_organisation,
    make_person,
    signed_in,
)

TABS = 4  # three that answer, one that hands in


def _open_attempt() -> tuple[str, list[str]]:
    with transaction():
        place = make_organisation()
        learner = make_person(place, "learner", login="learner@test.example", password=PASSWORD)
        enrolment = make_enrolment(learner, place, place)
        attempt = start_attempt(
            enrolment=enrolment,
            version=version_by_id(enrolment.module_version_id),
            locale="en",
            by=actor_of_person(learner.id),
        )
        items = queries.items_of(attempt.id)
        return attempt.id, [item.id for item in items if item.kind == "essay"]


def test_no_answer_counts_that_the_closing_had_not_seen(taught: Flask) -> None:
    attempt, [essay] = _open_attempt()
    clients = [signed_in(taught, "learner@test.example") for _ in range(TABS)]
    tokens = [csrf_of(client, f"/attempts/{attempt}/") for client in clients]
    together = Barrier(TABS)

    def save(tab: int) -> list[int]:
        together.wait()
        kept = []
        for sequence in range(tab * 10 + 1, tab * 10 + 6):
            answer = clients[tab].post(
                f"/attempts/{attempt}/responses",
                json={
                    "item": essay,
                    "client": "one-tab",
                    "sequence": sequence,
                    "seen": 0,
                    "given": {f"item-{essay}-text": [f"answer {sequence}"]},
                    "claimed": "2026-01-01T00:00:00Z",
                },
                headers={"X-CSRFToken": tokens[tab]},
            )
            assert answer.status_code in {200, 409, 503}
            kept += [sequence] if answer.status_code == 200 else []
        return kept

    def close() -> None:
        together.wait()
        answer = clients[-1].post(
            f"/attempts/{attempt}/",
            data={"csrf_token": tokens[-1], "client": "one-tab", "seen": "99", "submit": "yes"},
        )
        assert answer.status_code in {303, 503}

    with ThreadPoolExecutor(TABS) as pool:
        closed = pool.submit(close)
        acknowledged = {sequence for tab in pool.map(save, range(TABS - 1)) for sequence in tab}
        closed.result()
    with transaction(write=False):
        rows = db.session.scalars(
            select(Response).where(Response.attempt_id == attempt).order_by(Response.number)
        ).all()
        closing = [row.number for row in rows if row.standing == CLOSING]
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert len(closing) <= 1  # a server too busy to close says so, and closes when asked again
        counted = [row for row in rows if row.standing == COUNTS]
        assert all(row.number < number for row in counted for number in closing)
        assert acknowledged <= {row.sequence for row in counted}
