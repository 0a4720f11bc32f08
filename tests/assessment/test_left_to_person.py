"""A short text goes its whole way: scored where its key knows it, else marked like a score."""

from typing import Any

import pytest
from flask import Flask

from lms.assessment import queries as attempts
from lms.assessment.models import Attempt, AttemptItem
from lms.assessment.paper import outcome_of
from lms.assessment.replay import replay
from lms.assessment.results import result_of
from lms.curriculum.queries import version_by_id
from lms.db import db, transaction
from lms.errors import RuleBroken
from lms.grading import actions as grading
from lms.grading import queries as marking
from tests import walk
from tests.assessment.asking import add_key, ask, hand_in, open_paper
from tests.factories import actor_for, signed_in
from tests.regrade.conftest import newest_key
from tests.walk import Hub

SHORT: dict[str, Any] = {
    "id": "which-rate", "kind": "short", "prompt": "Which rate?", "why": "Because.", "points": 4,
    "answer": "growth rate", "accept": [{"pattern": "*growth rate*"}],
}  # fmt: skip


class Sat:
    """A learner's paper with a short text on it, handed in with this answer."""

    def __init__(self, hub: Hub, text: str, name: str = "Amina Okafor") -> None:
        self.learner = walk.newcomer(hub, name)
        self.attempt = open_paper(hub, self.learner)
        self.item = ask(self.attempt, SHORT | {"id": f"which-rate-{name.split()[0].lower()}"})
        hand_in(self.attempt, self.learner, **{self.item: {"text": [text]}})


def waiting(hub: Hub) -> list[str]:
    with transaction(write=False):
        return [one.item.id for one in marking.queue(actor_for(hub.instructor))]


def outcome(sat: Sat, **marks: dict[str, int]) -> dict[str, Any]:
    with transaction(write=False):
        attempt = db.session.get_one(Attempt, sat.attempt)
        version = version_by_id(attempt.module_version_id)
        essays = {
            item.id: {c["id"]: 3 for c in newest_key(item.question_id).key["criteria"]}
            for item in attempts.items_of(sat.attempt)
            if item.kind == "essay"
        }
        return outcome_of(attempt, version, essays | marks)


@pytest.mark.parametrize("text", ["The GROWTH rate", ""])
def test_what_the_key_knows_and_what_is_blank_never_reach_the_queue(
    walked: Flask, hub: Hub, text: str
) -> None:
    sat = Sat(hub, text)
    assert sat.item not in waiting(hub)
    with transaction(write=False):
        assert attempts.scores_of(sat.attempt)[sat.item].fraction == ("1" if text else "0")


def test_what_the_key_does_not_know_waits_for_a_person_and_has_no_score(
    walked: Flask, hub: Hub
) -> None:
    sat = Sat(hub, "mu")
    assert sat.item in waiting(hub)
    with transaction(write=False):
        assert sat.item not in attempts.scores_of(sat.attempt)
    with pytest.raises(RuleBroken, match="Not every answer"):
        outcome(sat)


@pytest.mark.parametrize("points", [0, 3, 4])
def test_a_persons_mark_counts_as_its_share_of_the_points_and_never_as_an_essay(
    walked: Flask, hub: Hub, points: int
) -> None:
    known, unknown = Sat(hub, "growth rate"), Sat(hub, "mu", "Bea Second")
    full = outcome(known)
    marked = outcome(unknown, **{unknown.item: {"answer": points}})
    assert marked["essay"] == full["essay"]
    assert marked["zero_criteria"] == []
    assert (marked["knowledge"] == "1") is (points == 4)
    assert full["knowledge"] == "1"


def test_it_is_marked_released_and_shown_with_its_mark(walked: Flask, hub: Hub) -> None:
    sat, instructor = Sat(hub, "mu"), actor_for(hub.instructor)
    page = signed_in(walked, "instructor@walk").get(f"/grading/answers/{sat.item}/").text
    assert ">mu</div>" in page
    assert "growth rate" in page
    walk.grade(sat.attempt, instructor, points=2)
    with transaction():
        grading.release_result(
            attempt_id=sat.attempt, checked=walk.checked(instructor), by=instructor
        )
    with transaction(write=False):
        result = result_of(sat.attempt)
        assert result is not None
        assert result.outcome["marks"][sat.item] == {"answer": 2}
        assert all(found is None for found in replay())


def test_a_corrected_key_that_knows_less_changes_nothing_that_was_scored(
    walked: Flask, hub: Hub
) -> None:
    sat = Sat(hub, "growth rate")
    with transaction():
        item = db.session.get_one(AttemptItem, sat.item)
        key = newest_key(item.question_id)
        add_key(item.question_id, 2, key.key | {"accept": []})
    with transaction(write=False):
        assert all(found is None for found in replay())


CLOZE: dict[str, Any] = {
    "id": "the-record", "kind": "cloze", "prompt": "Fill in.", "why": "So.", "points": 4,
    "text": "{volume} of {medium}",
    "gap": [
        {"id": "volume", "kind": "numeric", "key": {"formula": "50", "unit": "mL"}},
        {"id": "medium", "kind": "short", "answer": "broth", "accept": [{"pattern": "broth"}]},
    ],
}  # fmt: skip


def test_gaps_that_a_machine_knows_keep_their_score_beside_a_persons_mark(
    walked: Flask, hub: Hub
) -> None:
    sat = Sat.__new__(Sat)
    sat.learner = walk.newcomer(hub)
    sat.attempt = open_paper(hub, sat.learner)
    sat.item = ask(sat.attempt, CLOZE)
    given = {"volume-number": ["50"], "volume-unit": ["mL"], "medium-text": ["TSB"]}
    hand_in(sat.attempt, sat.learner, **{sat.item: given})
    page = signed_in(walked, "instructor@walk").get(f"/grading/answers/{sat.item}/").text
    assert 'value="TSB" disabled' in page
    assert outcome(sat, **{sat.item: {"medium": 2}})["by_hand"] == {sat.item: "3/4"}
