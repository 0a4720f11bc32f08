"""Two people void an attempt: its result no longer counts, its answers stay, the chance as said."""

import pytest
from flask import Flask

from lms import clock
from lms.accommodation import queries
from lms.actor import Actor
from lms.assessment.chances import chance
from lms.assessment.models import Attempt
from lms.assessment.queries import attempts_of, effective
from lms.assessment.results import result_of, results_of, voided
from lms.assessment.retakes import NOW, WAIT
from lms.cohort.progress.matrix import lines
from lms.cohort.queries import Wanted
from lms.competency.queries import levels_of
from lms.curriculum.models import ModuleVersion
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.grading.appeals.actions import appeal_against
from lms.psychometrics import queries as statistics
from lms.records.verify import verify
from lms.regrade.planning import plan
from tests import walk
from tests.accommodation import acts
from tests.accommodation.conftest import begin
from tests.factories import actor_for


@pytest.fixture
def instructor(hub: walk.Hub) -> Actor:
    return actor_for(hub.instructor)


@pytest.fixture
def passed(hub: walk.Hub, learner: Actor, enrolment: str, instructor: Actor) -> str:
    """An attempt of the learner that is released and passed."""
    attempt_id = walk.sit(enrolment, learner)
    walk.grade(attempt_id, instructor)
    walk.release(attempt_id, instructor)
    return attempt_id


def _next(enrolment_id: str):
    with transaction(write=False):
        earlier = attempts_of(enrolment_id)
        version = db.session.get_one(ModuleVersion, earlier[-1][0].module_version_id)
        return chance(enrolment_id, version, earlier, clock.now()).following


def test_a_void_takes_two_people(passed: str, instructor: Actor, second: Actor):
    proposal = acts.propose(passed, instructor)
    with pytest.raises(RuleBroken, match="second person"):
        acts.decide(proposal, instructor)
    with transaction(write=False):
        assert voided(result_of(passed)) is None
    assert acts.decide(proposal, second) == "voided"
    assert acts.decide(proposal, second) == "voided"  # again: the first answer
    with pytest.raises(Conflict, match="void already"):
        acts.propose(passed, instructor)


def test_a_voided_pass_loses_its_levels_and_keeps_its_answers(
    inside: Flask, learner: Actor, passed: str, instructor: Actor, second: Actor
):
    with transaction(write=False):
        held, given = levels_of(learner.id, practice=False), effective(passed)
    acts.decide(acts.propose(passed, instructor), second)
    with transaction(write=False):
        after = levels_of(learner.id, practice=False)
        assert sum(one.level for one in after.values()) < sum(one.level for one in held.values())
        assert effective(passed).keys() == given.keys()
        assert [one.passed for one in results_of(passed)] == [True, False]
        assert verify().mismatches == ()


def test_a_chance_given_back_stands_in_nobodys_way(
    enrolment: str, passed: str, instructor: Actor, second: Actor, learner: Actor
):
    acts.decide(acts.propose(passed, instructor, gives_back=True), second)
    following = _next(enrolment)
    assert (following.state, following.begun) == (NOW, False)
    begin(enrolment, learner)


def test_a_chance_that_is_used_counts_as_a_failure(
    enrolment: str, passed: str, instructor: Actor, second: Actor
):
    acts.decide(acts.propose(passed, instructor, gives_back=False), second)
    assert _next(enrolment).state == WAIT


def test_a_void_before_the_result_ends_the_wait_for_it(
    enrolment: str, learner: Actor, instructor: Actor, second: Actor
):
    attempt_id = walk.sit(enrolment, learner)
    acts.decide(acts.propose(attempt_id, instructor), second)
    with transaction(write=False):
        result = result_of(attempt_id)
        assert result is not None
        assert not result.passed
        assert voided(result)["gives_back"]
        assert attempt_id not in {
            one.attempt.id for one in walk.marking.queue(instructor)
        }  # nothing of it is to be marked any more
    assert _next(enrolment).state == NOW


def test_what_runs_is_not_voided_before_it_is_handed_in(
    enrolment: str, learner: Actor, instructor: Actor, second: Actor
):
    proposal = acts.propose(begin(enrolment, learner), instructor)
    with pytest.raises(Conflict, match="still running"):
        acts.decide(proposal, second)


def test_declining_changes_nothing_and_lets_it_be_proposed_again(
    passed: str, instructor: Actor, second: Actor
):
    proposal = acts.propose(passed, instructor)
    with pytest.raises(Conflict, match="proposed already"):
        acts.propose(passed, second)
    assert acts.decide(proposal, instructor, carry_out=False) == "declined"
    with transaction(write=False):
        assert len(results_of(passed)) == 1
    acts.propose(passed, second)


def test_strangers_do_not_decide(passed: str, instructor: Actor, stranger: Actor, learner: Actor):
    proposal = acts.propose(passed, instructor)
    for by in (stranger, learner):
        with pytest.raises(NotFound):
            acts.decide(proposal, by)


def test_what_is_void_is_no_longer_counted_regraded_or_appealed(
    hub: walk.Hub, enrolment: str, learner: Actor, passed: str, instructor: Actor, second: Actor
):
    acts.decide(acts.propose(passed, instructor), second)
    owner, chief = actor_for(hub.owner), actor_for(hub.coordinator)
    with transaction(write=False):
        attempt = db.session.get_one(Attempt, passed)
        version = db.session.get_one(ModuleVersion, attempt.module_version_id)
        sample = statistics.sittings(version, owner, practice=attempt.practice)
        assert passed not in {one.attempt for one in sample}
        questions = {item.question_id for item in walk.attempts.items_of(passed)}
        changes, _pairs = plan(version, questions, "full-marks")
        assert all(one.after is None for one in changes if one.attempt.id == passed)
        (line,), _more = lines(chief, Wanted(words="Timed"))
        assert [one.facts.tried for one in line.cells.values()] == [[]]
        found, _more = lines(chief, Wanted(words="Timed", state="reading"))
        assert len(found) == 1
        assert [one.carried_out for one in queries.voids_of(passed)] == [True]
    with pytest.raises(NotFound), transaction():
        appeal_against(attempt_id=passed, reason="I see it otherwise.", by=learner)
